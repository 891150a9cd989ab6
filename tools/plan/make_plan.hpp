// From a file to its plan: choice of phases, policy, allocation.
#pragma once

#include "balancing/plan.hpp"
#include "balancing/snapshot.hpp"
#include "tools/plan/fault.hpp"
#include "tools/plan/snapshot_json.hpp"

#include <variant>

namespace plan {

struct Answer {
    balancing::Snapshot snapshot{};  // the file's, with the phases that were chosen
    balancing::Plan plan{};
};

// Plans the file: where an EVSE may choose, the phases; then the limits, by the file's policy with
// its turns, if it has one. The fault is the allocator's refusal, with the id of the node or EVSE
// as its path.
std::variant<Answer, Fault> make_plan(PlanFile const& file);

}
