// What a session has charged, derived from whatever its station reported. One pure function for
// running, final and exported energy; README.md has the rules and the reason of each.
#pragma once

#include "storage/entities.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace engine {

// Which rule gave the energy, the most trusted first.
enum class EnergyRule : std::uint8_t {
    none,                // nothing that tells of energy
    session_registers,   // the session's own stop minus its own start
    begin_end_readings,  // the reading of the transaction's end minus that of its begin
    registers,           // the last register reading minus the first
    register_rises,      // a register that began anew or jumped: the sum of its rises
    intervals,           // the sum of energies per interval
    power,               // power over time, estimated
    currents,            // current times voltage over time, estimated
};

// What an operator should know before believing the number.
enum class EnergyDoubt : std::uint8_t {
    jump_left_out,         // a rise or a value that no station can deliver is not counted
    fall_left_out,         // readings below the earlier ones are not counted
    register_reset,        // the register began anew; the rises before and after are summed
    begin_missing,         // the first value is not of the session's start
    end_missing,           // the last value is not of the session's end
    zero_begin,            // a start of 0 on a lifetime register was passed over
    negative_difference,   // the session's stop lies below its start
    registers_disagree,    // the samples tell of another energy than stop minus start
    after_end_ignored,     // there are values later than the end
    before_start_ignored,  // there are values earlier than the start
    phase_sums,            // registers or intervals per phase were summed
    other_location,        // not measured at the outlet
    unit_corrected,        // kWh named Wh, or the reverse
    gap,                   // values too far apart: nothing is counted between them
    nominal_voltage,       // no voltage known: the nominal one
    power_disagrees,       // power over time is less than half or more than twice the energy
    clock_backwards,       // the end is not after the start: times were of no use
};
inline constexpr unsigned energy_doubt_count = 17;

class EnergyDoubts {
public:
    constexpr bool has(EnergyDoubt doubt) const { return (bits_ & bit(doubt)) != 0; }
    constexpr bool none() const { return bits_ == 0; }
    constexpr void add(EnergyDoubt doubt) { bits_ |= bit(doubt); }
    constexpr void add(EnergyDoubts const& doubts) { bits_ |= doubts.bits_; }

    friend bool operator==(EnergyDoubts const&, EnergyDoubts const&) = default;

private:
    static constexpr std::uint32_t bit(EnergyDoubt doubt)
    {
        return std::uint32_t{1} << static_cast<unsigned>(doubt);
    }
    std::uint32_t bits_ = 0;
};

enum class EnergySource : std::uint8_t { meter_start, meter_stop, sample };

// A reading that the energy rests on. `value` is a register or an interval in mWh, as it was used
// (after a correction of its unit, the phases summed); under the rules power and currents it is mW.
struct EnergyReading {
    storage::Timestamp at{};  // as reported
    std::int64_t value = 0;
    EnergySource source = EnergySource::sample;

    friend bool operator==(EnergyReading const&, EnergyReading const&) = default;
};

struct Energy {
    std::optional<std::int64_t> energy_mwh;  // never negative; none: nothing tells
    EnergyRule rule = EnergyRule::none;
    std::optional<EnergyReading> first;  // the first and the last reading used
    std::optional<EnergyReading> last;
    bool estimated = false;  // not from an energy meter
    EnergyDoubts doubts;

    friend bool operator==(Energy const&, Energy const&) = default;
};

// The energy that the session has charged so far, or at all when it is over. `samples` are those of
// the session, in any order, any of them any number of times: the result is the same.
Energy energy_of(storage::Session const& session, std::span<storage::MeterSample const> samples);

// The energy of one hour, which is named by its start.
struct HourEnergy {
    storage::Timestamp start{};
    std::int64_t energy_mwh = 0;

    friend bool operator==(HourEnergy const&, HourEnergy const&) = default;
};

// The same energy by the hours of a time zone's clock, ascending, those without energy left out.
// Their sum is energy_of().energy_mwh exactly. Each is 60 min long, also where summer time begins
// or ends; only where a zone's clock is put by a part of an hour (Lord Howe) one is shorter. A zone
// that the system does not know counts as UTC.
std::vector<HourEnergy> hourly_energy(storage::Session const& session,
    std::span<storage::MeterSample const> samples, std::string_view iana_zone);

}
