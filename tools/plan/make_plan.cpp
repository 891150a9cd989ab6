#include "tools/plan/make_plan.hpp"

#include "balancing/allocate.hpp"
#include "balancing/phase_choice.hpp"
#include "balancing/queue.hpp"
#include "balancing/tree.hpp"
#include "balancing/validation.hpp"

#include <algorithm>
#include <numeric>
#include <optional>

namespace plan {
namespace {

Fault fault_of(balancing::Refusal const& refusal) { return {refusal.subject, refusal.rule}; }

bool may_choose(balancing::Evse const& evse)
{
    return evse.may_drop_to_one_phase || evse.may_rise_to_three_phases || evse.may_choose_line;
}

}

std::variant<Answer, Fault> make_plan(PlanFile const& file)
{
    // Policies and the choice of phases take accepted snapshots only.
    balancing::Tree tree;
    if (auto const refusal = balancing::find_fault(file.snapshot, tree)) return fault_of(*refusal);
    Answer answer;
    auto& snapshot = answer.snapshot;
    snapshot = file.snapshot;
    answer.places.resize(snapshot.evses.size());
    std::iota(answer.places.begin(), answer.places.end(), std::size_t{0});
    if (file.policy) {
        auto const given = balancing::apply_policy(snapshot, *file.policy);
        for (std::size_t place = 0; place < given.size(); ++place)
            answer.places[given[place]] = place;
    }
    balancing::Allocator allocator;
    if (std::any_of(snapshot.evses.begin(), snapshot.evses.end(), may_choose)) {
        auto const modes = balancing::choose_modes(snapshot, allocator, file.phase_rules);
        balancing::set_modes(snapshot, modes);
    }
    if (auto const refusal = allocator.allocate(snapshot, answer.plan)) return fault_of(*refusal);
    return answer;
}

}
