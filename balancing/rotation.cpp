#include "balancing/rotation.hpp"

#include <algorithm>
#include <cmath>

namespace balancing {

namespace {

constexpr double seconds_per_hour = 3600;
constexpr double most_doublings = 6;
constexpr int furthest_tier = 1'000'000;  // tiers further out count as this

// 2 for each catch_up_ah behind, 1/2 for each ahead, in whole doublings: limits that move with
// every plan would be many messages.
double catch_up(Session const& session, TurnRules const& turns)
{
    // Not by pace(): what a car got last would change what it gets next, to and fro at every plan.
    double const doublings = std::trunc(session.deficit_ah / turns.catch_up_ah);
    return std::exp2(std::clamp(doublings, -most_doublings, most_doublings));
}

bool takes_turns(Policy policy)
{
    return policy != Policy::first_come && policy != Policy::departure;
}

bool rests(Session const& session, TurnRules const& turns, Seconds now)
{
    double const rest_ah = pace(session) * turns.rest_ah;
    if (session.charging) return session.deficit_ah <= -rest_ah && !keeps_turn(session, turns, now);
    return session.switched && session.deficit_ah <= rest_ah && !session.must_not_pause;
}

// If it had the place to itself. Nobody takes from a car that could not, so it is owed nothing.
bool could_charge(ReasonKind kind)
{
    return kind != ReasonKind::switched_off && kind != ReasonKind::no_room;
}

// Names go with their EVSEs from place to place in the queue. With room for the longest in each,
// the next copy needs no memory wherever they are then.
void copy(Snapshot const& from, Snapshot& to)
{
    to = from;
    std::size_t longest = 0;
    for (Evse const& evse : from.evses) longest = std::max(longest, evse.name.size());
    for (Evse& evse : to.evses)
        if (evse.name.capacity() < longest) evse.name.reserve(longest);
}

}

void fair_share(
    Snapshot const& snapshot, Plan const& plan, Allocator& allocator, Snapshot& fair, Plan& result)
{
    copy(snapshot, fair);
    fair.sharing = Sharing::fair;
    for (std::size_t i = 0; i < fair.evses.size(); ++i) {
        Evse& evse = fair.evses[i];
        evse.min = Current{};
        evse.quantum = Current{};
        evse.quantum_w = 0;
        if (evse.session.wanted_wh == 0 || !could_charge(plan.evses[i].reason.kind))
            evse.max.asked = Current{};
    }
    allocator.allocate(fair, result);
}

std::optional<Refusal> Rotation::plan(
    Snapshot const& snapshot, PolicyRules const& rules, Plan& plan, Plan& fair)
{
    copy(snapshot, ordered_);
    auto const& order = queue_.order(ordered_, rules);
    auto refusal = allocator_.allocate(ordered_, plan_);
    if (!refusal) {
        fair_share(ordered_, plan_, allocator_, fair_snapshot_, fair_);
        if (takes_turns(rules.policy) && find_crowded()) {
            take_turns(rules.turns);
            refusal = allocator_.allocate(ordered_, plan_);
        }
    }
    if (refusal) {
        plan = {};
        fair = {};
        return refusal;
    }
    plan.node_current = plan_.node_current;
    plan.node_limit = plan_.node_limit;
    plan.evses.resize(order.size());
    fair.node_current = fair_.node_current;
    fair.node_limit = fair_.node_limit;
    fair.evses.resize(order.size());
    for (std::size_t place = 0; place < order.size(); ++place) {
        plan.evses[order[place]] = plan_.evses[place];
        fair.evses[order[place]] = fair_.evses[place];
    }
    return std::nullopt;
}

bool Rotation::find_crowded()
{
    crowded_.assign(ordered_.nodes.size(), 0);
    bool any = false;
    for (Grant const& grant : plan_.evses)
        if (grant.reason.kind == ReasonKind::waiting) {
            crowded_[grant.reason.node] = 1;
            any = true;
        }
    return any;
}

bool Rotation::is_crowded(std::size_t node) const
{
    for (std::optional<std::size_t> at = node; at; at = ordered_.nodes[*at].parent)
        if (crowded_[*at] != 0) return true;
    return false;
}

void Rotation::take_turns(TurnRules const& turns)
{
    for (Evse& evse : ordered_.evses) {
        evse.tier = 2 * std::clamp(evse.tier, -furthest_tier, furthest_tier);
        if (evse.reserved || !is_crowded(evse.node)) continue;
        evse.weight = scaled(evse.weight, catch_up(evse.session, turns));
        if (rests(evse.session, turns, ordered_.now)) ++evse.tier;
    }
}

void carry_on(Snapshot& snapshot, Plan const& plan, Plan const& fair, Seconds step)
{
    double const hours = static_cast<double>(step.count()) / seconds_per_hour;
    for (std::size_t i = 0; i < snapshot.evses.size(); ++i) {
        if (snapshot.evses[i].reserved) continue;
        Session& session = snapshot.evses[i].session;
        Current const granted = plan.evses[i].limit;
        bool const charges = granted > Current{};
        if (charges) session.last_current = granted;
        if (charges != session.charging) {
            session.charging = charges;
            session.switched = snapshot.now;
        }
        double const missed_ah = (fair.evses[i].limit - granted).amperes() * hours;
        session.deficit_ah = std::clamp(
            session.deficit_ah + missed_ah, -greatest_deficit_ah, greatest_deficit_ah);
    }
}

}
