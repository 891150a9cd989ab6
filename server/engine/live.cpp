// What operators see.
#include "server/engine/impl.hpp"
#include "server/engine/wiring.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

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
    auto const energy = session.energy.of(session.data);
    return {.id = session.data.id,
        .started_at = session.data.started_at,
        .token = session.data.token,
        .energy_mwh = energy.energy_mwh,
        .estimated = energy.estimated};
}

// What is measured on each node. Where one car is not measured, the sum of its lines is not known.
class MeasuredSums {
public:
    MeasuredSums(balancing::Grid grid, std::vector<balancing::Node> const& nodes)
        : grid_(grid), nodes_(nodes), sums_(grid, nodes), known_(nodes.size(), {true, true, true})
    {
    }

    void add(std::size_t node, balancing::Loading loading, LiveCurrents const& current)
    {
        balancing::LineLaw const law(grid_);
        auto const lines = law.lines_of(loading);
        std::int64_t highest = 0;
        for (std::size_t line = 0; line < current.size(); ++line) {
            if ((unsigned{lines} >> line & 1U) == 0) continue;
            if (!current[line] && grid_ == balancing::Grid::tn) forget(node, line);
            highest = std::max(highest, current[line].value_or(0));
            // On TN each line is measured by itself.
            if (current[line] && grid_ == balancing::Grid::tn)
                sums_.add(node, balancing::on_channel(line), *current[line]);
        }
        if (grid_ == balancing::Grid::tn) return;
        // On IT a pair's current flows in both of its lines; what is balanced has sqrt(3) of it in
        // each.
        if (current == LiveCurrents{})
            for (std::size_t line = 0; line < current.size(); ++line)
                if ((unsigned{lines} >> line & 1U) != 0) forget(node, line);
        bool const balanced = loading.has(balancing::balanced_channel);
        double const share = balanced ? std::numbers::inv_sqrt3 : 1;
        sums_.add(node, loading, std::llround(static_cast<double>(highest) * share));
    }

    LiveCurrents line_ma(std::size_t node) const
    {
        auto const sum = sums_.line_ma(node);
        LiveCurrents result{};
        for (std::size_t line = 0; line < sum.size(); ++line)
            if (known_[node][line]) result[line] = sum[line];
        return result;
    }

private:
    void forget(std::size_t node, std::size_t line)
    {
        for (std::optional<std::size_t> n = node; n; n = nodes_[*n].parent)
            known_[*n][line] = false;
    }

    balancing::Grid grid_;
    std::vector<balancing::Node> const& nodes_;
    NodeSums sums_;
    std::vector<LineSet> known_;
};

}

LiveView Engine::Impl::live_view(Plant const& plant) const
{
    LiveView view;
    view.installation = plant.data.id;
    view.name = plant.data.name;
    view.grid = plant.data.grid;
    view.at = now.utc;
    auto const grid = grid_of(plant.data.grid);
    MeasuredSums measured(grid, plant.nodes);
    NodeSums granted(grid, plant.nodes);
    NodeSums ceilings(grid, plant.nodes);
    for (std::size_t n = 0; n < plant.nodes.size(); ++n) {
        LiveNode node;
        node.label = plant.nodes[n].name;
        node.rating_ma = plant.nodes[n].rating[0].whole_milliamperes();
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
        balancing::Evse const car{.terminals = terminals_of(plant, outlet)};
        auto const loading = balancing::loading_of(grid, car);
        if (outlet.session) measured.add(outlet.node, loading, point.current_ma);
        granted.add(outlet.node, loading, point.limit_ma);
        ceilings.add(outlet.node, loading, point.ceiling_ma);
        view.charge_points.push_back(std::move(point));
    }
    for (std::size_t n = 0; n < view.nodes.size(); ++n) {
        view.nodes[n].current_ma = measured.line_ma(n);
        view.nodes[n].granted_ma = granted.line_ma(n);
        view.nodes[n].ceiling_ma = ceilings.line_ma(n);
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
