// What a fuse would see: the currents of stations added up on the lines they are wired to.
#pragma once

#include "tools/sim/station.hpp"

#include <array>
#include <complex>
#include <cstdint>
#include <span>

namespace sim {

// A station and, for each of its terminals L1..L3, the line 1..3 that it is wired to; 0: to none,
// and nothing may flow there.
struct Wired {
    Station const* station = nullptr;
    std::array<std::uint8_t, 3> rotation{1, 2, 3};
};

// Adds up what loads one place. TN: magnitudes on one line add, which no angle can exceed. IT: the
// sum of complex currents, each car's at its own angle to the voltages of its pairs. No formula for
// limits is used here, so that what the central system believes can be held against it.
class LineSum {
public:
    explicit LineSum(Grid grid) : grid_(grid) {}

    // All EVSEs of the station, as of its last feed.
    void add(Wired const& wired);
    void add(Draw const& draw, std::array<std::uint8_t, 3> const& rotation);

    // RMS per line L1..L3, up to whole milliamperes.
    std::array<std::int64_t, 3> line_ma() const;

private:
    Grid grid_;
    std::array<std::complex<double>, 3> lines_{};
};

// The currents per line of all the stations together, in milliamperes.
std::array<std::int64_t, 3> line_currents_ma(std::span<Wired const> stations, Grid grid = Grid::tn);

}
