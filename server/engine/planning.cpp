// From the plant's state to a plan, and from the plan to orders.
#include "balancing/rotation.hpp"
#include "server/engine/impl.hpp"
#include "server/engine/steering.hpp"
#include "server/engine/wiring.hpp"

#include <algorithm>
#include <utility>

namespace engine {

namespace {

// A station that refused a limit is asked again after this.
constexpr std::chrono::seconds ask_again_after{60};

// A car that has stopped drawing for so long keeps only its minimum, so that it can come back.
constexpr std::chrono::seconds full_car_after{60};

// While cars wait for their turn, it is seen so often whether one has come.
constexpr std::chrono::seconds turns_looked_at_every{60};

balancing::PolicyRules rules_of(storage::SharingPolicy policy)
{
    switch (policy) {
    case storage::SharingPolicy::most_cars: return {.policy = balancing::Policy::most_cars};
    case storage::SharingPolicy::first_come: return {.policy = balancing::Policy::first_come};
    case storage::SharingPolicy::priority: return {.policy = balancing::Policy::priority};
    case storage::SharingPolicy::departure: return {.policy = balancing::Policy::departure};
    case storage::SharingPolicy::equal_share: break;
    }
    return {.policy = balancing::Policy::equal_share};
}

LimitReason word_for(balancing::ReasonKind kind)
{
    switch (kind) {
    case balancing::ReasonKind::own_maximum: return LimitReason::own_maximum;
    case balancing::ReasonKind::reclaimed: return LimitReason::reclaimed;
    case balancing::ReasonKind::line: return LimitReason::line_full;
    case balancing::ReasonKind::waiting: return LimitReason::waiting;
    case balancing::ReasonKind::no_room: return LimitReason::no_room;
    case balancing::ReasonKind::reserved: return LimitReason::offline;
    case balancing::ReasonKind::switched_off: break;
    }
    return LimitReason::switched_off;
}

LiveLimit limit_for(
    balancing::Reason const& reason, balancing::Snapshot const& snapshot, Timestamp utc)
{
    LiveLimit limit{.reason = word_for(reason.kind)};
    bool const somewhere = reason.kind == balancing::ReasonKind::line ||
                           reason.kind == balancing::ReasonKind::waiting ||
                           reason.kind == balancing::ReasonKind::no_room;
    if (!somewhere) return limit;
    limit.where = snapshot.nodes[reason.node].name;
    bool const one_line = reason.source != balancing::LimitSource::energy_cap;
    limit.line = one_line ? static_cast<int>(reason.line) + 1 : 0;
    limit.source = reason.source;
    limit.left_ma = reason.left.whole_milliamperes();
    limit.queued = static_cast<int>(reason.queued);
    if (reason.turn)
        limit.turn_at = utc + std::max(*reason.turn - snapshot.now, balancing::Seconds{});
    return limit;
}

LimitReason reason_outside_the_plan(Outlet const& outlet, bool online)
{
    if (!outlet.point.active) return LimitReason::inactive;
    if (outlet.assignment && !online && outlet.session) return LimitReason::offline;
    if (outlet.session && outlet.refused_until) return LimitReason::not_obeying;
    return LimitReason::none;
}

// What is stored may be more than any EVSE can give; the sums refuse that.
balancing::Current evse_current(std::int64_t current_ma)
{
    return std::min(balancing::milliampere(current_ma), balancing::greatest_evse_current);
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

// Those that its car loads, or might load as long as that is not known.
balancing::Terminals Engine::Impl::terminals_of(Plant const& plant, Outlet const& outlet) const
{
    return engine::terminals_of(grid_of(plant.data.grid), outlet.point,
        outlet.session ? sessions.at(*outlet.session).lines.counted : wired_lines(outlet.point));
}

// Whether the outlet takes part in the sharing; all others keep what they hold.
bool Engine::Impl::shares(Outlet const& outlet) const
{
    if (!outlet.point.active || !outlet.session || !outlet.assignment || outlet.refused_until)
        return false;
    auto const link = links.find(outlet.assignment->station);
    return link != links.end() && link->second.epoch && sessions.at(*outlet.session).authorised;
}

// Some cars need more than the standard's least, and whoever has a fallback may draw it in any
// case.
balancing::Current Engine::Impl::least_of(Outlet const& outlet) const
{
    return std::max(balancing::least_charging_current, balancing::milliampere(fallback_of(outlet)));
}

balancing::Evse Engine::Impl::evse_of(Plant& plant, Outlet& outlet)
{
    balancing::Evse evse{
        .name = outlet.point.name, .node = outlet.node, .terminals = terminals_of(plant, outlet)};
    evse.quantum = balancing::milliampere(settings.quantum_ma);
    if (!shares(outlet)) {
        evse.reserved = evse_current(lasting_ceiling_ma(outlet.ledger));
        return evse;
    }
    auto& session = sessions.at(*outlet.session);
    forget_old_cap(outlet, session);
    evse.session = turn_of(outlet, session);
    evse.tier = static_cast<int>(outlet.point.priority);
    evse.min = least_of(outlet);
    evse.max.station = evse_current(outlet.point.max_ma);
    if (session.reclaim.cap) evse.max.reclaimed = *session.reclaim.cap;
    if (outlet.status == OutletStatus::suspended_ev) {
        auto const full_at = outlet.suspended_since + full_car_after;
        if (full_at <= now.uptime)
            evse.max.car = evse.min;
        else
            set_timer(plant, full_at);
    }
    return evse;
}

// Makes the plan that holds from now on, and writes targets and reasons to the outlets.
void Engine::Impl::plan(Plant& plant)
{
    carry_turns(plant);
    HeldPlan& kept = plant.held;
    kept.since = clock();
    kept.snapshot.grid = grid_of(plant.data.grid);
    kept.snapshot.now = kept.since;
    kept.snapshot.nodes = plant.nodes;

    // First come, first served, where the policy sees no difference.
    std::vector<storage::ChargePointId> given;
    for (auto const id : plant.points)
        if (outlets.at(id).assignment) given.push_back(id);
    auto const place = [&](storage::ChargePointId id) {
        auto const& session = outlets.at(id).session;
        return std::pair(session ? sessions.at(*session).data.started_at : Timestamp{}, id);
    };
    std::sort(given.begin(), given.end(), [&](auto a, auto b) { return place(a) < place(b); });
    kept.snapshot.evses.clear();
    for (auto const id : given) kept.snapshot.evses.push_back(evse_of(plant, outlets.at(id)));
    kept.order = given;
    kept.sessions.clear();
    for (auto const id : given) kept.sessions.push_back(outlets.at(id).session);

    bool const refused =
        rotation.plan(kept.snapshot, rules_of(plant.data.policy), kept.plan, kept.fair).has_value();
    bool waiting = false;
    for (std::size_t i = 0; i < kept.order.size(); ++i) {
        Outlet& outlet = outlets.at(kept.order[i]);
        auto const link = links.find(outlet.assignment->station);
        bool const online = link != links.end() && link->second.epoch;
        outlet.target_ma = fallback_of(outlet);
        outlet.why = {.reason = reason_outside_the_plan(outlet, online)};
        if (refused || !shares(outlet)) continue;
        auto const& grant = kept.plan.evses[i];
        outlet.target_ma = std::max(outlet.target_ma, grant.limit.whole_milliamperes());
        outlet.why = limit_for(grant.reason, kept.snapshot, now.utc);
        waiting = waiting || outlet.why.reason == LimitReason::waiting;
    }
    if (waiting) set_timer(plant, now.uptime + turns_looked_at_every);
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
    plan(plant);
    carry_out(plant);
}

void Engine::Impl::carry_out(Plant& plant)
{
    balancing::Snapshot const& snapshot = plant.held.snapshot;
    std::vector<storage::ChargePointId> const& order = plant.held.order;
    std::optional<Milliseconds> wake;
    std::vector<SteeredOutlet> steered;
    for (std::size_t i = 0; i < order.size(); ++i) {
        Outlet& outlet = outlets.at(order[i]);
        auto const& link = links.at(outlet.assignment->station);
        bool const idle = free_for_limit(link) && !outlet.refused_until;
        steered.push_back({.node = outlet.node,
            .loading = balancing::loading_of(snapshot.grid, snapshot.evses[i]),
            .ceiling_ma = ceiling_ma(outlet.ledger, now.uptime),
            .commanded_ma = outlet.commanded_ma,
            .target_ma = outlet.target_ma,
            .min_ma = snapshot.evses[i].min.whole_milliamperes(),
            .free = idle && outlet.session.has_value(),
            .earliest_increase = std::max(
                outlet.last_change + settings.increase_interval, no_increase_before),
            .earliest_trifle = outlet.last_change + settings.trifle_interval});
        sooner(wake, next_settled(outlet.ledger, now.uptime));
        sooner(wake, outlet.refused_until);
        bool const work = outlet.fallback_due || outlet.limit_due ||
                          (outlet.session && outlet.target_ma != outlet.commanded_ma);
        if (work && link.epoch && link.quiet_until > now.uptime) sooner(wake, link.quiet_until);
    }

    SteeringRules const rules{
        .increase_step_ma = settings.increase_step_ma, .quantum_ma = settings.quantum_ma};
    auto const steering = steer(snapshot, steered, rules, now.uptime);
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

// Limits may be tried (again), unless the session that runs cannot be named in one: some stations
// make up ids that are longer than the standard lets anyone write.
void Engine::Impl::forgive(Outlet& outlet) const
{
    constexpr std::size_t longest_transaction_id = 36;  // 2.0.1 part 2, TransactionType
    constexpr std::chrono::hours for_good{24 * 365};
    outlet.refused_until.reset();
    if (!outlet.session || !outlet.assignment) return;
    auto const link = links.find(outlet.assignment->station);
    bool const by_key = link != links.end() && link->second.version != ocpp::Version::v16;
    auto const& key = sessions.at(*outlet.session).data.station_key;
    if (by_key && key.size() > longest_transaction_id) outlet.refused_until = now.uptime + for_good;
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
