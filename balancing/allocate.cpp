#include "balancing/allocate.hpp"

#include "balancing/admission.hpp"
#include "balancing/filling.hpp"
#include "balancing/headroom.hpp"
#include "balancing/tree.hpp"
#include "balancing/validation.hpp"

namespace balancing {
namespace {

Reason reason_at(ReasonKind kind, Place place, Headroom const& headroom)
{
    Reason reason;
    reason.kind = kind;
    reason.node = place.node;
    reason.line = place.line;
    reason.left = headroom.left(place);
    return reason;
}

// What ended the rise of an admitted car; the headroom is that after the plan.
Reason rise_reason(
    Evse const& evse, Admission const& admission, Milliampere current, Headroom const& headroom)
{
    if (current == admission.most) return {};
    // A rise below the maximum ends only where a step does not fit, and lines only get fuller.
    auto const full = headroom.nearest_short_of(admission.quantum, evse.node, evse.lines);
    return full ? reason_at(ReasonKind::line, *full, headroom) : Reason{};
}

std::vector<Grant> explain(Snapshot const& snapshot, std::vector<Admission> const& admissions,
    std::vector<Milliampere> const& currents, Headroom const& headroom)
{
    std::vector<Grant> grants(snapshot.evses.size());
    std::size_t waiting = 0;
    for (std::size_t index = 0; index < grants.size(); ++index) {
        Evse const& evse = snapshot.evses[index];
        Admission const& admission = admissions[index];
        Grant& grant = grants[index];
        switch (admission.standing) {
        case Standing::reserved:
            grant.limit = *evse.reserved;
            grant.reason.kind = ReasonKind::reserved;
            break;
        case Standing::switched_off: grant.reason.kind = ReasonKind::switched_off; break;
        case Standing::shut_out:
            grant.reason = reason_at(ReasonKind::line, admission.obstacle, headroom);
            break;
        case Standing::waiting:
            grant.reason = reason_at(ReasonKind::minimum, admission.obstacle, headroom);
            grant.reason.queued = ++waiting;
            break;
        case Standing::admitted:
            grant.limit = currents[index];
            grant.reason = rise_reason(evse, admission, currents[index], headroom);
            break;
        }
    }
    return grants;
}

// The headroom began as the limit less other load, and all that was granted has been taken from it.
std::vector<PerLine> granted_current(std::vector<Node> const& nodes, Headroom const& headroom)
{
    std::vector<PerLine> current(nodes.size());
    for (std::size_t node = 0; node < nodes.size(); ++node)
        for (std::size_t line = 0; line < line_count; ++line)
            current[node][line] = nodes[node].limit[line] - nodes[node].other_load[line] -
                                  headroom.left({node, line});
    return current;
}

}

std::variant<Plan, Refusal> allocate(Snapshot const& snapshot)
{
    if (auto refusal = find_fault(snapshot)) return *refusal;

    Tree const tree(snapshot.nodes);
    Headroom headroom(tree, snapshot.nodes);
    std::vector<Admission> const admissions = admit(snapshot, headroom);
    std::vector<Milliampere> const currents = fill(snapshot, tree, admissions, headroom);

    Plan plan;
    plan.evses = explain(snapshot, admissions, currents, headroom);
    plan.node_current = granted_current(snapshot.nodes, headroom);
    return plan;
}

}
