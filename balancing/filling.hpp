// Filling: what the admitted cars get above their minima. Weighted max-min fair, in whole quanta.
#pragma once

#include "balancing/admission.hpp"
#include "balancing/headroom.hpp"
#include "balancing/snapshot.hpp"
#include "balancing/tree.hpp"

#include <vector>

namespace balancing {

// The current of each EVSE, in the order of the snapshot: from its least to its most if it is
// admitted, otherwise 0. Books in the headroom what exceeds the minima, which admit() has booked.
//
// The result is defined by this process: every admitted car starts at its minimum; a step raises
// one car by its quantum and happens at the level (current after it) / weight; steps are taken by
// level, at the same level in queue order; a car whose step passes its maximum, or does not fit on
// some line of some node, stays where it is for good. So the rounding is part of the filling: what
// a line has left over below one quantum each goes to those that reach their next quantum first.
// Costs O(n depth log n) for n cars when the quanta are alike, instead of a walk per quantum.
std::vector<Milliampere> fill(Snapshot const& snapshot, Tree const& tree,
    std::vector<Admission> const& admissions, Headroom& headroom);

}
