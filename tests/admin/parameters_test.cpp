// Each method's parameters: what is refused, and what the engine gets to see of what is accepted.
#include "server/admin/methods.hpp"
#include "tests/admin/fakes.hpp"

#include <set>

using namespace admin_test;

namespace {

struct Case {
    char const* method;
    char const* params;
    char const* error;  // "" for accepted
};

// Replies that fit the command, so that accepted calls succeed.
engine::Reply fitting_reply(std::int64_t /*shard*/, engine::Command const& command)
{
    struct Visitor {
        engine::Reply operator()(engine::CreateInstallation const&)
        {
            return storage::Installation{};
        }
        engine::Reply operator()(engine::SetInstallationPolicy const&)
        {
            return storage::Installation{};
        }
        engine::Reply operator()(engine::CreateCircuit const&) { return storage::Circuit{}; }
        engine::Reply operator()(engine::CreateChargePoint const&)
        {
            return storage::ChargePoint{};
        }
        engine::Reply operator()(engine::SetChargePointPriority const&)
        {
            return storage::ChargePoint{};
        }
        engine::Reply operator()(engine::ActivateChargePoint const&)
        {
            return storage::ChargePoint{};
        }
        engine::Reply operator()(engine::AssignStation const&) { return engine::Done{}; }
        engine::Reply operator()(engine::ReleaseStation const&) { return engine::Done{}; }
        engine::Reply operator()(engine::SetStationStrict const&) { return engine::Done{}; }
        engine::Reply operator()(engine::PutToken const&) { return engine::Done{}; }
        engine::Reply operator()(engine::ResolveUnbooked const&) { return engine::Done{}; }
        engine::Reply operator()(engine::SetSessionWishes const&) { return engine::Done{}; }
        engine::Reply operator()(engine::CallStation const&) { return engine::CallAnswer{}; }
        engine::Reply operator()(engine::ListInstallations)
        {
            return std::vector<storage::Installation>{};
        }
        engine::Reply operator()(engine::ListCircuits) { return std::vector<storage::Circuit>{}; }
        engine::Reply operator()(engine::ListChargePoints)
        {
            return std::vector<storage::ChargePoint>{};
        }
        engine::Reply operator()(engine::ListStations)
        {
            return std::vector<engine::StationView>{};
        }
        engine::Reply operator()(engine::ListTokens) { return std::vector<storage::Token>{}; }
        engine::Reply operator()(engine::GetLive) { return engine::LiveView{}; }
        engine::Reply operator()(engine::WatchLive) { return engine::Done{}; }
    };
    return std::visit(Visitor{}, command);
}

std::string const long_text(129, 'x');

Case const cases[] = {
    {"auth.login", R"({})", "-32602 user: required"},
    {"auth.login", R"({"user":"anna"})", "-32602 password: required"},
    {"auth.login", R"({"user":1,"password":"x"})", "-32602 user: text"},
    {"auth.login", R"({"user":"","password":"x"})", "-32602 user: 1 to 100 characters"},
    {"auth.login", R"({"user":"a\u0000b","password":"x"})", "-32602 user: no control characters"},
    {"auth.login", R"({"user":"anna","password":null})", "-32602 password: text"},
    {"auth.login", R"({"user":"anna","password":"x","otp":1})", "-32602 otp: unknown parameter"},
    {"auth.resume", R"({})", "-32602 token: required"},
    {"auth.resume", R"({"token":5})", "-32602 token: text"},
    {"auth.logout", R"({"token":"x"})", "-32602 token: unknown parameter"},
    {"user.change_password", R"({"old_password":"x"})", "-32602 new_password: required"},
    {"user.change_password", R"({"new_password":"123456789012"})", "-32602 old_password: required"},
    {"user.change_password", R"({"old_password":"x","new_password":"12345678901"})",
        "-32602 new_password: 12 to 128 characters"},
    // Characters, not bytes: eleven of two bytes each are too few.
    {"user.change_password", R"({"old_password":"x","new_password":"æææææææææææ"})",
        "-32602 new_password: 12 to 128 characters"},

    {"installation.create", R"({"name":"A"})", "-32602 limit_a: required"},
    {"installation.create", R"({"limit_a":63})", "-32602 name: required"},
    {"installation.create", R"({"name":"","limit_a":63})", "-32602 name: 1 to 100 characters"},
    {"installation.create", R"({"name":"a\nb","limit_a":63})",
        "-32602 name: no control characters"},
    {"installation.create", R"({"name":"A","limit_a":0})", "-32602 limit_a: greater than 0"},
    {"installation.create", R"({"name":"A","limit_a":-1})", "-32602 limit_a: greater than 0"},
    {"installation.create", R"({"name":"A","limit_a":"63"})",
        "-32602 limit_a: a number, in amperes"},
    {"installation.create", R"({"name":"A","limit_a":0.0005})",
        "-32602 limit_a: at most 3 decimals"},
    {"installation.create", R"({"name":"A","limit_a":13.3004})",
        "-32602 limit_a: at most 3 decimals"},
    {"installation.create", R"({"name":"A","limit_a":100000.001})",
        "-32602 limit_a: at most 100000"},
    {"installation.create", R"({"name":"A","limit_a":1e300})", "-32602 limit_a: at most 100000"},
    {"installation.create", R"({"name":"A","limit_a":63,"grid":"TT"})",
        "-32602 grid: one of TN400 IT230"},
    {"installation.create", R"({"name":"A","limit_a":63,"grid":null})",
        "-32602 grid: one of TN400 IT230"},
    {"installation.create", R"({"name":"A","limit_a":63,"time_zone":"Europe/Olso"})",
        "-32602 time_zone: a name of the IANA time zone database, like Europe/Oslo"},
    {"installation.create", R"({"name":"A","limit_a":63,"time_zone":""})",
        "-32602 time_zone: a name of the IANA time zone database, like Europe/Oslo"},
    {"installation.create", R"({"name":"A","limit_a":63,"time_zone":"../../etc/passwd"})",
        "-32602 time_zone: a name of the IANA time zone database, like Europe/Oslo"},
    {"installation.create", R"({"name":"A","limit_a":63,"notes":"tab\tand\nline"})", ""},
    {"installation.create", R"({"name":"A","limit_a":63,"notes":"\u0007"})",
        "-32602 notes: no control characters"},
    {"installation.create", R"({"name":"A","limit_ma":63000})",
        "-32602 limit_ma: unknown parameter"},
    {"installation.create",
        R"({"name":"A","limit_a":63,"grid":"IT230","address":"","time_zone":"Asia/Kathmandu"})",
        ""},
    {"installation.create", R"({"name":"A","limit_a":63,"policy":"fair"})",
        "-32602 policy: one of equal_share most_cars first_come priority departure"},
    {"installation.create", R"({"name":"A","limit_a":63,"policy":"departure"})", ""},
    {"installation.set_policy", R"({"policy":"priority"})", "-32602 installation: required"},
    {"installation.set_policy", R"({"installation":1})", "-32602 policy: required"},
    {"installation.set_policy", R"({"installation":1,"policy":null})",
        "-32602 policy: one of equal_share most_cars first_come priority departure"},
    {"installation.set_policy", R"({"installation":1,"policy":"most_cars"})", ""},
    {"installation.list", R"({"installation":1})", "-32602 installation: unknown parameter"},

    {"circuit.create", R"({"label":"K","rating_a":16})", "-32602 installation: required"},
    {"circuit.create", R"({"installation":1,"rating_a":16})", "-32602 label: required"},
    {"circuit.create", R"({"installation":1,"label":"K"})", "-32602 rating_a: required"},
    {"circuit.create", R"({"installation":0,"label":"K","rating_a":16})",
        "-32602 installation: an id: a whole number above 0"},
    {"circuit.create", R"({"installation":1.5,"label":"K","rating_a":16})",
        "-32602 installation: an id: a whole number above 0"},
    {"circuit.create", R"({"installation":"1","label":"K","rating_a":16})",
        "-32602 installation: an id: a whole number above 0"},
    {"circuit.create", R"({"installation":9223372036854775808,"label":"K","rating_a":16})",
        "-32602 installation: an id: a whole number above 0"},
    {"circuit.create", R"({"installation":1,"label":"K","rating_a":16,"parent":-2})",
        "-32602 parent: an id: a whole number above 0"},
    {"circuit.create", R"({"installation":1,"label":"K","rating_a":16,"parent":null})",
        "-32602 parent: an id: a whole number above 0"},
    {"circuit.create", R"({"installation":1.0,"label":"K","rating_a":16.0,"parent":2})", ""},
    {"circuit.list", R"({})", "-32602 installation: required"},
    {"circuit.list", R"({"installation":true})",
        "-32602 installation: an id: a whole number above 0"},

    {"charge_point.create", R"({"name":"P"})", "-32602 circuit: required"},
    {"charge_point.create", R"({"circuit":2})", "-32602 name: required"},
    {"charge_point.create", R"({"circuit":2,"name":"P","max_a":0})",
        "-32602 max_a: greater than 0"},
    {"charge_point.create", R"({"circuit":2,"name":"P","fallback_a":-0.1})",
        "-32602 fallback_a: 0 or greater"},
    {"charge_point.create", R"({"circuit":2,"name":"P","rotation":[1,2]})",
        "-32602 rotation: three lines, each 1, 2, 3 or 0 (not connected), none twice"},
    {"charge_point.create", R"({"circuit":2,"name":"P","rotation":[1,2,4]})",
        "-32602 rotation: three lines, each 1, 2, 3 or 0 (not connected), none twice"},
    {"charge_point.create", R"({"circuit":2,"name":"P","rotation":[1,1,2]})",
        "-32602 rotation: three lines, each 1, 2, 3 or 0 (not connected), none twice"},
    {"charge_point.create", R"({"circuit":2,"name":"P","rotation":"123"})",
        "-32602 rotation: three lines, each 1, 2, 3 or 0 (not connected), none twice"},
    {"charge_point.create", R"({"circuit":2,"name":"P","rotation":[0,0,0]})",
        "-32602 rotation: at least one terminal is connected"},
    {"charge_point.create", R"({"circuit":2,"name":"P","active":1})",
        "-32602 active: true or false"},
    {"charge_point.create", R"({"circuit":2,"name":"P","open_access":"yes"})",
        "-32602 open_access: true or false"},
    {"charge_point.create",
        R"({"circuit":2,"name":"P","rotation":[2,0,0],"fallback_a":0,"active":true})", ""},
    {"charge_point.create", R"({"circuit":2,"name":"P","priority":101})",
        "-32602 priority: at most 100"},
    {"charge_point.create", R"({"circuit":2,"name":"P","priority":100})", ""},
    {"charge_point.set_priority", R"({"priority":1})", "-32602 charge_point: required"},
    {"charge_point.set_priority", R"({"charge_point":4})", "-32602 priority: required"},
    {"charge_point.set_priority", R"({"charge_point":4,"priority":-1})",
        "-32602 priority: at least 0"},
    {"charge_point.set_priority", R"({"charge_point":4,"priority":1.5})",
        "-32602 priority: a whole number"},
    {"charge_point.set_priority", R"({"charge_point":4,"priority":0})", ""},
    {"charge_point.list", R"({})", "-32602 installation: required"},
    {"charge_point.activate", R"({})", "-32602 charge_point: required"},
    {"charge_point.activate", R"({"charge_point":4,"active":"no"})",
        "-32602 active: true or false"},

    {"station.assign", R"({"charge_point":4})", "-32602 station: required"},
    {"station.assign", R"({"station":"CP-1"})", "-32602 charge_point: required"},
    {"station.assign", R"({"station":"","charge_point":4})", "-32602 station: 1 to 255 characters"},
    {"station.assign", R"({"station":"CP-1","charge_point":4,"evse":0})",
        "-32602 evse: at least 1"},
    {"station.assign", R"({"station":"CP-1","charge_point":4,"evse":1001})",
        "-32602 evse: at most 1000"},
    {"station.assign", R"({"station":"CP-1","charge_point":4,"evse":1.5})",
        "-32602 evse: a whole number"},
    {"station.release", R"({"station":"CP-1"})", "-32602 station: unknown parameter"},
    {"station.release", R"({})", "-32602 charge_point: required"},
    {"station.set_strict", R"({})", "-32602 station: required"},
    {"station.set_strict", R"({"station":"CP-1","strict":"yes"})", "-32602 strict: true or false"},
    {"station.list", R"({"online":true})", "-32602 online: unknown parameter"},
    {"station.call", R"({"station":"CP-1"})", "-32602 action: required"},
    {"station.call", R"({"action":"Reset"})", "-32602 station: required"},
    {"station.call", R"({"station":"CP-1","action":""})", "-32602 action: 1 to 100 characters"},
    {"station.call", R"({"station":"CP-1","action":"Reset","payload":[]})",
        "-32602 payload: an object"},

    {"token.put", R"({})", "-32602 token: required"},
    {"token.put", R"({"token":"1234567890123456789012345678901234567"})",
        "-32602 token: 1 to 36 characters"},
    {"token.put", R"({"token":"A","status":"Accepted"})", "-32602 status: one of accepted blocked"},
    {"token.put", R"({"token":"A","expires_at":"tomorrow"})",
        "-32602 expires_at: a time like 2026-11-22T07:00:00Z"},
    {"token.put", R"({"token":"A","expires_at":1763794800})",
        "-32602 expires_at: a time like 2026-11-22T07:00:00Z"},
    {"token.put", R"({"token":"A","expires_at":"2026-02-29T00:00:00Z"})",
        "-32602 expires_at: a time like 2026-11-22T07:00:00Z"},
    {"token.put", R"({"token":"A","expires_at":"2026-11-22T07:00:00"})",
        "-32602 expires_at: a time like 2026-11-22T07:00:00Z"},
    {"token.put", R"({"token":"A","label":"Anna","status":"blocked"})", ""},
    {"token.list", R"({"limit":5})", "-32602 limit: unknown parameter"},

    {"session.list", R"({"limit":0})", "-32602 limit: at least 1"},
    {"session.list", R"({"limit":1001})", "-32602 limit: at most 1000"},
    {"session.list", R"({"limit":"5"})", "-32602 limit: a whole number"},
    {"session.list", R"({"before":0})", "-32602 before: an id: a whole number above 0"},
    {"session.list", R"({"open":0})", "-32602 open: true or false"},
    {"session.list", R"({"session":1})", "-32602 session: unknown parameter"},
    {"session.list", R"({"station":5})", "-32602 station: text"},
    {"session.set_wishes", R"({"wanted_kwh":10})", "-32602 session: required"},
    {"session.set_wishes", R"({"session":9,"departs_at":"17:00"})",
        "-32602 departs_at: a time like 2026-11-22T07:00:00Z"},
    {"session.set_wishes", R"({"session":9,"departs_at":null})",
        "-32602 departs_at: a time like 2026-11-22T07:00:00Z"},
    {"session.set_wishes", R"({"session":9,"wanted_kwh":"10"})",
        "-32602 wanted_kwh: a number, in kilowatt-hours"},
    {"session.set_wishes", R"({"session":9,"wanted_kwh":0})", "-32602 wanted_kwh: greater than 0"},
    {"session.set_wishes", R"({"session":9,"wanted_kwh":0.0004})",
        "-32602 wanted_kwh: at most 3 decimals"},
    {"session.set_wishes", R"({"session":9,"wanted_kwh":1e9})",
        "-32602 wanted_kwh: at most 100000"},
    {"session.set_wishes", R"({"session":9,"wanted_wh":10})",
        "-32602 wanted_wh: unknown parameter"},
    {"session.set_wishes", R"({"session":9})", ""},
    {"session.samples", R"({})", "-32602 session: required"},
    {"session.signed", R"({})", "-32602 session: required"},
    {"session.energy", R"({"time_zone":"Europe/Oslo"})", "-32602 session: required"},
    {"session.energy", R"({"session":9,"time_zone":"Oslo"})",
        "-32602 time_zone: a name of the IANA time zone database, like Europe/Oslo"},
    {"session.export", R"({"from":"yesterday"})", "-32602 from: a time like 2026-11-22T07:00:00Z"},
    {"session.export", R"({"token":""})", "-32602 token: 1 to 36 characters"},
    {"graph.get", R"({"from":"2026-11-22T00:00:00Z","until":"2026-11-23T00:00:00Z"})",
        "-32602 installation: either an installation or a charge_point"},
    {"graph.get",
        R"({"installation":1,"charge_point":4,"from":"2026-11-22T00:00:00Z","until":"2026-11-23T00:00:00Z"})",
        "-32602 installation: either an installation or a charge_point"},
    {"graph.get", R"({"installation":1,"until":"2026-11-23T00:00:00Z"})", "-32602 from: required"},
    {"graph.get",
        R"({"installation":1,"from":"2026-11-23T00:00:00Z","until":"2026-11-23T00:00:00Z"})",
        "-32602 until: after `from`; at most 2 days later by the minute, 62 by the quarter_hour, "
        "366 by the hour"},
    {"graph.get",
        R"({"charge_point":4,"from":"2026-11-20T00:00:00Z","until":"2026-11-23T00:00:00Z","width":"minute"})",
        "-32602 until: after `from`; at most 2 days later by the minute, 62 by the quarter_hour, "
        "366 by the hour"},
    {"graph.get",
        R"({"charge_point":4,"from":"2026-11-20T00:00:00Z","until":"2026-11-23T00:00:00Z","width":"day"})",
        "-32602 width: one of minute quarter_hour hour"},
    {"unbooked.list", R"({"limit":2000})", "-32602 limit: at most 1000"},
    {"unbooked.list", R"({"all":1})", "-32602 all: true or false"},
    {"unbooked.attach", R"({"message":1})", "-32602 session: required"},
    {"unbooked.make_session", R"({"message":1})", "-32602 charge_point: required"},
    {"unbooked.set_aside", R"({"message":0})", "-32602 message: an id: a whole number above 0"},
    {"audit.list", R"({"limit":0})", "-32602 limit: at least 1"},
    {"token.put", R"({"token":"A","kind":"RFID"})",
        "-32602 kind: one of any central emaid iso14443 iso15693 key_code local mac_address"},
    {"token.put", R"({"token":"A","group":"123456789012345678901"})",
        "-32602 group: at most 20 characters"},
    {"token.put", R"({"token":"A","installations":7})",
        "-32602 installations: a list of at most 1000 ids"},
    {"token.put", R"({"token":"A","charge_points":[7,0]})",
        "-32602 charge_points: ids: whole numbers above 0"},
    {"token.put", R"({"token":"A","most_sessions":0})", "-32602 most_sessions: at least 1"},
    {"token.put", R"({"token":"A","kind":"iso14443","installations":[7],"most_sessions":1})", ""},
    {"live.get", R"({})", "-32602 installation: required"},
    {"live.subscribe", R"({})", "-32602 installation: required"},
    {"live.unsubscribe", R"({})", "-32602 installation: required"},
};

}

TEST_CASE("parameters that are unknown, missing or wrong are refused with their name and the rule")
{
    Server server;
    server.shards.brain = fitting_reply;
    Operator anna(server.api);
    server.let_in(anna);
    std::set<std::string_view> covered;
    for (auto const& one : cases) {
        CAPTURE(one.method);
        CAPTURE(one.params);
        auto const before = server.shards.asked_count();
        CHECK(error_of(anna.call(one.method, one.params)) == one.error);
        auto const reached_engine = server.shards.asked_count() > before;
        CHECK(reached_engine == std::string(one.error).empty());
        covered.insert(one.method);
    }
    for (auto const& method : admin::methods()) {
        CAPTURE(method.name);
        CHECK(covered.contains(method.name));
    }
}

TEST_CASE("texts that are too long are refused")
{
    Server server;
    Operator anna(server.api);
    server.let_in(anna);
    CHECK(anna.result("installation.create", R"({"limit_a":1,"name":")" + long_text + R"("})") ==
          "-32602 name: 1 to 100 characters");
    CHECK(anna.result("auth.login", R"({"user":"anna","password":")" + long_text + R"("})") ==
          "-32602 password: at most 128 characters");
    CHECK(anna.result("auth.resume", R"({"token":")" + long_text + R"("})") ==
          "-32602 token: at most 128 characters");
}

TEST_CASE("what the caller leaves out takes the values of the manual")
{
    Server server;
    server.shards.brain = fitting_reply;
    Operator anna(server.api);
    server.let_in(anna);
    anna.result("installation.create", R"({"name":"Storgata 1","limit_a":63})");
    auto const installation = server.shards.asked<engine::CreateInstallation>().at(0).second;
    CHECK(installation.name == "Storgata 1");
    CHECK(installation.limit_ma == 63'000);
    CHECK(installation.grid == storage::GridType::tn_400);
    CHECK(installation.time_zone == "Europe/Oslo");
    CHECK(installation.address.empty());
    CHECK(installation.policy == storage::SharingPolicy::equal_share);
    anna.result("charge_point.create", R"({"circuit":2,"name":"P-101"})");
    auto const point = server.shards.asked<engine::CreateChargePoint>().at(0).second;
    CHECK(point.circuit == storage::CircuitId{2});
    CHECK(point.max_ma == 32'000);
    CHECK(point.fallback_ma == 0);
    CHECK(point.rotation == std::array<std::uint8_t, 3>{1, 2, 3});
    CHECK_FALSE(point.active);
    CHECK_FALSE(point.open_access);
    CHECK(point.priority == 0);
    anna.result("session.set_wishes", R"({"session":9})");
    auto const wishes = server.shards.asked<engine::SetSessionWishes>().at(0).second;
    CHECK_FALSE(wishes.departs_at);
    CHECK_FALSE(wishes.wanted_mwh);
    anna.result("charge_point.activate", R"({"charge_point":4})");
    CHECK(server.shards.asked<engine::ActivateChargePoint>().at(0).second.active);
    anna.result("station.assign", R"({"station":"CP-1","charge_point":4})");
    CHECK(server.shards.asked<engine::AssignStation>().at(0).second.evse == storage::EvseNumber{1});
    anna.result("token.put", R"({"token":"04AABBCC"})");
    auto const token = server.shards.asked<engine::PutToken>().at(0).second.token;
    storage::Token expected;
    expected.value = "04AABBCC";
    CHECK(token == expected);
    anna.result("station.call", R"({"station":"CP-1","action":"Reset"})");
    CHECK(server.shards.asked<engine::CallStation>().at(0).second.payload == "{}");
    anna.result("session.list");
    CHECK(server.store.last_query.limit == 100);
    CHECK_FALSE(server.store.last_query.open_only);
    anna.result("unbooked.list");
    CHECK(server.store.unbooked_query.limit == 100);
}

TEST_CASE("amperes with up to three decimals reach the engine as exactly as many milliamperes")
{
    Server server;
    server.shards.brain = fitting_reply;
    Operator anna(server.api);
    server.let_in(anna);
    // Every thousandth within 40 A, written as people write it.
    constexpr std::int64_t most_ma = 40'000;
    constexpr std::int64_t step_ma = 7;  // passes every last digit and stays quick
    for (std::int64_t ma = 1; ma <= most_ma; ma += step_ma) {
        auto thousandths = std::to_string(ma % 1000);
        thousandths.insert(0, 3 - thousandths.size(), '0');
        auto const text = std::to_string(ma / 1000) + "." + thousandths;
        CAPTURE(text);
        anna.call("circuit.create", R"({"installation":1,"label":"K","rating_a":)" + text + "}");
        REQUIRE(server.shards.asked<engine::CreateCircuit>().back().second.rating_ma == ma);
    }
    for (auto const& [text, ma] : std::vector<std::pair<std::string, std::int64_t>>{
             {"16", 16'000}, {"1.6e1", 16'000}, {"13.30000", 13'300}, {"99999.999", 99'999'999}}) {
        anna.call("circuit.create", R"({"installation":1,"label":"K","rating_a":)" + text + "}");
        CHECK(server.shards.asked<engine::CreateCircuit>().back().second.rating_ma == ma);
    }
}

TEST_CASE("what is given arrives in the engine's words")
{
    Server server;
    server.shards.brain = fitting_reply;
    Operator anna(server.api);
    server.let_in(anna);
    anna.result(
        "circuit.create", R"({"installation":7,"label":"Kurs 1","rating_a":32,"parent":9})");
    auto const circuit = server.shards.asked<engine::CreateCircuit>().at(0).second;
    CHECK(circuit.installation == storage::InstallationId{7});
    CHECK(circuit.parent == storage::CircuitId{9});
    CHECK(circuit.label == "Kurs 1");
    anna.result("token.put",
        R"({"token":"x","label":"Ås","status":"blocked","expires_at":"2026-11-22T08:30:00.25+01:30"})");
    auto const token = server.shards.asked<engine::PutToken>().at(0).second.token;
    CHECK(token.label == "Ås");
    CHECK(token.status == storage::TokenStatus::blocked);
    // 07:00:00.25 UTC; date -u -d 2026-11-22T07:00:00Z +%s says 1795330800.
    CHECK(token.expires_at.value().time_since_epoch().count() == 1'795'330'800'250);
    anna.result("station.call",
        R"({"station":"CP-1","action":"X","payload":{"a":[1,-2.5,16.0,{"b":null}],"c":"\n"}})");
    CHECK(server.shards.asked<engine::CallStation>().at(0).second.payload ==
          R"({"a":[1,-2.5,16,{"b":null}],"c":"\n"})");
    anna.result("installation.set_policy", R"({"installation":7,"policy":"first_come"})");
    auto const policy = server.shards.asked<engine::SetInstallationPolicy>().at(0).second;
    CHECK(policy.installation == storage::InstallationId{7});
    CHECK(policy.policy == storage::SharingPolicy::first_come);
    anna.result("charge_point.set_priority", R"({"charge_point":4,"priority":3})");
    auto const priority = server.shards.asked<engine::SetChargePointPriority>().at(0).second;
    CHECK(priority.charge_point == storage::ChargePointId{4});
    CHECK(priority.priority == 3);
    anna.result("session.set_wishes",
        R"({"session":9,"departs_at":"2026-11-22T08:00:00+01:00","wanted_kwh":12.345})");
    auto const wishes = server.shards.asked<engine::SetSessionWishes>().at(0).second;
    CHECK(wishes.session == storage::SessionId{9});
    CHECK(wishes.departs_at.value().time_since_epoch().count() == 1'795'330'800'000);
    CHECK(wishes.wanted_mwh == 12'345'000);  // 12.345 kWh are 12,345 Wh
    anna.result("session.list",
        R"({"installation":1,"charge_point":2,"station":"CP-3","open":true,)"
        R"("before":4,"limit":5})");
    auto const& query = server.store.last_query;
    CHECK(query.installation == storage::InstallationId{1});
    CHECK(query.charge_point == storage::ChargePointId{2});
    CHECK(query.station == storage::StationIdentity{"CP-3"});
    CHECK(query.open_only);
    CHECK(query.before == storage::SessionId{4});
    CHECK(query.limit == 5);
}
