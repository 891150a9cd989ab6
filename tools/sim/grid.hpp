// What a fuse would see: the currents of stations added up on the lines they are wired to.
#pragma once

#include "tools/sim/station.hpp"

#include <array>
#include <cstdint>
#include <span>

namespace sim {

// A station and, for each of its terminals L1..L3, the line 1..3 that it is wired to.
struct Wired {
    Station const* station = nullptr;
    std::array<std::uint8_t, 3> rotation{1, 2, 3};
};

// The current per line in milliamperes, TN: magnitudes on one line add. As of each station's last
// feed.
std::array<std::int64_t, 3> line_currents_ma(std::span<Wired const> stations);

}
