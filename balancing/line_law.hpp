// The one place that knows how currents add on a line. Allocation, checks and what the console
// shows all ask here.
#pragma once

#include "balancing/grid.hpp"
#include "balancing/units.hpp"

#include <array>
#include <cstdint>

namespace balancing {

// What loads a node, per channel (grid.hpp).
using ChannelSums = std::array<Current, channel_count>;

inline void add(ChannelSums& sums, Loading loading, Current current)
{
    for (std::size_t channel = 0; channel < channel_count; ++channel)
        if (loading.has(channel)) sums[channel] += current;
}

// The same where levels are reckoned: nA, or nA per unit of level.
using ChannelValues = std::array<std::int64_t, channel_count>;

// The smallest power factor that is accepted: the safe quadratic was checked down to an angle of 15
// degrees.
inline constexpr double least_power_factor = 0.9660;
// What is assumed of chargers if nothing else is known.
inline constexpr double usual_power_factor = 0.98;

// TN: magnitudes on one line add, which is safe for every power factor.
// IT: with x and y the sums of the two pairs that share a line and z what loads all pairs,
//   |I|^2 <= x^2 + y^2 + 3 z^2 + 2 cos(60 - 2a) x y + 2 sqrt(3) cos(30 - 2a) z (x + y)
// for all loads whose current is at most the angle a = acos(power factor) away from its voltage,
// either way: pair voltages at one line are 60 degrees apart and 30 degrees from the balanced one,
// and two currents add up most where they are closest. At power factor 1 it is exact. All terms are
// positive: less of any load is never more on a line.
class LineLaw {
public:
    // The power factor matters on IT only; from least_power_factor to 1.
    explicit LineLaw(Grid grid, double power_factor = usual_power_factor);

    Grid grid() const { return grid_; }

    // The current of a line, rounded up to whole nanoamperes (IT: and by the width of the last
    // digits of the coefficients, 2^-36).
    Current current(ChannelSums const& sums, std::size_t line) const;
    PerLine currents(ChannelSums const& sums) const;

    // Whether the current of the line is at most the limit. Exact in integers (IT: with the
    // coefficients rounded up). A negative limit holds nothing, not even no load.
    bool within(ChannelSums const& sums, std::size_t line, Current limit) const;

    // The channels that add to the line.
    Loading channels_of(std::size_t line) const;

    // The lines that a load with these channels adds to; bit k is line k.
    std::uint8_t lines_of(Loading loading) const;

    // The level t at which a line with the channel currents fixed[k] + t * slope[k] (nA, nA per
    // unit of level) reaches the limit; the slopes are not negative, one of the line's is positive.
    // Correct to the last digits of a double; below 0 where the fixed part alone is too much.
    double level(ChannelValues const& fixed, ChannelValues const& slope, std::size_t line,
        Current limit) const;

private:
    Grid grid_;
    // 2 cos(60 - 2a) and 2 sqrt(3) cos(30 - 2a), in units of 2^-36, rounded up.
    std::int64_t between_pairs_ = 0;
    std::int64_t pair_and_balanced_ = 0;
    // The same as they are.
    double pairs_ = 0;
    double mixed_ = 0;
};

}
