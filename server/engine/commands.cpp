// What operators ask.
#include "ocpp/catalogue.hpp"
#include "server/engine/impl.hpp"
#include "server/engine/wiring.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace engine {

Refused invalid(std::string field, std::string rule)
{
    return {.kind = RefusalKind::invalid, .field = std::move(field), .rule = std::move(rule)};
}
Refused conflict(std::string field, std::string rule)
{
    return {.kind = RefusalKind::conflict, .field = std::move(field), .rule = std::move(rule)};
}
Refused not_found(std::string field)
{
    return {.kind = RefusalKind::not_found,
        .field = std::move(field),
        .rule = "there is none with this id"};
}

namespace {

constexpr std::size_t longest_name = 100;
constexpr std::size_t longest_notes = 10'000;
constexpr std::int64_t highest_limit_ma = 10'000'000;    // 10 kA: beyond any low-voltage board
constexpr std::size_t most_queued_calls = 100;           // of operators, per station
constexpr std::int64_t lowest_priority = 100;            // its number: the lower is served first
constexpr std::int64_t most_wanted_mwh = 1'000'000'000;  // 1 MWh: no car's battery is as large

std::optional<Refused> bad_name(std::string const& name, std::string const& field)
{
    if (name.empty() || name.size() > longest_name)
        return invalid(field, "1 to " + std::to_string(longest_name) + " bytes");
    return std::nullopt;
}

std::optional<Refused> bad_current(std::int64_t current_ma, std::string const& field)
{
    if (current_ma <= 0 || current_ma > highest_limit_ma)
        return invalid(
            field, "greater than 0, at most " + std::to_string(highest_limit_ma / 1000) + " A");
    return std::nullopt;
}

std::optional<Refused> bad_priority(std::int64_t priority)
{
    if (priority < 0 || priority > lowest_priority)
        return invalid("priority", "0 to " + std::to_string(lowest_priority));
    return std::nullopt;
}

// IANA names: letters, digits and a few signs. Whether the zone exists is asked where it is used.
bool looks_like_time_zone(std::string const& zone)
{
    constexpr std::size_t longest_zone = 64;
    return !zone.empty() && zone.size() <= longest_zone &&
           std::all_of(zone.begin(), zone.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '/' || c == '_' || c == '-' || c == '+';
           });
}

std::string amperes(std::int64_t current_ma)
{
    constexpr std::int64_t ma_per_tenth = 100;
    auto const tenths = current_ma / ma_per_tenth;
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " A";
}

}

void Engine::Impl::command(RequestId request, Command const& command)
{
    if (auto const* call = std::get_if<CallStation>(&command)) {
        if (auto const refused = call_station(request, *call))
            effects.answers.push_back({.request = request, .reply = *refused});
        return;
    }
    auto const recorded = effects.records.size();
    auto reply = std::visit(
        [&](auto const& c) -> Reply {
            if constexpr (std::is_same_v<std::decay_t<decltype(c)>, CallStation>)
                return Done{};
            else
                return carry_out_command(c);
        },
        command);
    Answer answer{.request = request, .reply = std::move(reply)};
    if (effects.records.size() > recorded)
        promise(std::move(answer));
    else
        effects.answers.push_back(std::move(answer));
}

Reply Engine::Impl::carry_out_command(CreateInstallation const& c)
{
    if (auto const refused = bad_name(c.name, "name")) return *refused;
    if (auto const refused = bad_current(c.limit_ma, "limit_a")) return *refused;
    if (c.address.size() > longest_notes) return invalid("address", "too long");
    if (c.notes.size() > longest_notes) return invalid("notes", "too long");
    if (!looks_like_time_zone(c.time_zone))
        return invalid("time_zone", "an IANA time zone such as Europe/Oslo");
    storage::Installation installation{.id = {next_id()},
        .name = c.name,
        .address = c.address,
        .grid = c.grid,
        .limit_ma = c.limit_ma,
        .time_zone = c.time_zone,
        .notes = c.notes,
        .created_at = now.utc,
        .policy = c.policy};
    add_plant(installation);
    record(installation);
    return installation;
}

Reply Engine::Impl::carry_out_command(SetInstallationPolicy const& c)
{
    auto const it = plants.find(c.installation);
    if (it == plants.end()) return not_found("installation");
    Plant& plant = it->second;
    plant.data.policy = c.policy;
    record(plant.data);
    touch(plant, true);
    return plant.data;
}

Reply Engine::Impl::carry_out_command(CreateCircuit const& c)
{
    auto const it = plants.find(c.installation);
    if (it == plants.end()) return not_found("installation");
    Plant& plant = it->second;
    if (auto const refused = bad_name(c.label, "label")) return *refused;
    if (auto const refused = bad_current(c.rating_ma, "rating_a")) return *refused;
    std::int64_t above_ma = plant.data.limit_ma;
    if (c.parent) {
        auto const parent = std::find_if(plant.circuits.begin(), plant.circuits.end(),
            [&](storage::Circuit const& circuit) { return circuit.id == *c.parent; });
        if (parent == plant.circuits.end())
            return invalid("parent", "a circuit of this installation");
        above_ma = parent->rating_ma;
    }
    if (c.rating_ma > above_ma)
        return conflict("rating_a", "at most what is above it: " + amperes(above_ma));
    storage::Circuit circuit{.id = {next_id()},
        .installation = c.installation,
        .parent = c.parent,
        .label = c.label,
        .rating_ma = c.rating_ma};
    add_circuit(plant, circuit);
    record(circuit);
    return circuit;
}

Reply Engine::Impl::carry_out_command(CreateChargePoint const& c)
{
    Plant* plant = nullptr;
    for (auto& [id, candidate] : plants)
        for (auto const& circuit : candidate.circuits)
            if (circuit.id == c.circuit) plant = &candidate;
    if (!plant) return not_found("circuit");
    if (auto const refused = bad_name(c.name, "name")) return *refused;
    if (auto const refused = bad_current(c.max_ma, "max_a")) return *refused;
    auto const most_ma = balancing::greatest_evse_current.whole_milliamperes();
    if (c.max_ma > most_ma) return invalid("max_a", "at most " + amperes(most_ma));
    auto const least_ma = balancing::least_charging_current.whole_milliamperes();
    if (c.max_ma < least_ma) return invalid("max_a", "at least " + amperes(least_ma));
    if (c.fallback_ma != 0 && (c.fallback_ma < least_ma || c.fallback_ma > c.max_ma))
        return invalid("fallback_a", "0, or " + amperes(least_ma) + " to max_a");
    if (!wiring_makes_sense(plant->data.grid, c.rotation))
        return invalid("rotation", "three entries, the line (1, 2 or 3) of each terminal or 0, no "
                                   "line twice, at least one line (two on an IT grid)");
    if (auto const refused = bad_priority(c.priority)) return *refused;
    for (auto const id : plant->points)
        if (outlets.at(id).point.name == c.name)
            return conflict("name", "this installation has a charge point of that name");
    storage::ChargePoint point{.id = {},
        .installation = plant->data.id,
        .circuit = c.circuit,
        .name = c.name,
        .rotation = c.rotation,
        .max_ma = c.max_ma,
        .fallback_ma = c.fallback_ma,
        .active = c.active,
        .open_access = c.open_access,
        .priority = c.priority};
    if (c.active)
        if (auto const refused = fallback_misfit(*plant, point)) return *refused;
    point.id = {next_id()};
    add_point(*plant, point);
    record(point);
    return point;
}

Reply Engine::Impl::carry_out_command(SetChargePointPriority const& c)
{
    auto const it = outlets.find(c.charge_point);
    if (it == outlets.end()) return not_found("charge_point");
    if (auto const refused = bad_priority(c.priority)) return *refused;
    Outlet& outlet = it->second;
    outlet.point.priority = c.priority;
    record(outlet.point);
    touch(*plant_of(outlet), true);
    return outlet.point;
}

// The fallbacks of all active charge points must fit every limit above them: they are drawn when
// the server is gone.
std::optional<Refused> Engine::Impl::fallback_misfit(
    Plant const& plant, storage::ChargePoint const& point) const
{
    auto const grid = grid_of(plant.data.grid);
    NodeSums sums(grid, plant.nodes);
    auto const add = [&](storage::ChargePoint const& p) {
        std::size_t node = 0;
        for (std::size_t i = 0; i < plant.circuits.size(); ++i)
            if (plant.circuits[i].id == p.circuit) node = i + 1;
        balancing::Evse const any_car{.terminals = engine::terminals_of(grid, p, wired_lines(p))};
        sums.add(node, balancing::loading_of(grid, any_car), p.fallback_ma);
    };
    for (auto const id : plant.points) {
        auto const& other = outlets.at(id).point;
        if (other.active && other.id != point.id) add(other);
    }
    add(point);
    for (std::size_t n = 0; n < plant.nodes.size(); ++n) {
        auto const line_ma = sums.line_ma(n);
        for (std::size_t line = 0; line < line_ma.size(); ++line) {
            std::int64_t const rating_ma = plant.nodes[n].rating[line].whole_milliamperes();
            if (line_ma[line] <= rating_ma) continue;
            return conflict("fallback_a",
                "the fallbacks of all active charge points must fit: on L" +
                    std::to_string(line + 1) + " of " + plant.nodes[n].name + " they add up to " +
                    amperes(line_ma[line]) + " of " + amperes(rating_ma));
        }
    }
    return std::nullopt;
}

Reply Engine::Impl::carry_out_command(ActivateChargePoint const& c)
{
    auto const it = outlets.find(c.charge_point);
    if (it == outlets.end()) return not_found("charge_point");
    Outlet& outlet = it->second;
    Plant& plant = *plant_of(outlet);
    if (c.active)
        if (auto const refused = fallback_misfit(plant, outlet.point)) return *refused;
    outlet.point.active = c.active;
    outlet.fallback_due = outlet.assignment.has_value();
    record(outlet.point);
    touch(plant, true);
    return outlet.point;
}

Reply Engine::Impl::carry_out_command(AssignStation const& c)
{
    constexpr std::size_t longest_identity = 48;  // 2.x identifierString
    constexpr int most_evses = 1000;
    auto const it = outlets.find(c.charge_point);
    if (it == outlets.end()) return not_found("charge_point");
    Outlet& outlet = it->second;
    if (c.station.value.empty() || c.station.value.size() > longest_identity)
        return invalid("station", "1 to 48 characters");
    if (c.evse.value < 1 || c.evse.value > most_evses) return invalid("evse", "1 to 1000");
    if (outlet.assignment)
        return conflict("charge_point",
            "station " + outlet.assignment->station.value + " stands on it: release it first");
    bool const here = links.contains(c.station);
    Link& link = links[c.station];
    bool const first_outlet = link.outlets.empty();
    if (!here && c.known) link.station = *c.known;
    link.station.identity = c.station;
    if (link.outlets.contains(c.evse))
        return conflict("station",
            "its outlet " + std::to_string(c.evse.value) + " stands on charge point " +
                outlets.at(link.outlets.at(c.evse)).point.name);
    for (auto const& [evse, point] : link.outlets)
        if (outlets.at(point).point.installation != outlet.point.installation)
            return conflict("station", "its other outlets belong to another installation");

    storage::Assignment const assignment{.charge_point = c.charge_point,
        .station = c.station,
        .evse = c.evse,
        .from = now.utc,
        .until = std::nullopt};
    record(link.station);
    record(assignment);
    bind(outlet, assignment, false, nullptr);
    remember(outlet);
    link.has_older = true;  // perhaps from another place
    book_waiting(link);
    list_place_changed(link);
    if (first_outlet) move_station(link, settings.shard);
    touch(*plant_of(outlet), true);
    return Done{};
}

Reply Engine::Impl::carry_out_command(ReleaseStation const& c)
{
    auto const it = outlets.find(c.charge_point);
    if (it == outlets.end()) return not_found("charge_point");
    if (!it->second.assignment) return conflict("charge_point", "no station stands on it");
    release(it->second);
    return Done{};
}

// The box is taken off the wall: its session ends here, and what it held counts no more.
void Engine::Impl::release(Outlet& outlet)
{
    Link& link = links.at(outlet.assignment->station);
    outlet.assignment->until = now.utc;
    settle(outlet);
    record(*outlet.assignment);
    link.outlets.erase(outlet.assignment->evse);
    list_place_changed(link);
    outlet.ledger = {};
    remember(outlet);
    outlet.assignment.reset();
    outlet.status = OutletStatus::unknown;
    outlet.fault.clear();
    outlet.current_ma = {};
    outlet.why = {};
    outlet.fallback_due = outlet.limit_due = false;
    if (link.outlets.empty()) move_station(link, unclaimed_shard);
    touch(*plant_of(outlet), true);
}

// Of several moves of one station in a batch only the last counts: the shell hears nothing of the
// others. Stations of the unclaimed shard's own installations have nowhere to move.
void Engine::Impl::move_station(Link const& link, std::int64_t shard)
{
    if (settings.shard == unclaimed_shard) return;
    std::erase_if(effects.moves, [&](MoveStation const& earlier) {
        return earlier.station.identity == link.station.identity;
    });
    effects.moves.push_back({.station = link.station, .shard = shard});
}

Reply Engine::Impl::carry_out_command(SetStationStrict const& c)
{
    auto const it = links.find(c.station);
    if (it == links.end()) return not_found("station");
    Link& link = it->second;
    link.station.strict = c.strict;
    link.remarks.clear();
    record(link.station);
    return Done{};
}

Reply Engine::Impl::carry_out_command(PutToken const& c)
{
    constexpr std::size_t longest_token = 36;  // 2.0.1 idToken; 1.6 has 20
    if (c.token.value.empty() || c.token.value.size() > longest_token)
        return invalid("token", "1 to 36 characters");
    if (c.token.label.size() > longest_name) return invalid("label", "at most 100 bytes");
    auto const key = folded(c.token.value);
    std::erase_if(tokens,
        [&](auto const& entry) { return entry.first == key && entry.second.kind == c.token.kind; });
    tokens.emplace(key, c.token);
    record(c.token);
    tokens_changed();
    // Sessions that wait for their token may have it now.
    for (auto& [id, session] : sessions) {
        if (session.data.ended_at || folded(session.data.token) != key) continue;
        Outlet& outlet = outlets.at(session.data.charge_point);
        session.authorised = may_charge(outlet, session);
        touch(*plant_of(outlet), true);
    }
    return Done{};
}

Reply Engine::Impl::carry_out_command(SetSessionWishes const& c)
{
    auto const it = sessions.find(c.session);
    if (it == sessions.end()) return not_found("session");
    storage::Session& session = it->second.data;
    if (session.ended_at) return conflict("session", "it has ended");
    if (c.departs_at && *c.departs_at <= now.utc) return invalid("departs_at", "in the future");
    if (c.wanted_mwh && (*c.wanted_mwh <= 0 || *c.wanted_mwh > most_wanted_mwh))
        return invalid("wanted_kwh", "greater than 0, at most 1000 kWh");
    session.departs_at = c.departs_at;
    session.wanted_mwh = c.wanted_mwh;
    write(it->second);
    touch(*plant_of(outlets.at(session.charge_point)), true);
    return Done{};
}

// Nothing leaves that its receiver would have to refuse.
std::optional<Refused> Engine::Impl::call_misfit(Link const& link, CallStation const& c) const
{
    auto const protocol = std::string(ocpp::subprotocol_name(link.version));
    auto const* const action = ocpp::find_action(link.version, c.action);
    if (action == nullptr) return invalid("action", "not an action of " + protocol);
    if (action->direction == ocpp::Direction::from_station)
        return invalid("action", "in " + protocol + " only stations call it");
    auto const sent = ocpp::rewrite(action->request(), {c.payload}, ocpp::Level::strict);
    if (auto const* const fault = std::get_if<ocpp::Fault>(&sent))
        return invalid("payload" + (fault->path.empty() ? "" : "." + fault->path), fault->rule);
    return std::nullopt;
}

std::optional<Refused> Engine::Impl::call_station(RequestId request, CallStation const& c)
{
    auto const it = links.find(c.station);
    if (it == links.end()) return not_found("station");
    Link& link = it->second;
    if (!link.epoch)
        return Refused{
            .kind = RefusalKind::unreachable, .field = "station", .rule = "it is not connected"};
    if (auto const refused = call_misfit(link, c)) return refused;
    if (link.queued.size() >= most_queued_calls)
        return conflict("station", "too many calls wait for this station");
    link.queued.push_back({.request = request, .action = c.action, .payload = c.payload});
    with_queued_calls.insert(c.station);
    return std::nullopt;
}

Reply Engine::Impl::carry_out_command(ListInstallations const&)
{
    std::vector<storage::Installation> list;
    for (auto const& [id, plant] : plants) list.push_back(plant.data);
    return list;
}

Reply Engine::Impl::carry_out_command(ListCircuits const& c)
{
    auto const it = plants.find(c.installation);
    if (it == plants.end()) return not_found("installation");
    return it->second.circuits;
}

Reply Engine::Impl::carry_out_command(ListChargePoints const& c)
{
    auto const it = plants.find(c.installation);
    if (it == plants.end()) return not_found("installation");
    std::vector<storage::ChargePoint> list;
    for (auto const id : it->second.points) list.push_back(outlets.at(id).point);
    return list;
}

Reply Engine::Impl::carry_out_command(ListStations const&)
{
    std::vector<StationView> list;
    for (auto const& [identity, link] : links) {
        StationView view;
        view.station = link.station;
        view.online = link.epoch.has_value();
        view.remarks = link.remarks;
        view.clock_ahead = link.clock.ahead();
        view.local_list = list_view(link);
        if (link.outlets.empty()) list.push_back(view);
        for (auto const& [evse, point] : link.outlets) {
            view.charge_point = point;
            view.evse = evse;
            list.push_back(view);
        }
    }
    std::sort(list.begin(), list.end(), [](StationView const& a, StationView const& b) {
        return std::pair(a.station.identity, a.evse) < std::pair(b.station.identity, b.evse);
    });
    return list;
}

Reply Engine::Impl::carry_out_command(ListTokens const&)
{
    std::vector<storage::Token> list;
    for (auto const& [key, token] : tokens) list.push_back(token);
    return list;
}

Reply Engine::Impl::carry_out_command(GetLive const& c)
{
    auto const it = plants.find(c.installation);
    if (it == plants.end()) return not_found("installation");
    return live_view(it->second);
}

Reply Engine::Impl::carry_out_command(WatchLive const& c)
{
    auto const it = plants.find(c.installation);
    if (it == plants.end()) return not_found("installation");
    it->second.watched = c.watch;
    touch(it->second, false);
    return Done{};
}

}
