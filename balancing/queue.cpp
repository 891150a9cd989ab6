#include "balancing/queue.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace balancing {

namespace {

constexpr double least_urgency = 1e-6;
constexpr double laxity_unit_s = 5 * 60;
constexpr double seconds_per_hour = 3600;

// Policy::departure: a car that charges counts as if it had a tenth less time to spare, and one
// that is behind as if it had a tenth less for each Ah.
constexpr double incumbent_urgency = 0.1;
constexpr double urgency_per_ah = 0.1;

// The groups of Queue::order().
enum Standing : int { keeps_its_place, must_start, takes_turns, has_just_stopped, wants_no_more };

Standing standing_of(Session const& session, TurnRules const& turns, Seconds now)
{
    if (session.wanted_wh == 0 && !session.must_not_pause) return wants_no_more;
    if (keeps_turn(session, turns, now)) return keeps_its_place;
    if (session.charging) return takes_turns;
    if (session.must_not_pause) return must_start;
    bool const stopped = session.switched && now - *session.switched < turns.least_off;
    return stopped ? has_just_stopped : takes_turns;
}

double seconds_of(Seconds duration) { return static_cast<double>(duration.count()); }

// In whole seconds, bounded to what a duration can hold.
Seconds seconds_after(Seconds now, double seconds)
{
    constexpr double century = 100.0 * 365 * 24 * 3600;
    if (!(seconds > 0)) return now;
    return now + Seconds{static_cast<std::int64_t>(std::min(seconds, century))};
}

// When a car that charges leaves: for good, or because it has what it wants.
std::optional<Seconds> done_at(Grid grid, Evse const& evse, Seconds now)
{
    std::optional<Seconds> done = evse.session.departs;
    double const watts = most_watts_of(grid, evse);
    if (evse.session.wanted_wh && watts > 0) {
        auto const wanted_wh = static_cast<double>(*evse.session.wanted_wh);
        Seconds const full = seconds_after(now, wanted_wh / watts * seconds_per_hour);
        done = done ? std::min(*done, full) : full;
    }
    return done ? std::max(*done, now) : done;
}

// When the most patient of those that wait will be ahead of it. A waiting car gains on one that
// charges by what that one gets.
Seconds overtaken_at(
    Evse const& evse, double waiting_deficit_ah, TurnRules const& turns, Seconds now)
{
    Session const& session = evse.session;
    double const lead_ah = session.deficit_ah + pace(session) * turns.incumbent_bonus_ah -
                           waiting_deficit_ah;
    double const gained_a = pace(session) * least_charging_current.amperes();
    Seconds const overtaken = seconds_after(now, lead_ah / gained_a * seconds_per_hour);
    return session.switched ? std::max(overtaken, *session.switched + turns.least_on) : overtaken;
}

// Moves values[order[k]] to place k, for all k. `rest` is scratch.
void reorder(std::vector<Evse>& values, std::vector<std::size_t> const& order,
    std::vector<std::size_t>& rest)
{
    rest = order;
    for (std::size_t start = 0; start < rest.size(); ++start) {
        if (rest[start] == start) continue;
        Evse held = std::move(values[start]);
        std::size_t place = start;
        while (rest[place] != start) {
            std::size_t const from = rest[place];
            values[place] = std::move(values[from]);
            rest[place] = place;
            place = from;
        }
        values[place] = std::move(held);
        rest[place] = place;
    }
}

}

std::string_view name_of(Policy policy)
{
    for (auto const& [name, named] : policy_names)
        if (named == policy) return name;
    return "";
}

std::optional<Policy> policy_of(std::string_view name)
{
    for (auto const& [known, policy] : policy_names)
        if (known == name) return policy;
    return std::nullopt;
}

double scaled(double weight, double factor)
{
    using Limits = std::numeric_limits<double>;
    return std::clamp(weight * factor, Limits::min(), Limits::max());
}

double pace(Session const& session)
{
    return std::max(1.0, session.last_current.amperes() / least_charging_current.amperes());
}

bool keeps_turn(Session const& session, TurnRules const& turns, Seconds now)
{
    if (!session.charging) return false;
    return session.must_not_pause || (session.switched && now - *session.switched < turns.least_on);
}

double urgency(Grid grid, Evse const& evse, Seconds now, double power)
{
    Session const& session = evse.session;
    double const watts = most_watts_of(grid, evse);
    if (watts <= 0) return least_urgency;
    auto const wanted_wh = static_cast<double>(session.wanted_wh.value_or(usual_wanted_wh));
    double const time_s = seconds_of(
        session.departs.value_or(session.arrived + usual_parking) - now);
    double const laxity_s = std::max(0.0, time_s - wanted_wh / watts * seconds_per_hour);
    return std::max(least_urgency, std::pow(1 + laxity_s / laxity_unit_s, -power));
}

Queue::Key Queue::key_of(
    Snapshot const& snapshot, Evse const& evse, PolicyRules const& rules, std::size_t given)
{
    Session const& session = evse.session;
    Key key{evse.tier, 0, 0, 0, given};
    if (rules.policy == Policy::first_come) {
        key.rank = -seconds_of(session.arrived);
        return key;
    }
    key.standing = standing_of(session, rules.turns, snapshot.now);
    if (rules.policy == Policy::most_cars) key.phases = phases_of(loading_of(snapshot.grid, evse));
    if (rules.policy == Policy::departure) {
        key.rank = std::log(urgency(snapshot.grid, evse, snapshot.now, 1)) +
                   urgency_per_ah * session.deficit_ah + (session.charging ? incumbent_urgency : 0);
    } else {
        key.rank = session.deficit_ah;
        if (session.charging) key.rank += pace(session) * rules.turns.incumbent_bonus_ah;
    }
    if (std::isnan(key.rank)) key.rank = 0;  // it would break the order of all the others
    return key;
}

std::vector<std::size_t> const& Queue::order(Snapshot& snapshot, PolicyRules const& rules)
{
    snapshot.sharing = rules.policy == Policy::first_come ? Sharing::in_order : Sharing::fair;
    keys_.clear();
    for (Evse& evse : snapshot.evses) {
        if (rules.policy != Policy::priority) evse.tier = 0;
        if (rules.policy == Policy::departure)
            evse.weight = scaled(
                evse.weight, urgency(snapshot.grid, evse, snapshot.now, rules.urgency_power));
        if (rules.unit == FairUnit::power)
            evse.weight = scaled(
                evse.weight, 1.0 / std::max(1, phases_of(loading_of(snapshot.grid, evse))));
        keys_.push_back(key_of(snapshot, evse, rules, keys_.size()));
    }
    tell_yields(snapshot, rules);
    std::sort(keys_.begin(), keys_.end());
    order_.clear();
    for (Key const& key : keys_) order_.push_back(key.given);
    reorder(snapshot.evses, order_, rest_);
    return order_;
}

void Queue::tell_yields(Snapshot& snapshot, PolicyRules const& rules)
{
    std::optional<double> waiting_ah;
    for (Evse const& evse : snapshot.evses)
        if (!evse.session.charging && !evse.reserved && evse.session.wanted_wh != 0 &&
            most_of(evse.max) >= evse.min)
            waiting_ah = std::max(
                waiting_ah.value_or(evse.session.deficit_ah), evse.session.deficit_ah);
    for (Evse& evse : snapshot.evses) {
        Session& session = evse.session;
        session.yields.reset();
        if (!session.charging || evse.reserved) continue;
        session.yields = done_at(snapshot.grid, evse, snapshot.now);
        if (!waiting_ah || session.must_not_pause || rules.policy == Policy::first_come) continue;
        Seconds const turn = overtaken_at(evse, *waiting_ah, rules.turns, snapshot.now);
        session.yields = session.yields ? std::min(*session.yields, turn) : turn;
    }
}

std::vector<std::size_t> apply_policy(Snapshot& snapshot, PolicyRules const& rules)
{
    Queue queue;
    return queue.order(snapshot, rules);
}

}
