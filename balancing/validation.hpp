// Whether a snapshot makes sense, before any sum is made with it.
#pragma once

#include "balancing/plan.hpp"
#include "balancing/snapshot.hpp"
#include "balancing/tree.hpp"

#include <optional>

namespace balancing {

// The first fault found: the whole, then nodes, then EVSEs, each in their order; nothing if the
// snapshot can be planned, and then `tree` is the tree of its nodes. The rules are listed at
// allocate().
std::optional<Refusal> find_fault(Snapshot const& snapshot, Tree& tree);

}
