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

// Currents on a station's terminals L1, L2, L3. Which line of the board a terminal is wired to is
// not known here; see grid.hpp.
using TerminalCurrents = std::array<std::int64_t, 3>;

inline constexpr int most_phases = 3;

// The set voltage of the area, phase to neutral (2.0.1 K01.FR.50 asks for it instead of a measured
// one).
inline constexpr std::int64_t nominal_voltage_v = 230;

// Below this the pilot of IEC 61851-1 cannot offer anything: a car gets 0 A or at least 6 A.
inline constexpr std::int64_t lowest_pilot_ma = 6'000;

inline constexpr std::int64_t microjoules_per_wh = 3'600'000'000;

}
