// Fairness over time, and the shares that cars do not use.
#include "balancing/rotation.hpp"
#include "server/engine/impl.hpp"
#include "server/engine/wiring.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace engine {

namespace {

constexpr std::chrono::seconds half_minute{30};

// Deficits move all the time, and limits with them. Looked at so often they cost few messages.
constexpr std::chrono::seconds deficits_looked_at_every{300};
constexpr std::int64_t mwh_per_wh = 1000;

balancing::Seconds whole_seconds(Milliseconds time)
{
    return std::chrono::floor<balancing::Seconds>(time);
}

std::int64_t highest(LiveCurrents const& currents)
{
    std::int64_t most = 0;
    for (auto const& current : currents) most = std::max(most, current.value_or(0));
    return most;
}

// What of the limit a car uses, from its line currents. On IT the limit is of a pair of lines, and
// where all three lines are loaded each carries sqrt(3) of it.
std::int64_t used_ma(balancing::Grid grid, LiveCurrents const& currents)
{
    std::int64_t const most = highest(currents);
    bool const on_all = std::all_of(currents.begin(), currents.end(),
        [](auto const& current) { return current.value_or(0) >= loaded_from_ma; });
    if (grid == balancing::Grid::tn || !on_all) return most;
    return std::llround(std::ceil(static_cast<double>(most) * std::numbers::inv_sqrt3));
}

}

// The time by which plans are made; whole seconds since the engine's clock began.
balancing::Seconds Engine::Impl::clock() const { return whole_seconds(now.uptime); }

// What the plan that held until now has given, into the accounts of the sessions.
void Engine::Impl::carry_turns(Plant& plant)
{
    HeldPlan& kept = plant.held;
    if (kept.plan.evses.size() != kept.order.size()) return;  // it was refused
    std::vector<double> known;
    for (auto const& evse : kept.snapshot.evses) known.push_back(evse.session.deficit_ah);
    balancing::carry_on(kept.snapshot, kept.plan, kept.fair, clock() - kept.since);
    bool const look_anew = clock() - kept.deficits_at >= deficits_looked_at_every;
    if (look_anew) kept.deficits_at = clock();
    for (std::size_t i = 0; i < kept.order.size(); ++i) {
        auto const it = kept.sessions[i] ? sessions.find(*kept.sessions[i]) : sessions.end();
        if (it == sessions.end() || kept.snapshot.evses[i].reserved) continue;
        RunningSession& session = it->second;
        balancing::Session const& carried = kept.snapshot.evses[i].session;
        double const deficit_ah = session.turn.deficit_ah + carried.deficit_ah - known[i];
        session.turn = carried;
        session.turn.deficit_ah = deficit_ah;
        if (look_anew) session.planned_deficit_ah = deficit_ah;
    }
}

balancing::Session Engine::Impl::turn_of(Outlet const& outlet, RunningSession const& session) const
{
    auto const from_now = [&](Timestamp at) { return clock() + whole_seconds(at - now.utc); };
    balancing::Session turn = session.turn;
    turn.deficit_ah = session.planned_deficit_ah;
    turn.arrived = from_now(session.data.started_at);
    if (session.data.departs_at) turn.departs = from_now(*session.data.departs_at);
    if (session.data.wanted_mwh) {
        std::int64_t const got_mwh = session.energy.of(session.data).energy_mwh.value_or(0);
        turn.wanted_wh = std::max<std::int64_t>(0, *session.data.wanted_mwh - got_mwh) / mwh_per_wh;
    }
    // A station with a fallback lets its car draw that much whatever we say.
    if (fallback_of(outlet) > 0) turn.must_not_pause = turn.charging = true;
    return turn;
}

balancing::ReclaimState Engine::Impl::reclaimed(
    Outlet const& outlet, RunningSession const& session) const
{
    balancing::Appetite appetite;
    appetite.charging = outlet.status == OutletStatus::charging;
    appetite.limit = balancing::milliampere(outlet.commanded_ma);
    appetite.limit_since = whole_seconds(outlet.last_change);
    appetite.measured = whole_seconds(outlet.measured_at);
    if (outlet.current_ma != LiveCurrents{})
        appetite.greatest = balancing::milliampere(
            std::max(session.peak.newest_ma, session.peak.before_ma));
    return balancing::reclaim(session.reclaim, appetite, least_of(outlet), {}, clock());
}

// After a new measurement: if the share that the car leaves unused has changed, there is a new
// plan.
void Engine::Impl::note_current(Outlet& outlet, RunningSession& session)
{
    RecentPeak& peak = session.peak;
    auto const age = now.uptime - peak.half_minute;
    if (age >= half_minute) {
        peak.before_ma = age < 2 * half_minute ? peak.newest_ma : 0;
        peak.newest_ma = 0;
        peak.half_minute = now.uptime;
    }
    Plant* plant = plant_of(outlet);
    if (!plant) return;
    peak.newest_ma = std::max(
        peak.newest_ma, used_ma(grid_of(plant->data.grid), outlet.current_ma));
    if (!shares(outlet)) return;
    auto const state = reclaimed(outlet, session);
    if (state.cap != session.reclaim.cap) touch(*plant, true);
    session.reclaim = state;
}

// A cap holds until the next measurement says otherwise, but not for long without one, and not for
// a car that has stopped: it may come back with another appetite.
void Engine::Impl::forget_old_cap(Outlet const& outlet, RunningSession& session) const
{
    bool const known = now.uptime - outlet.measured_at <= settings.measurement_lifetime;
    if (!known || outlet.status != OutletStatus::charging) session.reclaim = {};
}

}
