// What operators see.
#include "server/engine/impl.hpp"

#include <algorithm>

namespace engine {

namespace {

ChargePointState state_of(Outlet const& outlet, Link const* link)
{
    if (!outlet.assignment) return ChargePointState::no_station;
    if (!link || link->station.first_seen == Timestamp{}) return ChargePointState::never_seen;
    if (!link->epoch) return ChargePointState::offline;
    switch (outlet.status) {
    case OutletStatus::unknown:
        return outlet.session ? ChargePointState::charging : ChargePointState::available;
    case OutletStatus::available:
        return outlet.session ? ChargePointState::preparing : ChargePointState::available;
    case OutletStatus::occupied:
    case OutletStatus::preparing: return ChargePointState::preparing;
    case OutletStatus::charging: return ChargePointState::charging;
    case OutletStatus::suspended_ev: return ChargePointState::suspended_ev;
    case OutletStatus::suspended_evse: return ChargePointState::suspended_evse;
    case OutletStatus::finishing: return ChargePointState::finishing;
    case OutletStatus::reserved: return ChargePointState::reserved;
    case OutletStatus::unavailable: return ChargePointState::unavailable;
    case OutletStatus::faulted: return ChargePointState::faulted;
    }
    return ChargePointState::available;
}

LiveSession session_view(RunningSession const& session)
{
    LiveSession view{.id = session.data.id,
        .started_at = session.data.started_at,
        .token = session.data.token,
        .energy_mwh = std::nullopt};
    if (session.data.meter_start_mwh && session.last_register_mwh)
        view.energy_mwh = *session.last_register_mwh - *session.data.meter_start_mwh;
    return view;
}

// Adds what an outlet draws to each node on its way to the supply. One unknown makes a sum unknown.
void add_to_path(std::vector<LiveNode>& nodes, Plant const& plant, Outlet const& outlet,
    balancing::LineSet const& lines, LiveCurrents const& current, std::int64_t ceiling)
{
    for (std::optional<std::size_t> n = outlet.node; n; n = plant.nodes[*n].parent)
        for (std::size_t line = 0; line < lines.size(); ++line) {
            auto& sum = nodes[*n].current_ma[line];
            if (outlet.session && lines[line])
                sum = sum && current[line] ? std::optional(*sum + *current[line]) : std::nullopt;
            if (!lines[line]) continue;
            nodes[*n].ceiling_ma[line] += ceiling;
            nodes[*n].granted_ma[line] += outlet.session ? outlet.commanded_ma : 0;
        }
}

}

LiveView Engine::Impl::live_view(Plant const& plant) const
{
    LiveView view;
    view.installation = plant.data.id;
    view.name = plant.data.name;
    view.grid = plant.data.grid;
    view.at = now.utc;
    for (std::size_t n = 0; n < plant.nodes.size(); ++n) {
        LiveNode node;
        node.label = plant.nodes[n].name;
        node.current_ma = {0, 0, 0};
        node.rating_ma = plant.nodes[n].limit[0].value;
        if (n > 0) {
            node.id = plant.circuits[n - 1].id;
            node.parent = plant.circuits[n - 1].parent;
        }
        view.nodes.push_back(std::move(node));
    }
    for (auto const id : plant.points) {
        Outlet const& outlet = outlets.at(id);
        auto const it = outlet.assignment ? links.find(outlet.assignment->station) : links.end();
        Link const* link = it == links.end() ? nullptr : &it->second;
        LiveChargePoint point;
        point.id = id;
        point.name = outlet.point.name;
        point.circuit = outlet.point.circuit;
        point.active = outlet.point.active;
        if (outlet.assignment) point.station = outlet.assignment->station;
        point.state = state_of(outlet, link);
        point.fault = outlet.fault;
        point.limit_ma = outlet.session ? outlet.commanded_ma : 0;
        point.ceiling_ma = ceiling_ma(outlet.ledger, now.uptime);
        point.limit = outlet.why;
        bool const fresh = now.uptime - outlet.measured_at <= settings.measurement_lifetime;
        if (fresh && link && link->epoch) point.current_ma = outlet.current_ma;
        if (outlet.session) point.session = session_view(sessions.at(*outlet.session));
        add_to_path(
            view.nodes, plant, outlet, lines_of(outlet), point.current_ma, point.ceiling_ma);
        view.charge_points.push_back(std::move(point));
    }
    return view;
}

void Engine::Impl::publish_if_due(Plant& plant)
{
    if (!plant.watched || !plant.live_dirty) return;
    if (plant.live_after > now.uptime) {
        timers.push({.at = plant.live_after, .whom = plant.data.id});
        return;
    }
    plant.live_dirty = false;
    plant.live_after = now.uptime + settings.live_interval;
    effects.live.push_back(live_view(plant));
}

}
