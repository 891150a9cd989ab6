#include "tests/admin/fakes.hpp"

#include <thread>

using namespace admin_test;

namespace {

engine::Refused refused(engine::RefusalKind kind, std::string field, std::string rule)
{
    return {kind, std::move(field), std::move(rule)};
}

engine::Refused unknown(std::string field)
{
    return refused(engine::RefusalKind::not_found, std::move(field), "there is none");
}

engine::StationView station(std::string identity, std::optional<std::int64_t> charge_point = {},
    bool online = false, std::int32_t evse = 1)
{
    engine::StationView view;
    view.station.identity.value = std::move(identity);
    view.online = online;
    if (charge_point) view.charge_point = storage::ChargePointId{*charge_point};
    view.evse.value = charge_point ? evse : 0;
    return view;
}

template <class Command>
std::vector<std::int64_t> shards_asked(FakeShards const& shards)
{
    std::vector<std::int64_t> all;
    for (auto const& [shard, command] : shards.asked<Command>()) all.push_back(shard);
    return all;
}

using Numbers = std::vector<std::int64_t>;

}

TEST_CASE("installations go to the shards in turn, and everything else is asked of all")
{
    Server server(2);
    server.shards.brain = [](std::int64_t, engine::Command const&) {
        return storage::Installation{};
    };
    Operator anna(server.api);
    server.let_in(anna);
    for (int i = 0; i < 4; ++i) anna.call("installation.create", R"({"name":"A","limit_a":63})");
    CHECK(shards_asked<engine::CreateInstallation>(server.shards) == Numbers{0, 1, 0, 1});
    anna.call("charge_point.activate", R"({"charge_point":4})");
    CHECK(shards_asked<engine::ActivateChargePoint>(server.shards) == Numbers{0, 1});
}

TEST_CASE("the shard that has what is named answers, whichever it is")
{
    for (std::int64_t const owner : {0, 1}) {
        CAPTURE(owner);
        Server server(2);
        server.shards.brain =
            [owner](std::int64_t shard, engine::Command const& command) -> engine::Reply {
            auto const& create = std::get<engine::CreateCircuit>(command);
            if (shard != owner) return unknown("installation");
            if (create.rating_ma > 63'000) {
                return refused(engine::RefusalKind::conflict, "rating_a", "at most 63 A");
            }
            return storage::Circuit{{5}, create.installation, {}, create.label, create.rating_ma};
        };
        Operator anna(server.api);
        server.let_in(anna);
        CHECK(anna.result(
                  "circuit.create", R"({"installation":1,"label":"Kurs 1","rating_a":32.5})") ==
              R"({"id":5,"installation":1,"label":"Kurs 1","rating_a":32.5})");
        CHECK(
            anna.result("circuit.create", R"({"installation":1,"label":"Kurs 1","rating_a":80})") ==
            "-32004 rating_a: at most 63 A");
    }
}

TEST_CASE("what no shard knows is not found")
{
    Server server(2);
    server.shards.brain = [](auto, auto const&) { return unknown("installation"); };
    Operator anna(server.api);
    server.let_in(anna);
    for (auto const* method : {"live.get", "circuit.list", "charge_point.list"}) {
        CHECK(anna.result(method, R"({"installation":1})") == "-32003 installation: there is none");
    }
}

TEST_CASE("each of the engine's refusals has its code")
{
    Server server;
    Operator anna(server.api);
    server.let_in(anna);
    std::vector<std::pair<engine::RefusalKind, std::string>> const codes{
        {engine::RefusalKind::invalid, "-32602"}, {engine::RefusalKind::not_found, "-32003"},
        {engine::RefusalKind::conflict, "-32004"}, {engine::RefusalKind::unreachable, "-32005"},
        {engine::RefusalKind::timeout, "-32006"}};
    for (auto const& [kind, code] : codes) {
        server.shards.brain = [kind = kind](auto, auto const&) { return refused(kind, "f", "r"); };
        CHECK(anna.result("station.call", R"({"station":"CP-1","action":"Reset"})") ==
              code + " f: r");
    }
}

TEST_CASE("a success is answered at once, though other shards are still silent")
{
    Server server(2);
    server.shards.brain = [](std::int64_t shard, auto const&) -> engine::Reply {
        if (shard == 1) return unknown("station");
        return engine::CallAnswer{R"({"status":"Accepted"})", "", ""};
    };
    Operator anna(server.api);
    server.let_in(anna);
    server.shards.hold = true;
    auto const id = anna.begin("station.call", R"({"station":"CP-1","action":"Reset"})");
    server.shards.answer_next();
    CHECK(
        json::serialize(anna.answer_to(id).at("result")) == R"({"payload":{"status":"Accepted"}})");
    server.shards.answer_next();
    CHECK(anna.inbox().take_all().empty());
}

TEST_CASE("a station's CALLERROR is a result, because the call itself was made")
{
    Server server;
    server.shards.brain = [](auto, auto const&) {
        return engine::CallAnswer{"", "NotSupported", "no \"reset\""};
    };
    Operator anna(server.api);
    server.let_in(anna);
    CHECK(anna.result("station.call", R"({"station":"CP-1","action":"Reset"})") ==
          R"({"error":{"code":"NotSupported","description":"no \"reset\""}})");
}

TEST_CASE("lists of all shards become one, sorted, with each thing once")
{
    Server server(2);
    server.shards.brain = [](std::int64_t shard, engine::Command const& command) -> engine::Reply {
        if (std::holds_alternative<engine::ListInstallations>(command)) {
            std::vector<storage::Installation> list(2);
            list[0].id.value = shard == 0 ? 30 : 20;
            list[1].id.value = shard == 0 ? 10 : 40;
            return list;
        }
        if (std::holds_alternative<engine::ListTokens>(command)) {
            // Every shard has every token.
            std::vector<storage::Token> list(2);
            list[0].value = "b1";
            list[1].value = "A1";
            return list;
        }
        if (std::holds_alternative<engine::ListCircuits>(command)) {
            if (shard == 0) return unknown("installation");
            return std::vector<storage::Circuit>{{{2}, {1}, {}, "Kurs 1", 16'000}};
        }
        // CP-2 moved from shard 0 to a charge point of shard 1, which shard 0 need not know.
        if (shard == 0) return std::vector{station("CP-3"), station("CP-2")};
        return std::vector{
            station("CP-2", 7, true, 1), station("CP-2", 8, true, 2), station("CP-1")};
    };
    Operator anna(server.api);
    server.let_in(anna);
    auto const ids = [&](char const* method, char const* list, char const* field) {
        std::string text;
        auto const response = anna.call(
            method, std::string_view(method) == "circuit.list" ? R"({"installation":1})" : "{}");
        for (auto const& item : response.at("result").at(list).as_array()) {
            text += json::serialize(item.at(field)) + " ";
        }
        return text;
    };
    CHECK(ids("installation.list", "installations", "id") == "10 20 30 40 ");
    CHECK(ids("token.list", "tokens", "token") == "\"A1\" \"b1\" ");
    CHECK(ids("circuit.list", "circuits", "id") == "2 ");
    CHECK(ids("station.list", "stations", "identity") == "\"CP-1\" \"CP-2\" \"CP-2\" \"CP-3\" ");
    auto const stations = anna.call("station.list").at("result").at("stations").as_array();
    CHECK(stations.at(1).at("charge_point") == 7);
    CHECK(stations.at(2).at("charge_point") == 8);
    CHECK_FALSE(stations.at(3).as_object().contains("charge_point"));
    CHECK_FALSE(stations.at(3).as_object().contains("evse"));
}

TEST_CASE("a token goes to all shards, and one refusal is a refusal")
{
    Server server(2);
    Operator anna(server.api);
    server.let_in(anna);
    CHECK(anna.result("token.put", R"({"token":"A"})") == "{}");
    CHECK(shards_asked<engine::PutToken>(server.shards) == Numbers{0, 1});
    server.shards.brain = [](std::int64_t shard, auto const&) -> engine::Reply {
        if (shard == 1) return refused(engine::RefusalKind::invalid, "token", "no");
        return engine::Done{};
    };
    CHECK(anna.result("token.put", R"({"token":"A"})") == "-32602 token: no");
}

TEST_CASE("a station that is known somewhere is assigned with what is known of it")
{
    Server server(2);
    server.shards.brain = [](std::int64_t shard, engine::Command const& command) -> engine::Reply {
        if (std::holds_alternative<engine::ListStations>(command)) {
            auto view = station("CP-1");
            view.station.vendor = "Acme";
            if (shard == 0) return std::vector{view};
            return std::vector<engine::StationView>{};
        }
        if (shard == 0) return unknown("charge_point");
        return engine::Done{};
    };
    Operator anna(server.api);
    server.let_in(anna);
    CHECK(anna.result("station.assign", R"({"station":"CP-1","charge_point":4,"evse":2})") == "{}");
    auto const asked = server.shards.asked<engine::AssignStation>();
    REQUIRE(asked.size() == 2);
    for (auto const& [shard, command] : asked) {
        CHECK(command.station.value == "CP-1");
        CHECK(command.charge_point.value == 4);
        CHECK(command.evse.value == 2);
        REQUIRE(command.known.has_value());
        CHECK(command.known->vendor == "Acme");
    }
    // One that nobody has seen yet may be assigned beforehand.
    CHECK(anna.result("station.assign", R"({"station":"CP-9","charge_point":4})") == "{}");
    CHECK_FALSE(server.shards.asked<engine::AssignStation>().back().second.known.has_value());
}

TEST_CASE("a station that stands on a charge point is not assigned before it is released there")
{
    Server server(2);
    server.shards.brain = [](std::int64_t shard, engine::Command const& command) -> engine::Reply {
        if (!std::holds_alternative<engine::ListStations>(command)) return engine::Done{};
        if (shard == 1) return std::vector{station("CP-1", 7)};
        return std::vector{station("CP-1")};
    };
    Operator anna(server.api);
    server.let_in(anna);
    CHECK(anna.result("station.assign", R"({"station":"CP-1","charge_point":4})") ==
          "-32004 station: it stands on charge point 7: release it there first");
    CHECK(server.shards.asked<engine::AssignStation>().empty());
}

TEST_CASE("a second outlet of a station is assigned within its installation only")
{
    Server server(2);
    server.shards.brain = [](std::int64_t shard, engine::Command const& command) -> engine::Reply {
        if (std::holds_alternative<engine::ListStations>(command)) {
            if (shard == 1) return std::vector{station("CP-1", 7)};
            return std::vector<engine::StationView>{};
        }
        // Shard 0 has charge point 4, shard 1 has 7 and 8.
        auto const id = std::get<engine::AssignStation>(command).charge_point.value;
        if ((id == 4) != (shard == 0)) return unknown("charge_point");
        return engine::Done{};
    };
    Operator anna(server.api);
    server.let_in(anna);
    CHECK(anna.result("station.assign", R"({"station":"CP-1","charge_point":8,"evse":2})") == "{}");
    CHECK(anna.result("station.assign", R"({"station":"CP-1","charge_point":4,"evse":2})") ==
          "-32004 charge_point: another outlet of the station stands on charge point 7: this one "
          "must be of the same installation");
    CHECK(shards_asked<engine::AssignStation>(server.shards) == Numbers{1, 1});
}

TEST_CASE("assignments are made one at a time, so that two never see the same station free")
{
    Server server(2);
    std::atomic<std::int64_t> stands_on{0};
    server.shards.brain = [&](std::int64_t shard, engine::Command const& command) -> engine::Reply {
        if (std::holds_alternative<engine::ListStations>(command)) {
            if (shard == 0 || stands_on == 0) return std::vector<engine::StationView>{};
            return std::vector{station("CP-1", stands_on.load())};
        }
        if (shard == 0) return unknown("charge_point");
        stands_on = std::get<engine::AssignStation>(command).charge_point.value;
        return engine::Done{};
    };
    Operator anna(server.api);
    server.let_in(anna);
    server.shards.hold = true;
    auto const first = anna.begin("station.assign", R"({"station":"CP-1","charge_point":4})");
    auto const second = anna.begin("station.assign", R"({"station":"CP-1","charge_point":5})");
    auto const third = anna.begin("station.assign", R"({"station":"CP-1","charge_point":6})");
    CHECK(server.shards.asked<engine::ListStations>().size() == 2);  // of the first only
    while (server.shards.held_count() > 0) server.shards.answer_next();
    CHECK_FALSE(anna.answer_to(first).contains("error"));
    CHECK(error_of(anna.answer_to(second)) ==
          "-32004 station: it stands on charge point 4: release it there first");
    CHECK(error_of(anna.answer_to(third)) ==
          "-32004 station: it stands on charge point 4: release it there first");
    CHECK(stands_on == 4);
}
