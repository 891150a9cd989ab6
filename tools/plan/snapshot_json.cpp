#include "tools/plan/snapshot_json.hpp"

#include "tools/plan/evse_json.hpp"
#include "tools/plan/fields.hpp"
#include "tools/plan/node_json.hpp"
#include "tools/plan/rules_json.hpp"

#include <boost/json/parser.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace plan {
namespace {

namespace json = boost::json;
using balancing::Snapshot;

constexpr std::size_t deepest_nesting = 16;  // of the file; its own fields need five

struct FileDraft {
    PlanFile file{};
    std::vector<NodeDraft> nodes{};
    std::vector<EvseDraft> evses{};
};

template <auto member, auto reader>
bool of_snapshot(Item const& item, FileDraft& draft)
{
    return by<member, reader>(item, draft.file.snapshot);
}

bool read_grid(Item const& item, balancing::Grid& grid)
{
    return read_name(item, grid_names, grid);
}

bool read_sharing(Item const& item, balancing::Sharing& sharing)
{
    return read_name(item, sharing_names, sharing);
}

bool read_power_factor(Item const& item, double& power_factor)
{
    return read_number(item, {balancing::least_power_factor, 1}, power_factor);
}

bool read_policy_of(Item const& item, FileDraft& draft)
{
    return optional_by<&PlanFile::policy, read_policy>(item, draft.file);
}

bool read_phase_choice(Item const& item, FileDraft& draft)
{
    return read_phase_rules(item, draft.file.phase_rules);
}

bool read_nodes(Item const& item, FileDraft& draft)
{
    return read_list(item, balancing::greatest_count, draft.nodes, read_node);
}

bool read_evses(Item const& item, FileDraft& draft)
{
    return read_list(item, balancing::greatest_count, draft.evses, read_evse);
}

bool read_day(Item const& item, FileDraft& draft)
{
    if (!item.value().is_object()) return item.refuse("must be an object");
    draft.file.day = item.value();
    return true;
}

constexpr auto file_fields = std::to_array<Field<FileDraft>>({
    {"grid", of_snapshot<&Snapshot::grid, read_grid>},
    {"power_factor", of_snapshot<&Snapshot::power_factor, read_power_factor>},
    {"now", of_snapshot<&Snapshot::now, read_seconds>},
    {"sharing", of_snapshot<&Snapshot::sharing, read_sharing>},
    {"policy", read_policy_of},
    {"phase_choice", read_phase_choice},
    {"nodes", read_nodes, required},
    {"evses", read_evses, required},
    {"day", read_day},
});

// --- What takes more than one field to judge ---

using Indices = std::unordered_map<std::string_view, std::size_t>;

std::string place_of(std::string_view list, std::size_t index, std::string_view field)
{
    return std::string(list) + '[' + std::to_string(index) + "]." + std::string(field);
}

std::optional<Fault> add_id(
    Indices& indices, std::string_view list, std::string_view id, std::size_t index)
{
    auto const [place, added] = indices.emplace(id, index);
    if (added) return std::nullopt;
    return Fault{place_of(list, index, "id"),
        quoted(id) + " is the id of " + std::string(list) + '[' + std::to_string(place->second) +
            "] already"};
}

std::string unknown_node(std::string_view id, Indices const& indices)
{
    std::vector<std::string_view> known;
    known.reserve(indices.size());
    for (auto const& [name, index] : indices) known.push_back(name);
    std::sort(known.begin(), known.end());
    return unknown_rule("node " + quoted(id), id, known);
}

std::optional<Fault> resolve_nodes(std::vector<NodeDraft>& drafts, Indices& indices)
{
    for (std::size_t index = 0; index < drafts.size(); ++index)
        if (auto fault = add_id(indices, "nodes", drafts[index].name, index)) return fault;
    for (std::size_t index = 0; index < drafts.size(); ++index) {
        auto& draft = drafts[index];
        if (!draft.parent_id) continue;
        auto const parent = indices.find(*draft.parent_id);
        if (parent == indices.end()) {
            return Fault{
                place_of("nodes", index, "parent"), unknown_node(*draft.parent_id, indices)};
        }
        draft.parent = parent->second;
    }
    return std::nullopt;
}

// Settles how many phases are meant; the fault is that lines or phases do not suit the grid.
std::optional<Fault> settle_phases(balancing::Grid grid, balancing::Evse& evse, std::size_t index)
{
    int const count = evse.terminals.count;
    bool const pair = grid == balancing::Grid::it && count == 2;
    if (grid == balancing::Grid::it && count < 2) {
        return Fault{place_of("evses", index, "lines"),
            "must list two lines (a one-phase car) or three on an IT grid"};
    }
    int const most = pair ? 1 : count;
    if (evse.phases == phases_as_listed) evse.phases = most;
    if (evse.phases <= most) return std::nullopt;
    return Fault{place_of("evses", index, "phases"),
        "must be at most " + std::to_string(most) + " with the " + std::to_string(count) +
            (count == 1 ? " line listed" : " lines listed")};
}

std::optional<Fault> resolve_evses(
    std::vector<EvseDraft>& drafts, Indices const& nodes, balancing::Grid grid)
{
    Indices indices;
    for (std::size_t index = 0; index < drafts.size(); ++index) {
        auto& draft = drafts[index];
        if (auto fault = add_id(indices, "evses", draft.name, index)) return fault;
        auto const node = nodes.find(draft.node_id);
        if (node == nodes.end())
            return Fault{place_of("evses", index, "node"), unknown_node(draft.node_id, nodes)};
        draft.node = node->second;
        if (auto fault = settle_phases(grid, draft, index)) return fault;
    }
    return std::nullopt;
}

// "line 3, column 7"; columns count bytes.
std::string position(std::string_view text, std::size_t offset)
{
    auto const before = text.substr(0, offset);
    auto const line = std::count(before.begin(), before.end(), '\n') + 1;
    auto const line_begin = before.rfind('\n');
    auto const column = line_begin == std::string_view::npos ? offset : offset - line_begin - 1;
    return "line " + std::to_string(line) + ", column " + std::to_string(column + 1);
}

}

std::variant<PlanFile, Fault> read_plan_file(std::string_view text)
{
    if (text.size() > greatest_file_size) {
        return Fault{
            {}, "must be at most " + std::to_string(greatest_file_size >> 20U) + " MiB long"};
    }
    json::parse_options options;
    options.max_depth = deepest_nesting;
    json::parser parser({}, options);
    json::error_code error;
    auto const read = parser.write(text.data(), text.size(), error);
    if (error) return Fault{{}, "is not JSON, " + position(text, read) + ": " + error.message()};
    auto const value = parser.release();

    std::optional<Fault> fault;
    FileDraft draft;
    if (!read_object<FileDraft>(Item(value, fault), file_fields, draft)) return *fault;
    auto& snapshot = draft.file.snapshot;
    Indices nodes;
    if (auto found = resolve_nodes(draft.nodes, nodes)) return *found;
    if (auto found = resolve_evses(draft.evses, nodes, snapshot.grid)) return *found;
    nodes.clear();  // its keys are the names that move now
    snapshot.nodes.reserve(draft.nodes.size());
    for (auto& node : draft.nodes) snapshot.nodes.push_back(static_cast<balancing::Node&&>(node));
    snapshot.evses.reserve(draft.evses.size());
    for (auto& evse : draft.evses) snapshot.evses.push_back(static_cast<balancing::Evse&&>(evse));
    return std::move(draft.file);
}

}
