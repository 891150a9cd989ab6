// Energy from Energy.Active.Import.Interval.
#pragma once

#include "server/engine/energy/curve.hpp"
#include "server/engine/energy/placing.hpp"

#include <span>

namespace engine::metering {

struct IntervalEnergy {
    Energy energy;  // none: no interval
    Curve curve;
};
// Each instant is one interval, from the one before it. Sampled and clock-aligned intervals cover
// the same time, so only one kind is summed.
IntervalEnergy energy_from_intervals(Extent const& extent, std::span<PlacedSample const> samples);

}
