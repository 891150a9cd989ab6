// From a file to its plan: policy, choice of phases, allocation.
#pragma once

#include "balancing/plan.hpp"
#include "balancing/snapshot.hpp"
#include "tools/plan/fault.hpp"
#include "tools/plan/snapshot_json.hpp"

#include <cstddef>
#include <variant>
#include <vector>

namespace plan {

struct Answer {
    // As it was planned: in the policy's order, with its weights and the modes that were chosen.
    balancing::Snapshot snapshot{};
    balancing::Plan plan{};
    // For each EVSE of the file, in its order, the index of it in the two above.
    std::vector<std::size_t> places{};
};

// Plans the file: its policy, if it has one; then, where an EVSE may choose, the phases; then the
// limits. The fault is the allocator's refusal, with the id of the node or EVSE as its path.
std::variant<Answer, Fault> make_plan(PlanFile const& file);

}
