#include "server/engine/impl.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace engine {

LineSet wired_lines(storage::ChargePoint const& point)
{
    LineSet lines{};
    for (auto const line : point.rotation)
        if (line >= 1 && line <= balancing::line_count) lines[line - 1] = true;
    return lines;
}

namespace {

std::string hex(std::int64_t number)
{
    constexpr int base = 16;
    std::array<char, 16> text{};
    auto const [end, error] = std::to_chars(text.data(), text.data() + text.size(), number, base);
    return {text.data(), end};
}

storage::GrantedLimit const* find_limit(
    storage::Contents const& contents, storage::Assignment const& assignment)
{
    auto const it = std::find_if(contents.granted_limits.begin(), contents.granted_limits.end(),
        [&](storage::GrantedLimit const& limit) {
            return limit.station == assignment.station && limit.evse == assignment.evse;
        });
    return it == contents.granted_limits.end() ? nullptr : &*it;
}

}

Engine::Impl::Impl(Settings const& settings_in, storage::Contents const& contents, Now start)
    : settings(settings_in),
      now(start),
      highest_id(contents.highest_id),
      call_id_prefix(
          hex(start.utc.time_since_epoch().count()) + "-" + hex(settings_in.shard) + "-"),
      no_increase_before(
          contents.granted_limits.empty() ? Milliseconds{} : start.uptime + settings_in.reaction)
{
    restore(contents);
}

void Engine::Impl::restore(storage::Contents const& contents)
{
    for (auto const& installation : contents.installations)
        if (shard_of(installation.id, settings.shard_count) == settings.shard)
            add_plant(installation);

    // Parents may come after their children in the store: add what can be added until all are
    // there.
    auto waiting = contents.circuits;
    for (bool progress = true; progress;) {
        progress = std::erase_if(waiting, [&](storage::Circuit const& circuit) {
            auto const plant = plants.find(circuit.installation);
            if (plant == plants.end()) return true;
            auto const& known = plant->second.circuits;
            bool const ready = !circuit.parent || std::any_of(known.begin(), known.end(),
                                                      [&](storage::Circuit const& c) {
                                                          return c.id == *circuit.parent;
                                                      });
            if (ready) add_circuit(plant->second, circuit);
            return ready;
        }) > 0;
    }
    for (auto const& point : contents.charge_points)
        if (auto const plant = plants.find(point.installation); plant != plants.end())
            add_point(plant->second, point);
    for (auto const& token : contents.tokens) tokens.emplace(folded(token.value), token);

    std::set<storage::StationIdentity> claimed;
    for (auto const& assignment : contents.assignments) claimed.insert(assignment.station);
    for (auto const& assignment : contents.assignments)
        if (outlets.contains(assignment.charge_point)) links[assignment.station];
    for (auto const& station : contents.stations) {
        bool const unclaimed = !claimed.contains(station.identity);
        if (unclaimed && settings.shard == unclaimed_shard) links[station.identity];
        if (auto const link = links.find(station.identity); link != links.end())
            link->second.station = station;
    }
    std::set<storage::ChargePointId> busy;
    for (auto const& session : contents.open_sessions) busy.insert(session.charge_point);
    for (auto const& assignment : contents.assignments)
        if (auto const outlet = outlets.find(assignment.charge_point); outlet != outlets.end())
            bind(outlet->second, assignment, busy.contains(assignment.charge_point),
                find_limit(contents, assignment));

    // Oldest first, so that the newest open session of an outlet is the one that runs.
    auto all = contents.recent_sessions;
    all.insert(all.end(), contents.open_sessions.begin(), contents.open_sessions.end());
    std::sort(all.begin(), all.end(), [](storage::Session const& a, storage::Session const& b) {
        return std::pair(a.started_at, a.id) < std::pair(b.started_at, b.id);
    });
    for (auto const& session : all) {
        auto const link = links.find(session.station);
        if (link == links.end()) continue;
        if (outlets.contains(session.charge_point))
            restore_session(link->second, session);
        else
            link->second.has_older = true;
    }
    for (auto& [identity, link] : links)
        link.has_older = link.has_older ||
                         link.ended.size() >= storage::recent_sessions_per_station;
    for (auto const& message : contents.waiting_messages)
        if (auto const link = links.find(message.station); link != links.end())
            add_waiting(link->second, message, nullptr);
    for (auto const& sample : contents.last_samples)
        if (auto const session = sessions.find(sample.session); session != sessions.end())
            session->second.energy.add(sample);
}

void Engine::Impl::add_plant(storage::Installation const& installation)
{
    Plant plant;
    plant.data = installation;
    plant.nodes.push_back({.name = installation.name,
        .parent = std::nullopt,
        .rating = balancing::on_all_lines(balancing::milliampere(installation.limit_ma))});
    touch(plants.insert_or_assign(installation.id, std::move(plant)).first->second, true);
}

void Engine::Impl::add_circuit(Plant& plant, storage::Circuit const& circuit)
{
    std::size_t parent = 0;
    for (std::size_t i = 0; i < plant.circuits.size(); ++i)
        if (plant.circuits[i].id == circuit.parent) parent = i + 1;
    plant.circuits.push_back(circuit);
    plant.nodes.push_back({.name = circuit.label,
        .parent = parent,
        .rating = balancing::on_all_lines(balancing::milliampere(circuit.rating_ma))});
    touch(plant, true);
}

Outlet& Engine::Impl::add_point(Plant& plant, storage::ChargePoint const& point)
{
    Outlet outlet;
    outlet.point = point;
    outlet.ledger.hardware_ma = 0;  // no station, no current
    for (std::size_t i = 0; i < plant.circuits.size(); ++i)
        if (plant.circuits[i].id == point.circuit) outlet.node = i + 1;
    plant.points.push_back(point.id);
    touch(plant, true);
    return outlets.insert_or_assign(point.id, std::move(outlet)).first->second;
}

void Engine::Impl::bind(Outlet& outlet, storage::Assignment const& assignment, bool session_open,
    storage::GrantedLimit const* stored)
{
    auto& link = links[assignment.station];
    link.station.identity = assignment.station;
    link.outlets[assignment.evse] = outlet.point.id;
    outlet.assignment = assignment;
    outlet.fallback_due = true;
    // A station that was never seen is not mounted: it draws nothing until it shows up.
    bool const seen = link.station.first_seen != Timestamp{};
    outlet.ledger = restored(seen ? outlet.point.max_ma : 0, stored, session_open);
    outlet.stored = stored ? *stored
                           : storage::GrantedLimit{.station = assignment.station,
                                 .evse = assignment.evse,
                                 .fallback_known = false,
                                 .fallback_ma = 0,
                                 .ceiling_ma = 0};
    outlet.commanded_ma = outlet.ledger.fallback_ma.value_or(outlet.ledger.hardware_ma);
}

// A session into memory. Whether it runs is settled by the next report, or by restore_session().
RunningSession& Engine::Impl::add_session(Link& link, storage::Session const& session)
{
    RunningSession running;
    running.data = session;
    link.sessions[session.station_key] = session.id;
    link.has_new_session = true;
    auto& outlet = outlets.at(session.charge_point);
    running.lines.counted = wired_lines(outlet.point);
    running.authorised = outlet.point.open_access;
    outlet.sessions.push_back(session.id);
    if (session.ended_at) {
        link.ended.push_back(session.id);
        to_forget.insert(link.station.identity);
    }
    return sessions.insert_or_assign(session.id, std::move(running)).first->second;
}

// Open sessions come in the order of their beginnings: the last one runs.
void Engine::Impl::restore_session(Link& link, storage::Session const& session)
{
    auto& running = add_session(link, session);
    running.written_with = Ticket{};
    running.judged = !session.token.empty();
    link.has_new_session = false;
    if (session.ended_at) return;
    auto& outlet = outlets.at(session.charge_point);
    running.authorised = may_charge(outlet, running);
    outlet.session = session.id;
    outlet.limit_due = true;
    outlet.commanded_ma = lasting_ceiling_ma(outlet.ledger);
}

}
