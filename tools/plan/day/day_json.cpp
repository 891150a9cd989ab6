#include "tools/plan/day/day_json.hpp"

#include "tools/plan/day/carries.hpp"
#include "tools/plan/day/day_names.hpp"
#include "tools/plan/fields.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

namespace plan {

namespace {

using namespace balancing;

constexpr Seconds whole_day{24 * 3600};
constexpr std::int64_t greatest_wanted_wh = 1'000'000;
constexpr std::int64_t greatest_seed = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t shortest_step_s = 10;  // a week in steps of a second takes too long
constexpr std::int64_t longest_step_s = 3600;

struct SessionDraft {
    std::string evse{};
    Moment arrives{};
    Moment departs{};
    std::int64_t wanted_wh = 0;
    std::optional<int> phases{};
    std::optional<Current> most{};
};

struct DayDraft {
    std::optional<Seconds> start{};
    std::optional<std::int64_t> hours{};
    std::int64_t step_s = 60;
    std::optional<std::vector<SessionDraft>> sessions{};
    std::optional<Synthetic> synthetic{};
};

// A day is counted from its midnight.
bool read_when(Item const& item, Moment& moment)
{
    if (!read_moment(item, moment)) return false;
    return moment.at >= Seconds{0} || item.refuse("must not be before 0, the day's midnight");
}

bool read_start(Item const& item, Seconds& start)
{
    Moment moment;
    if (!read_when(item, moment)) return false;
    start = moment.at;
    return true;
}

bool read_car_current(Item const& item, Current& current)
{
    return read_current(item, greatest_evse_current, current);
}

bool read_phase_count(Item const& item, int& phases)
{
    std::int64_t value = 0;
    if (!read_whole(item, 1, static_cast<std::int64_t>(line_count), value)) return false;
    phases = static_cast<int>(value);
    return true;
}

bool read_hours(Item const& item, std::int64_t& hours)
{
    return read_whole(item, 1, most_day_hours, hours);
}

constexpr auto session_fields = std::to_array<Field<SessionDraft>>({
    {"evse", by<&SessionDraft::evse, read_id>, required},
    {"arrives", by<&SessionDraft::arrives, read_when>, required},
    {"departs", by<&SessionDraft::departs, read_when>, required},
    {"wanted_wh", whole<&SessionDraft::wanted_wh, 1, greatest_wanted_wh>, required},
    {"phases", optional_by<&SessionDraft::phases, read_phase_count>},
    {"max_a", optional_by<&SessionDraft::most, read_car_current>},
});

constexpr auto synthetic_fields = std::to_array<Field<Synthetic>>({
    {"mix", name<&Synthetic::mix, mix_names>},
    {"cars", whole<&Synthetic::cars, 1, static_cast<std::int64_t>(most_day_cars)>},
    {"seed", whole<&Synthetic::seed, 0, greatest_seed>},
});

bool read_sessions(Item const& item, std::vector<SessionDraft>& sessions)
{
    return read_list(item, most_day_cars, sessions, [](Item const& one, SessionDraft& draft) {
        return read_object<SessionDraft>(one, session_fields, draft);
    });
}

bool read_synthetic(Item const& item, Synthetic& synthetic)
{
    return read_object<Synthetic>(item, synthetic_fields, synthetic);
}

constexpr auto day_fields = std::to_array<Field<DayDraft>>({
    {"start", optional_by<&DayDraft::start, read_start>},
    {"hours", optional_by<&DayDraft::hours, read_hours>},
    {"step_s", whole<&DayDraft::step_s, shortest_step_s, longest_step_s>},
    {"sessions", optional_by<&DayDraft::sessions, read_sessions>},
    {"synthetic", optional_by<&DayDraft::synthetic, read_synthetic>},
});

std::string path_of(std::size_t index, std::string const& field)
{
    return "day.sessions[" + std::to_string(index) + "]." + field;
}

// The sessions that a file lists.
class Listed {
public:
    Listed(Snapshot const& installation, Seconds start) : installation_(installation), start_(start)
    {
        for (std::size_t i = 0; i < installation.evses.size(); ++i)
            evses_.emplace(installation.evses[i].name, i);
    }

    std::optional<Fault> add(std::size_t index, SessionDraft const& draft)
    {
        auto const found = evses_.find(draft.evse);
        if (found == evses_.end()) return Fault{path_of(index, "evse"), "is not the id of an EVSE"};
        Evse const& evse = installation_.evses[found->second];
        if (evse.reserved) return Fault{path_of(index, "evse"), "must not be a reserved EVSE"};
        bool const pair = installation_.grid == Grid::it && evse.terminals.count == 2;
        if (draft.phases && *draft.phases > (pair ? 1 : evse.terminals.count))
            return Fault{path_of(index, "phases"), "must not be more than its EVSE has lines for"};

        DaySession session;
        session.evse = found->second;
        session.arrives = draft.arrives.at;
        if (draft.arrives.of_day && session.arrives < start_) session.arrives += whole_day;
        session.departs = draft.departs.at;
        while (draft.departs.of_day && session.departs <= session.arrives)
            session.departs += whole_day;
        if (session.departs <= session.arrives)
            return Fault{path_of(index, "departs"), "must be after it arrives"};
        if (session.departs <= start_)
            return Fault{path_of(index, "departs"), "must be after the day begins"};
        session.wanted_wh = draft.wanted_wh;
        session.phases = draft.phases;
        session.most = draft.most;
        sessions.push_back(session);
        return std::nullopt;
    }

    // One outlet holds one car.
    std::optional<Fault> find_overlap() const
    {
        std::vector<std::size_t> order(sessions.size());
        for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
        std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return std::tie(sessions[a].evse, sessions[a].arrives, a) <
                   std::tie(sessions[b].evse, sessions[b].arrives, b);
        });
        for (std::size_t i = 1; i < order.size(); ++i) {
            DaySession const& before = sessions[order[i - 1]];
            DaySession const& session = sessions[order[i]];
            if (session.evse == before.evse && session.arrives < before.departs)
                return Fault{path_of(order[i], "arrives"),
                    "must not be before the car at the same EVSE has left (sessions[" +
                        std::to_string(order[i - 1]) + "])"};
        }
        return std::nullopt;
    }

    std::vector<DaySession> sessions{};

private:
    Snapshot const& installation_;
    Seconds start_;
    std::unordered_map<std::string, std::size_t> evses_;
};

// The file's synthetic cars, or as many as there are free EVSEs.
std::variant<Synthetic, Fault> synthetic_of(
    PlanFile const& file, DayDraft const& draft, DayOverrides const& overrides)
{
    auto const& evses = file.snapshot.evses;
    auto const free = static_cast<std::size_t>(
        std::count_if(evses.begin(), evses.end(), [](Evse const& evse) { return !evse.reserved; }));
    if (free == 0) return Fault{"evses", "must have one that is not reserved, to play a day"};
    Synthetic synthetic = draft.synthetic.value_or(Synthetic{});
    if (synthetic.cars == 0) synthetic.cars = std::min(free, most_day_cars);
    synthetic.cars = overrides.cars.value_or(synthetic.cars);
    synthetic.seed = overrides.seed.value_or(synthetic.seed);
    return synthetic;
}

// Without a policy the tiers hold, as they do for one instant.
std::variant<PolicyRules, Fault> policy_of_day(PlanFile const& file)
{
    if (file.policy) return *file.policy;
    if (file.snapshot.sharing == Sharing::in_order)
        return Fault{"sharing", "must be \"fair\" to play a day, whose cars have no order but that "
                                "of a policy, like \"first_come\""};
    auto const& evses = file.snapshot.evses;
    bool const tiers = std::any_of(
        evses.begin(), evses.end(), [](Evse const& evse) { return evse.tier != 0; });
    PolicyRules rules;
    rules.policy = tiers ? Policy::priority : Policy::equal_share;
    return rules;
}

}

std::variant<PlannedDay, Fault> plan_day(PlanFile const& file, DayOverrides const& overrides)
{
    DayDraft draft;
    std::optional<Fault> fault;
    if (file.day) {
        boost::json::value const whole = boost::json::object{{"day", *file.day}};
        Item const root(whole, fault);
        if (!read_object<DayDraft>(root.member("day", *file.day), day_fields, draft)) return *fault;
    }
    if (draft.sessions && draft.synthetic)
        return Fault{"day", "must have sessions or synthetic, not both"};

    PlannedDay planned;
    auto policy = policy_of_day(file);
    if (auto* found = std::get_if<Fault>(&policy)) return std::move(*found);
    planned.rules.policy = std::get<PolicyRules>(policy);
    planned.rules.step = Seconds{draft.step_s};
    std::vector<DaySession> sessions;
    if (draft.sessions && !overrides.cars) {
        Listed listed(file.snapshot, draft.start.value_or(Seconds{0}));
        for (std::size_t i = 0; i < draft.sessions->size(); ++i)
            if (auto found = listed.add(i, (*draft.sessions)[i])) return *found;
        if (auto found = listed.find_overlap()) return *found;
        sessions = std::move(listed.sessions);
    } else {
        auto synthetic = synthetic_of(file, draft, overrides);
        if (auto* found = std::get_if<Fault>(&synthetic)) return *found;
        planned.synthetic = std::get<Synthetic>(synthetic);
        sessions = synthetic_sessions(file.snapshot, planned.synthetic->mix,
            planned.synthetic->cars, planned.synthetic->seed);
    }
    planned.day = day_of(file.snapshot, std::move(sessions));
    if (draft.start) planned.day.begins = *draft.start;
    if (auto const hours = overrides.hours ? overrides.hours : draft.hours)
        planned.day.ends = planned.day.begins + Seconds{*hours * 3600};
    planned.day.ends = std::min(
        planned.day.ends, planned.day.begins + Seconds{most_day_hours * 3600});
    if (planned.day.ends <= planned.day.begins)
        return Fault{"day.start", "must be before the last car leaves"};
    return planned;
}

}
