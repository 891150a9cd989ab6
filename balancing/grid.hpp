// How a car loads the lines of its grid.
#pragma once

#include "balancing/units.hpp"

#include <array>
#include <cstdint>
#include <span>

namespace balancing {

enum class Grid {
    tn,  // 400 V, star with neutral: a one-phase car loads one line
    it,  // IT or TT 230 V, no neutral: a one-phase car sits between two lines
};

// What is summed at every node. All that is known of a car's currents is that they are in one of
// these channels, so four sums per node are enough for every limit there is.
//   TN: channel k is what loads line k alone.
//   IT: channel k is what sits between line k and the next (L1-L2, L2-L3, L3-L1).
//   balanced: what loads all three lines (TN) or all three pairs (IT) alike.
inline constexpr std::size_t channel_count = 4;
inline constexpr std::size_t balanced_channel = 3;

// The channels that a load is in, each with its whole current; bit k is channel k. In words: a car
// limited to r amperes adds r to each of its channels.
struct Loading {
    std::uint8_t channels = 0;

    constexpr bool has(std::size_t channel) const { return ((channels >> channel) & 1U) != 0; }
    constexpr bool empty() const { return channels == 0; }
    friend constexpr bool operator==(Loading, Loading) = default;
};

inline constexpr Loading balanced_load{1U << balanced_channel};

// The single channels of a load: one bit per line (TN) or pair (IT).
constexpr Loading on_channel(std::size_t channel)
{
    return {static_cast<std::uint8_t>(1U << channel)};
}

// In how many phases (TN) or pairs (IT) its current flows: the power of a load at r amperes is
// this times r times 230 V on both grids.
constexpr int phases_of(Loading loading)
{
    int single = 0;
    for (std::size_t channel = 0; channel < balanced_channel; ++channel)
        single += loading.has(channel) ? 1 : 0;
    return single + (loading.has(balanced_channel) ? 3 : 0);
}

// How a three-phase car takes its current from an IT grid (domain facts, section 3).
enum class ItThreePhase {
    // Counted as delta. No wiring puts more on a line at power factor 1; below it, two legs whose
    // angles differ may (README.md, limits of validity).
    unknown,
    off,      // it is made to charge as a one-phase car, between its first two terminals
    two_leg,  // two one-phase converters that share the first terminal's line
    delta,    // all three pairs
};

// The lines of the board (0 is L1) at a station's terminals, in the order of the terminals.
struct Terminals {
    std::array<std::uint8_t, line_count> line{0, 1, 2};
    std::uint8_t count = 3;

    friend constexpr bool operator==(Terminals const&, Terminals const&) = default;
};

// The channels that a car loads. `phases`: on how many phases it charges; 0 is not known yet, then
// it is counted wherever it might load.
// TN: the lines of the first `phases` terminals. IT: one phase is the pair of the first two
// terminals; two or three go by `three_phase`.
// Takes terminals with distinct lines, at least one on TN and two on IT, and phases up to 3.
Loading loading_of(Grid grid, Terminals const& terminals, int phases, ItThreePhase three_phase);

// The channel of the pair between two different lines of an IT grid.
std::size_t pair_of(std::size_t one_line, std::size_t other_line);

}
