// Energy over time: straight lines between points, never falling.
#pragma once

#include <cstdint>
#include <vector>

namespace engine::metering {

struct CurvePoint {
    std::int64_t at_ms = 0;
    std::int64_t energy_mwh = 0;  // since the first point
};
using Curve = std::vector<CurvePoint>;

// `value` times `numerator` by `denominator` (> 0), rounded down, without overflow on the way.
std::int64_t scaled(std::int64_t value, std::int64_t numerator, std::int64_t denominator);

// The curve in the same shape, ending at `energy_mwh`; without a shape a straight line over its
// time.
Curve stretched(Curve curve, std::int64_t energy_mwh);

}
