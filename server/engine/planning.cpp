// From the plant's state to a plan, and from the plan to orders.
#include "balancing/allocate.hpp"
#include "server/engine/impl.hpp"
#include "server/engine/steering.hpp"

#include <algorithm>
#include <tuple>

namespace engine {

namespace {

// A station that refused a limit is asked again after this.
constexpr std::chrono::seconds ask_again_after{60};

// A car that has stopped drawing for so long keeps only its minimum, so that it can come back.
constexpr std::chrono::seconds full_car_after{60};

LiveLimit limit_for(balancing::Reason const& reason, std::vector<balancing::Node> const& nodes)
{
    LiveLimit limit;
    switch (reason.kind) {
    case balancing::ReasonKind::own_maximum: limit.reason = LimitReason::own_maximum; return limit;
    case balancing::ReasonKind::line: limit.reason = LimitReason::line_full; break;
    case balancing::ReasonKind::minimum: limit.reason = LimitReason::waiting; break;
    case balancing::ReasonKind::reserved: limit.reason = LimitReason::offline; return limit;
    case balancing::ReasonKind::switched_off: limit.reason = LimitReason::none; return limit;
    }
    limit.where = nodes[reason.node].name;
    limit.line = static_cast<int>(reason.line) + 1;
    limit.left_ma = reason.left.value;
    limit.queued = static_cast<int>(reason.queued);
    return limit;
}

LimitReason reason_outside_the_plan(Outlet const& outlet, bool online)
{
    if (!outlet.point.active) return LimitReason::inactive;
    if (outlet.assignment && !online && outlet.session) return LimitReason::offline;
    if (outlet.session && outlet.refused_until) return LimitReason::not_obeying;
    return LimitReason::none;
}

void sooner(std::optional<Milliseconds>& wake, std::optional<Milliseconds> at)
{
    if (at && (!wake || *at < *wake)) wake = at;
}

}

std::int64_t Engine::Impl::fallback_of(Outlet const& outlet) const
{
    return outlet.point.active ? outlet.point.fallback_ma : 0;
}

balancing::LineSet Engine::Impl::lines_of(Outlet const& outlet) const
{
    return outlet.session ? sessions.at(*outlet.session).lines.counted : wired_lines(outlet.point);
}

// Whether the outlet takes part in the sharing; all others keep what they hold.
bool Engine::Impl::shares(Outlet const& outlet) const
{
    if (!outlet.point.active || !outlet.session || !outlet.assignment || outlet.refused_until)
        return false;
    auto const link = links.find(outlet.assignment->station);
    return link != links.end() && link->second.epoch && sessions.at(*outlet.session).authorised;
}

balancing::Evse Engine::Impl::evse_of(Plant& plant, Outlet const& outlet)
{
    balancing::Evse evse{.name = outlet.point.name, .node = outlet.node, .lines = lines_of(outlet)};
    evse.quantum = {settings.quantum_ma};
    if (!shares(outlet)) {
        evse.reserved = balancing::Milliampere{lasting_ceiling_ma(outlet.ledger)};
        return evse;
    }
    evse.min.value = std::max(balancing::least_charging_current.value, outlet.point.fallback_ma);
    evse.max.value = outlet.point.max_ma;
    if (outlet.status == OutletStatus::suspended_ev) {
        auto const full_at = outlet.suspended_since + full_car_after;
        if (full_at <= now.uptime)
            evse.max = std::min(evse.min, evse.max);
        else
            set_timer(plant, full_at);
    }
    return evse;
}

// Fills the snapshot, allocates, and writes targets and reasons to the outlets. Returns the outlets
// in the order of the snapshot's EVSEs.
std::vector<storage::ChargePointId> Engine::Impl::plan(Plant& plant, balancing::Snapshot& snapshot)
{
    snapshot.nodes = plant.nodes;
    // Who has a fallback holds it in any case; among the others, first come, first served.
    auto const place = [&](storage::ChargePointId id) {
        auto const& outlet = outlets.at(id);
        auto const since = outlet.session ? sessions.at(*outlet.session).data.started_at
                                          : Timestamp{};
        return std::tuple(fallback_of(outlet) == 0, since, id);
    };
    std::vector<storage::ChargePointId> order;
    for (auto const id : plant.points)
        if (outlets.at(id).assignment) order.push_back(id);
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return place(a) < place(b); });

    for (auto const id : order) snapshot.evses.push_back(evse_of(plant, outlets.at(id)));
    auto const outcome = balancing::allocate(snapshot);
    auto const* allocated = std::get_if<balancing::Plan>(&outcome);
    for (std::size_t i = 0; i < order.size(); ++i) {
        Outlet& outlet = outlets.at(order[i]);
        auto const link = links.find(outlet.assignment->station);
        bool const online = link != links.end() && link->second.epoch;
        outlet.target_ma = fallback_of(outlet);
        outlet.why = {.reason = reason_outside_the_plan(outlet, online)};
        if (!allocated || !shares(outlet)) continue;
        outlet.target_ma = std::max(outlet.target_ma, allocated->evses[i].limit.value);
        outlet.why = limit_for(allocated->evses[i].reason, snapshot.nodes);
    }
    return order;
}

void Engine::Impl::replan(Plant& plant)
{
    for (auto const id : plant.points) {
        Outlet& outlet = outlets.at(id);
        if (outlet.refused_until && *outlet.refused_until <= now.uptime) {
            outlet.refused_until.reset();
            outlet.limit_due = outlet.session.has_value();
        }
    }
    balancing::Snapshot snapshot;
    auto const order = plan(plant, snapshot);
    carry_out(plant, snapshot, order);
}

void Engine::Impl::carry_out(Plant& plant, balancing::Snapshot const& snapshot,
    std::vector<storage::ChargePointId> const& order)
{
    std::optional<Milliseconds> wake;
    std::vector<SteeredOutlet> steered;
    for (std::size_t i = 0; i < order.size(); ++i) {
        Outlet& outlet = outlets.at(order[i]);
        auto const& link = links.at(outlet.assignment->station);
        bool const idle = free_for_limit(link) && !outlet.refused_until;
        steered.push_back({.node = outlet.node,
            .lines = snapshot.evses[i].lines,
            .ceiling_ma = ceiling_ma(outlet.ledger, now.uptime),
            .commanded_ma = outlet.commanded_ma,
            .target_ma = outlet.target_ma,
            .min_ma = snapshot.evses[i].min.value,
            .free = idle && outlet.session.has_value(),
            .earliest_increase = std::max(
                outlet.last_change + settings.increase_interval, no_increase_before)});
        sooner(wake, next_settled(outlet.ledger, now.uptime));
        sooner(wake, outlet.refused_until);
        bool const work = outlet.fallback_due || outlet.limit_due ||
                          (outlet.session && outlet.target_ma != outlet.commanded_ma);
        if (work && link.epoch && link.quiet_until > now.uptime) sooner(wake, link.quiet_until);
    }

    SteeringRules const rules{
        .increase_step_ma = settings.increase_step_ma, .quantum_ma = settings.quantum_ma};
    auto const steering = steer(snapshot.nodes, steered, rules, now.uptime);
    sooner(wake, steering.next_increase);
    auto const is_free = [&](Outlet const& o) {
        return free_for_limit(links.at(o.assignment->station));
    };

    // Decreases, then missing fallbacks, then increases, then what is sent again to be sure.
    for (auto const& change : steering.changes) {
        Outlet& outlet = outlets.at(order[change.outlet]);
        if (change.limit_ma < steered[change.outlet].commanded_ma && is_free(outlet))
            send_limit(outlet, LimitPurpose::session, change.limit_ma);
    }
    for (auto const id : order) {
        Outlet& outlet = outlets.at(id);
        if (outlet.fallback_due && !outlet.refused_until && is_free(outlet))
            send_limit(outlet, LimitPurpose::fallback, fallback_of(outlet));
    }
    for (auto const& change : steering.changes) {
        Outlet& outlet = outlets.at(order[change.outlet]);
        if (change.limit_ma > steered[change.outlet].commanded_ma && is_free(outlet) &&
            now.uptime >= no_increase_before)
            send_limit(outlet, LimitPurpose::session, change.limit_ma);
    }
    for (std::size_t i = 0; i < order.size(); ++i) {
        Outlet& outlet = outlets.at(order[i]);
        if (steering.held_back[i] && outlet.why.reason != LimitReason::waiting && shares(outlet) &&
            outlet.commanded_ma < outlet.target_ma)
            outlet.why.reason = LimitReason::settling;
        if (outlet.limit_due && outlet.session && !outlet.refused_until && is_free(outlet))
            send_limit(
                outlet, LimitPurpose::session, std::min(outlet.commanded_ma, outlet.target_ma));
    }
    if (no_increase_before > now.uptime) sooner(wake, no_increase_before);
    if (wake) set_timer(plant, *wake);
}

void Engine::Impl::send_limit(Outlet& outlet, LimitPurpose purpose, std::int64_t limit_ma)
{
    auto& link = links.at(outlet.assignment->station);
    SentLimit const limit{.purpose = purpose, .limit_ma = limit_ma};
    Order order;
    if (purpose == LimitPurpose::fallback) {
        order = SetFallback{.evse = outlet.assignment->evse, .limit_ma = limit_ma};
        outlet.fallback_due = false;
    } else {
        auto const& session = sessions.at(*outlet.session).data;
        order = SetSessionLimit{.evse = outlet.assignment->evse,
            .session = session.id,
            .station_key = session.station_key,
            .limit_ma = limit_ma};
        outlet.limit_due = false;
        if (limit_ma != outlet.commanded_ma) outlet.last_change = now.uptime;
        outlet.commanded_ma = limit_ma;
    }
    on_sent(outlet.ledger, limit);
    // A higher ceiling is in the store before the station hears of it.
    bool after_commit = lasting_ceiling_ma(outlet.ledger) > outlet.stored.ceiling_ma;
    // And a session's limit follows the answer that told the station of its session.
    if (outlet.session)
        after_commit = after_commit || sessions.at(*outlet.session).opened_with > committed;
    remember(outlet);
    auto const outgoing = link.dialect->order(order, now.utc);
    call(link,
        {.id = "",
            .what = OrderInFlight{.point = outlet.point.id, .limit = limit, .order = order},
            .deadline = {}},
        outgoing, after_commit);
}

// No outcome: the answer did not come, and nobody knows which limit holds.
void Engine::Impl::limit_answered(
    Link& link, OrderInFlight const& order, std::optional<OrderOutcome> outcome)
{
    auto const it = outlets.find(order.point);
    if (it == outlets.end() || !it->second.assignment ||
        it->second.assignment->station != link.station.identity)
        return;
    Outlet& outlet = it->second;
    bool const fallback = order.limit.purpose == LimitPurpose::fallback;
    auto const* for_session = std::get_if<SetSessionLimit>(&order.order);
    if (for_session && outlet.session != for_session->session) return;  // it went with its session
    if (!outcome) {
        (fallback ? outlet.fallback_due : outlet.limit_due) = true;
    } else if (outcome->accepted) {
        on_accepted(outlet.ledger, order.limit, now.uptime, settings.reaction);
        if (fallback && !outlet.ledger.session_ma)
            outlet.commanded_ma = lasting_ceiling_ma(outlet.ledger);
    } else {
        on_refused(outlet.ledger, order.limit);
        outlet.refused_until = now.uptime + ask_again_after;
        (fallback ? outlet.fallback_due : outlet.limit_due) = true;
        outlet.commanded_ma = lasting_ceiling_ma(outlet.ledger);
    }
    remember(outlet);
    if (Plant* plant = plant_of(outlet)) touch(*plant, true);
}

void Engine::Impl::remember(Outlet& outlet)
{
    if (!outlet.assignment) return;
    storage::GrantedLimit const current{.station = outlet.assignment->station,
        .evse = outlet.assignment->evse,
        .fallback_known = outlet.ledger.fallback_ma.has_value(),
        .fallback_ma = outlet.ledger.fallback_ma.value_or(0),
        .ceiling_ma = lasting_ceiling_ma(outlet.ledger)};
    if (current == outlet.stored) return;
    outlet.stored = current;
    record(current);
}

}
