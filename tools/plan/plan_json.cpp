#include "tools/plan/plan_json.hpp"

#include "tools/plan/decimal.hpp"
#include "tools/plan/lines.hpp"
#include "tools/plan/members.hpp"
#include "tools/plan/names.hpp"

#include <string_view>

namespace plan {
namespace {

using balancing::Reason;
using balancing::ReasonKind;

template <class Values, class Write>
std::string list_json(Values const& values, Write write)
{
    std::string text;
    for (auto const& value : values) text += (text.empty() ? "" : ",") + write(value);
    return '[' + text + ']';
}

bool has_place(ReasonKind kind)
{
    return kind == ReasonKind::line || kind == ReasonKind::waiting || kind == ReasonKind::no_room;
}

std::string reason_json(balancing::Snapshot const& snapshot, Reason const& reason)
{
    Members members;
    members.add_text("kind", name_in(reason_names, reason.kind));
    if (reason.kind == ReasonKind::own_maximum || reason.kind == ReasonKind::switched_off)
        members.add_text("maximum", name_in(maximum_names, reason.maximum));
    if (has_place(reason.kind)) {
        members.add_text("node", snapshot.nodes[reason.node].name);
        if (reason.source != balancing::LimitSource::energy_cap)
            members.add("line", std::to_string(reason.line + 1));
        members.add("left_a", exact_text(reason.left));
        members.add_text("source", name_in(source_names, reason.source));
    }
    if (reason.kind == ReasonKind::waiting) {
        members.add("queued", std::to_string(reason.queued));
        if (reason.turn) members.add("turn_s", std::to_string(reason.turn->count()));
    }
    return members.object();
}

std::string evse_json(Answer const& answer, std::size_t index)
{
    auto const& evse = answer.snapshot.evses[index];
    auto const& grant = answer.plan.evses[index];
    Members members;
    members.add_text("id", evse.name).add("limit_a", exact_text(grant.limit));
    if (grant.limit_w) members.add("limit_w", std::to_string(*grant.limit_w));
    members.add("lines", list_json(lines_of(answer.snapshot, evse, grant.loading),
                             [](std::size_t line) { return std::to_string(line + 1); }));
    members.add("reason", reason_json(answer.snapshot, grant.reason));
    return members.object();
}

std::string limit_json(balancing::Current limit)
{
    return limit < balancing::greatest_current ? exact_text(limit) : "null";
}

std::string node_json(Answer const& answer, std::size_t index)
{
    Members members;
    members.add_text("id", answer.snapshot.nodes[index].name);
    members.add("current_a", list_json(answer.plan.node_current[index], exact_text));
    members.add("limit_a", list_json(answer.plan.node_limit[index], limit_json));
    return members.object();
}

}

std::string plan_json(Answer const& answer)
{
    std::string text = "{\"evses\":[";
    std::string_view separator = "\n  ";
    for (std::size_t index = 0; index < answer.snapshot.evses.size(); ++index) {
        text.append(separator).append(evse_json(answer, index));
        separator = ",\n  ";
    }
    text += "\n],\"nodes\":[";
    separator = "\n  ";
    for (std::size_t index = 0; index < answer.snapshot.nodes.size(); ++index) {
        text.append(separator).append(node_json(answer, index));
        separator = ",\n  ";
    }
    return text + "\n]}\n";
}

}
