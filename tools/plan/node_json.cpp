#include "tools/plan/node_json.hpp"

#include "tools/plan/fields.hpp"

#include <array>
#include <chrono>

namespace plan {
namespace {

using balancing::EnergyCap;
using balancing::Node;

constexpr std::size_t most_timed = 10'000;  // limits of one node
constexpr Range factor_range{0, 1, true};

struct TimedDraft : balancing::TimedLimit {
    std::optional<Moment> begin{};
    std::optional<Moment> end{};
};

bool read_limit(Item const& item, balancing::PerLine& limit)
{
    return read_per_line(item, balancing::greatest_current, balancing::greatest_current, limit);
}

bool read_load(Item const& item, balancing::PerLine& load)
{
    return read_per_line(item, balancing::greatest_current, std::nullopt, load);
}

bool read_asymmetry(Item const& item, balancing::Current& asymmetry)
{
    return read_current(item, balancing::greatest_current, asymmetry);
}

constexpr auto timed_fields = std::to_array<Field<TimedDraft>>({
    {"source", name<&TimedDraft::source, timed_source_names>},
    {"limit_a", by<&TimedDraft::limit, read_limit>, required},
    {"from", optional_by<&TimedDraft::begin, read_moment>},
    {"until", optional_by<&TimedDraft::end, read_moment>},
});

// A time of day that ends before it begins goes on through the night: it holds before `until`, and
// from `from` until `until` of the next day.
bool add_timed(Item const& item, TimedDraft const& draft, std::vector<balancing::TimedLimit>& timed)
{
    auto limit = static_cast<balancing::TimedLimit const&>(draft);
    if (draft.begin) limit.from = draft.begin->at;
    if (draft.end) limit.until = draft.end->at;
    if (limit.from < limit.until) {
        timed.push_back(limit);
        return true;
    }
    bool const of_day = draft.begin && draft.begin->of_day && draft.end && draft.end->of_day;
    if (!of_day || limit.from == limit.until)
        return item.refuse("must end (`until`) after it begins (`from`)");
    auto morning = limit;
    morning.from = balancing::Seconds::min();
    limit.until += std::chrono::hours(24);
    timed.insert(timed.end(), {morning, limit});
    return true;
}

bool read_timed(Item const& item, std::vector<balancing::TimedLimit>& timed)
{
    std::vector<TimedDraft> drafts;
    return read_list(item, most_timed, drafts, [&timed](Item const& one, TimedDraft& draft) {
        return read_object<TimedDraft>(one, timed_fields, draft) && add_timed(one, draft, timed);
    });
}

constexpr auto energy_fields = std::to_array<Field<EnergyCap>>({
    {"cap_wh", whole<&EnergyCap::cap_wh, 0, balancing::greatest_energy_wh>, required},
    {"used_wh", whole<&EnergyCap::used_wh, 0, balancing::greatest_energy_wh>},
    {"hour_ends_s", by<&EnergyCap::hour_ends, read_seconds>, required},
});

bool read_energy(Item const& item, EnergyCap& cap)
{
    return read_object<EnergyCap>(item, energy_fields, cap);
}

constexpr auto node_fields = std::to_array<Field<NodeDraft>>({
    {"id", by<&Node::name, read_id>, required},
    {"parent", optional_by<&NodeDraft::parent_id, read_id>},
    {"limit_a", by<&Node::rating, read_limit>},
    {"factor", number<&Node::factor, factor_range>},
    {"timed", by<&Node::timed, read_timed>},
    {"other_load_a", by<&Node::other_load, read_load>},
    {"asymmetry_a", optional_by<&Node::asymmetry, read_asymmetry>},
    {"energy", optional_by<&Node::energy, read_energy>},
});

}

bool read_node(Item const& item, NodeDraft& draft)
{
    return read_object<NodeDraft>(item, node_fields, draft);
}

}
