#include "tools/plan/evse_json.hpp"

#include "balancing/rotation.hpp"
#include "tools/plan/fields.hpp"

#include <algorithm>
#include <array>

namespace plan {
namespace {

using balancing::Current;
using balancing::Evse;
using balancing::Maxima;
using balancing::Session;

// Weights that are further apart than 2^30 count as that anyway.
constexpr Range weight_range{1e-6, 1e6};
constexpr std::int64_t greatest_tier = 1000;
constexpr Range deficit_range{-balancing::greatest_deficit_ah, balancing::greatest_deficit_ah};

bool read_evse_current(Item const& item, Current& current)
{
    return read_current(item, balancing::greatest_evse_current, current);
}

bool read_quantum(Item const& item, Current& quantum)
{
    return read_current(item, balancing::greatest_quantum, quantum);
}

bool read_energy(Item const& item, std::int64_t& energy_wh)
{
    return read_whole(item, 0, balancing::greatest_energy_wh, energy_wh);
}

bool read_lines(Item const& item, balancing::Terminals& terminals)
{
    constexpr std::string_view rule = "must list one to three different lines, from 1 to 3";
    auto const* array = item.value().if_array();
    if (array == nullptr || array->empty() || array->size() > balancing::line_count)
        return item.refuse(rule);
    terminals.count = 0;
    for (auto const& value : *array) {
        auto const* number = value.if_int64();
        if (number == nullptr || *number < 1 ||
            *number > static_cast<std::int64_t>(balancing::line_count))
            return item.refuse(rule);
        auto const line = static_cast<std::uint8_t>(*number - 1);
        auto const end = terminals.line.begin() + terminals.count;
        if (std::find(terminals.line.begin(), end, line) != end) return item.refuse(rule);
        terminals.line[terminals.count++] = line;
    }
    return true;
}

// Null and 0: not known.
bool read_phases(Item const& item, int& phases)
{
    std::int64_t count = 0;
    constexpr auto most = static_cast<std::int64_t>(balancing::line_count);
    if (!item.value().is_null() && !read_whole(item, 0, most, count)) return false;
    phases = static_cast<int>(count);
    return true;
}

constexpr auto max_fields = std::to_array<Field<Maxima>>({
    {"station", by<&Maxima::station, read_evse_current>},
    {"cable", by<&Maxima::cable, read_evse_current>},
    {"car", by<&Maxima::car, read_evse_current>},
    {"asked", by<&Maxima::asked, read_evse_current>},
    {"reclaimed", by<&Maxima::reclaimed, read_evse_current>},
});

// A number alone is the station's.
bool read_max(Item const& item, Maxima& max)
{
    if (item.value().is_null()) return true;
    if (item.value().is_object()) return read_object<Maxima>(item, max_fields, max);
    return read_evse_current(item, max.station);
}

constexpr auto session_fields = std::to_array<Field<Session>>({
    {"arrived", by<&Session::arrived, read_seconds>},
    {"departs", optional_by<&Session::departs, read_seconds>},
    {"wanted_wh", optional_by<&Session::wanted_wh, read_energy>},
    {"charging", by<&Session::charging, read_flag>},
    {"switched", optional_by<&Session::switched, read_seconds>},
    {"last_a", by<&Session::last_current, read_evse_current>},
    {"must_not_pause", by<&Session::must_not_pause, read_flag>},
    {"yields", optional_by<&Session::yields, read_seconds>},
    {"deficit_ah", number<&Session::deficit_ah, deficit_range>},
});

bool read_session(Item const& item, Session& session)
{
    return read_object<Session>(item, session_fields, session);
}

constexpr auto evse_fields = std::to_array<Field<EvseDraft>>({
    {"id", by<&Evse::name, read_id>, required},
    {"node", by<&EvseDraft::node_id, read_id>, required},
    {"lines", by<&Evse::terminals, read_lines>, required},
    {"phases", by<&Evse::phases, read_phases>},
    {"it_three_phase", name<&Evse::it_three_phase, it_three_phase_names>},
    {"may_drop_to_one_phase", by<&Evse::may_drop_to_one_phase, read_flag>},
    {"may_rise_to_three_phases", by<&Evse::may_rise_to_three_phases, read_flag>},
    {"may_choose_line", by<&Evse::may_choose_line, read_flag>},
    {"min_a", by<&Evse::min, read_evse_current>},
    {"max_a", by<&Evse::max, read_max>},
    {"quantum_a", by<&Evse::quantum, read_quantum>},
    {"quantum_w", whole<&Evse::quantum_w, 0, balancing::greatest_quantum_w>},
    {"weight", number<&Evse::weight, weight_range>},
    {"tier", whole<&Evse::tier, -greatest_tier, greatest_tier>},
    {"reserved_a", optional_by<&Evse::reserved, read_evse_current>},
    {"session", by<&Evse::session, read_session>},
});

}

bool read_evse(Item const& item, EvseDraft& draft)
{
    return read_object<EvseDraft>(item, evse_fields, draft);
}

}
