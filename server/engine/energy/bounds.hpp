// What is believed: the figures that tell a reading from an error, each with its reason.
#pragma once

#include <cstdint>

namespace engine::metering {

inline constexpr std::int64_t ms_per_second = 1000;
inline constexpr std::int64_t ms_per_minute = 60 * ms_per_second;
inline constexpr std::int64_t ms_per_hour = 60 * ms_per_minute;
inline constexpr std::int64_t ms_per_day = 24 * ms_per_hour;

// The most that an outlet delivers: CCS, 500 A at the 800 V of the fastest cars.
inline constexpr std::int64_t plausible_power_mw = 400'000'000;

// The most energy (mWh) that can have flowed within `ms`; 0 when there is no time.
constexpr std::int64_t plausible_mwh(std::int64_t ms, std::int64_t power_mw = plausible_power_mw)
{
    if (ms <= 0) return 0;
    return ms / ms_per_hour * power_mw + ms % ms_per_hour * power_mw / ms_per_hour;
}

// Registers that count whole kWh rise by 1 kWh at once, and may lie that much apart from others.
inline constexpr std::int64_t register_step_mwh = 1'000'000;

// A register that begins anew does so at 0. Where its first reading is more than this, it is rather
// another register.
inline constexpr std::int64_t most_after_reset_mwh = 10'000'000;

// No outlet has ever counted 1 TWh (400 kW for 280 years). Also keeps every sum within 64 bits.
inline constexpr std::int64_t largest_register_mwh = 1'000'000'000'000'000;

// Some stations refresh their register once an hour only (Easee). The rise after a time at rest may
// have happened during that time, at the power of the largest AC outlet (63 A, three phases, 230
// V).
inline constexpr std::int64_t stale_register_ms = 65 * ms_per_minute;
inline constexpr std::int64_t stale_register_power_mw = 43'500'000;

// A reading this close to the session's start or end is of the start or end.
inline constexpr std::int64_t at_the_edge_ms = 10 * ms_per_second;

// A reading that says of itself that it is of the begin or the end may be this far outside.
inline constexpr std::int64_t named_edge_ms = ms_per_minute;

// Without any start register, the last reading before the start stands in for it when it is not
// older than one clock-aligned interval: before the session nothing flows.
inline constexpr std::int64_t stand_in_ms = 15 * ms_per_minute;

// Power is taken as a straight line between readings not farther apart than a clock-aligned
// interval and some delay. Over a longer time anything may have happened.
inline constexpr std::int64_t longest_bridge_ms = 16 * ms_per_minute;

// A session that ends before it starts counts as so long: 1 MWh at most, more than any vehicle
// holds.
inline constexpr std::int64_t unclocked_session_ms = 150 * ms_per_minute;

// Where a rise spans a longer time than this, nobody can say when it happened.
inline constexpr std::int64_t longest_spread_ms = 31 * ms_per_day;

// Between line and neutral in Europe (IEC 60038).
inline constexpr std::int64_t nominal_voltage_mv = 230'000;
// Above any charging voltage (DC up to 1000 V).
inline constexpr std::int64_t largest_voltage_mv = 1'500'000;

// Whatever time a station claims is brought into this range (years before 0 to after 14000), in
// which differences fit.
inline constexpr std::int64_t farthest_ms = 400'000'000'000'000;

// Less energy than this (100 Wh) by other means is no evidence against a register.
inline constexpr std::int64_t least_evidence_mwh = 100'000;

}
