// The quantities of the simulated world. Currents are milliamperes per terminal (RMS), power is
// milliwatts, energy is microjoules: a power that lasts whole milliseconds is then a whole number,
// and meters are exact.
#pragma once

#include "ocpp/timestamp.hpp"

#include <array>
#include <chrono>
#include <cstdint>

namespace sim {

// A moment of the simulated world. It only grows; stations may believe in another time (clock
// skew).
using Instant = ocpp::Timestamp;
using Milliseconds = std::chrono::milliseconds;

// What the supply is.
enum class Grid {
    tn,  // 400 V, star with neutral: cars sit between a terminal and neutral
    it,  // IT or TT 230 V, no neutral: cars sit between two terminals
};

// Currents on a station's terminals L1, L2, L3. Which line of the board a terminal is wired to is
// not known here; see grid.hpp.
using TerminalCurrents = std::array<std::int64_t, 3>;

// What flows through each place where a car can sit with its 230 V. TN: terminals L1, L2 and L3
// against neutral. IT: from terminal L1 to L2, from L2 to L3, from L3 to L1. Power is 230 V times
// their sum on both.
using BranchCurrents = std::array<std::int64_t, 3>;

// The currents of one car, all at the same angle.
struct Draw {
    BranchCurrents branch_ma{};
    double lag = 0;  // radians by which they lag behind the voltages; negative: they lead

    friend bool operator==(Draw const&, Draw const&) = default;
};

// What ammeters on the terminals show of one car. IT: two branches that meet in a terminal are 60
// degrees apart there, so |a - b|^2 = a^2 + b^2 + a b; to the nearest milliampere.
TerminalCurrents terminal_currents(Grid grid, BranchCurrents const& branch_ma);

inline constexpr int most_phases = 3;

// The set voltage of the area, phase to neutral (2.0.1 K01.FR.50 asks for it instead of a measured
// one); on IT between two lines.
inline constexpr std::int64_t nominal_voltage_v = 230;

// Below this the pilot of IEC 61851-1 cannot offer anything: a car gets 0 A or at least 6 A.
inline constexpr std::int64_t lowest_pilot_ma = 6'000;

inline constexpr std::int64_t microjoules_per_wh = 3'600'000'000;

}
