// Good choices of modes made in one walk over the cars, without a plan: where the search of
// phase_search.hpp starts, and in large installations nearly all there is to gain. What they are
// worth is for a plan to say.
#pragma once

#include "balancing/phase_board.hpp"
#include "balancing/snapshot.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace balancing {

// The mode of each free car, as an index into its options.
using ChosenModes = std::vector<std::size_t>;

// Spreads the demands over the lines: of the cars that do not charge yet the largest first, each to
// the line where most is left beside those placed before it; then, if asked, those that charge
// leave a line that is asked for too much if another has more room by at least the part
// `least_gain`. Nobody changes the number of phases.
ChosenModes spread_over_lines(
    Snapshot const& snapshot, std::span<FreeCar const> cars, bool move_charging, double least_gain);

// Lets in who does not fit: walks the queue, books minima, and where one has no room looks for
// somebody before it in the same tier who could leave the full line: by another line, and only if
// that does not help on one phase instead of three. The car itself comes before others in both.
// Starts with, and keeps as far as it can, the modes chosen so far.
ChosenModes make_room_for_waiting(
    Snapshot const& snapshot, std::span<FreeCar const> cars, ChosenModes chosen);

}
