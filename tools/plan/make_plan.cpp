#include "tools/plan/make_plan.hpp"

#include "balancing/allocate.hpp"
#include "balancing/phase_choice.hpp"
#include "balancing/queue.hpp"
#include "balancing/rotation.hpp"
#include "balancing/tree.hpp"
#include "balancing/validation.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

namespace plan {
namespace {

Fault fault_of(balancing::Refusal const& refusal) { return {refusal.subject, refusal.rule}; }

bool may_choose(balancing::Evse const& evse)
{
    return evse.may_drop_to_one_phase || evse.may_rise_to_three_phases || evse.may_choose_line;
}

// The phases that are chosen in the order of the queue, where any EVSE may choose.
void choose_phases(PlanFile const& file, balancing::Snapshot& snapshot)
{
    if (std::none_of(snapshot.evses.begin(), snapshot.evses.end(), may_choose)) return;
    balancing::Snapshot queue = snapshot;
    std::vector<std::size_t> given(queue.evses.size());
    std::iota(given.begin(), given.end(), std::size_t{0});
    if (file.policy) given = balancing::apply_policy(queue, *file.policy);
    balancing::Allocator allocator;
    auto const chosen = balancing::choose_modes(queue, allocator, file.phase_rules);
    std::vector<balancing::Mode> modes(chosen.size());
    for (std::size_t place = 0; place < given.size(); ++place) modes[given[place]] = chosen[place];
    balancing::set_modes(snapshot, modes);
}

}

std::variant<Answer, Fault> make_plan(PlanFile const& file)
{
    // Policies and the choice of phases take accepted snapshots only.
    balancing::Tree tree;
    if (auto const refusal = balancing::find_fault(file.snapshot, tree)) return fault_of(*refusal);
    Answer answer{file.snapshot, {}};
    choose_phases(file, answer.snapshot);
    balancing::Plan fair;
    auto const refusal =
        file.policy ? balancing::Rotation().plan(answer.snapshot, *file.policy, answer.plan, fair)
                    : balancing::Allocator().allocate(answer.snapshot, answer.plan);
    if (refusal) return fault_of(*refusal);
    return answer;
}

}
