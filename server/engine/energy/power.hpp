// Energy from power, or from currents and voltages: an estimate, and a witness of units.
#pragma once

#include "server/engine/energy/curve.hpp"
#include "server/engine/energy/placing.hpp"

#include <span>

namespace engine::metering {

struct PowerEstimate {
    Energy energy;  // none: fewer than two values near each other
    Curve curve;
    std::int64_t covered_ms = 0;  // the time between values that were taken together
};
PowerEstimate energy_from_power(Extent const& extent, std::span<PlacedSample const> samples);

// Currents count against the voltage between line and neutral, all power factors 1; README.md tells
// what that means on an IT grid.
PowerEstimate energy_from_currents(Extent const& extent, std::span<PlacedSample const> samples);

}
