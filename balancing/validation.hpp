// Whether a snapshot makes sense, before any sum is made with it.
#pragma once

#include "balancing/plan.hpp"
#include "balancing/snapshot.hpp"

#include <optional>

namespace balancing {

// The first fault found, nodes before EVSEs, each in their order; nothing if the snapshot can be
// planned. The rules are listed at allocate().
std::optional<Refusal> find_fault(Snapshot const& snapshot);

}
