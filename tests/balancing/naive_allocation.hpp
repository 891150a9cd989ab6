// Allocators too simple to be wrong, as oracles: sums made anew for every try, bisection instead of
// algebra. Slow, and exponential where they admit.
#pragma once

#include "balancing/plan.hpp"
#include "tests/balancing/reckoning.hpp"

#include <vector>

namespace balancing_test {

// Whether each EVSE may charge: of all sets that fit at the minima, the best in queue order, found
// by trying all sets. For at most 20 EVSEs of one tier.
std::vector<bool> best_admission(balancing::Snapshot const& snapshot);

// The weighted max-min fair share of each EVSE that takes part (`admitted`), not rounded, from its
// minimum in whole quanta to its maximum in whole quanta; the reservations of the others, or 0. The
// common level is found by bisection: as high as it goes, then whoever counts at a place that stops
// it stays where it is, and the others go on.
std::vector<Amount> fluid_shares(Reckoning const& reckoning, std::vector<bool> const& admitted);

// What handing out quantum by quantum makes of shares that are rounded down to whole quanta: one
// more for whoever reaches it at the lowest current / weight, the earlier in the queue if several
// do, until no quantum fits.
struct Doubts {
    Amount nearly = 0;          // a share so little below a whole quantum counts as that quantum
    bool unclear_fits = false;  // what fits or not by the last digits of a coefficient
};
std::vector<Amount> handed_out(Reckoning const& reckoning, std::vector<bool> const& admitted,
    std::vector<Amount> const& shares, Doubts doubts);

}
