#include "server/engine/energy/curve.hpp"

#include <utility>

namespace engine::metering {
namespace {

__extension__ using Wide = __int128;

}

std::int64_t scaled(std::int64_t value, std::int64_t numerator, std::int64_t denominator)
{
    return static_cast<std::int64_t>(
        static_cast<Wide>(value) * static_cast<Wide>(numerator) / static_cast<Wide>(denominator));
}

Curve stretched(Curve curve, std::int64_t energy_mwh)
{
    if (curve.empty()) return curve;
    auto const now = curve.back().energy_mwh;
    if (now == 0) return {{curve.front().at_ms, 0}, {curve.back().at_ms, energy_mwh}};
    for (auto& point : curve) point.energy_mwh = scaled(point.energy_mwh, energy_mwh, now);
    return curve;
}

}
