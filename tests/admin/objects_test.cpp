// The objects as the manual (server/admin/README.md) shows them.
#include "server/admin/json_text.hpp"
#include "server/admin/objects.hpp"
#include "server/admin/times.hpp"
#include "server/admin/words.hpp"
#include "tests/admin/fakes.hpp"

#include <limits>
#include <set>

using namespace admin_test;

namespace {

storage::Timestamp at(char const* text) { return admin::parse_time(text).value(); }

}

TEST_CASE("decimals are written exactly and as short as they are")
{
    CHECK(admin::json_decimal(0, 3) == "0");
    CHECK(admin::json_decimal(1, 3) == "0.001");
    CHECK(admin::json_decimal(13'300, 3) == "13.3");
    CHECK(admin::json_decimal(16'000, 3) == "16");
    CHECK(admin::json_decimal(100'000, 3) == "100");
    CHECK(admin::json_decimal(-5, 3) == "-0.005");
    CHECK(admin::json_decimal(-16'050, 3) == "-16.05");
    CHECK(admin::json_decimal(12'345'678, 6) == "12.345678");
    CHECK(admin::json_decimal(std::numeric_limits<std::int64_t>::min(), 3) ==
          "-9223372036854775.808");
}

TEST_CASE("numbers inside a payload keep their value and look as people write them")
{
    for (std::string const text :
        {"0.1", "16.5", "-7.25", "1e+300", "0", "18446744073709551615", "123456.789"}) {
        CHECK(admin::json_text(json::parse(text)) == text);
    }
    CHECK(admin::json_text(json::parse(R"({"a\"b":[true,null,"\u0001"]})")) ==
          R"({"a\"b":[true,null,"\u0001"]})");
}

TEST_CASE("times are read with any offset and written in UTC")
{
    CHECK(admin::time_text(at("2026-11-22T07:00:00Z")) == "2026-11-22T07:00:00Z");
    CHECK(admin::time_text(at("2026-11-22T07:00:00.5Z")) == "2026-11-22T07:00:00.500Z");
    CHECK(admin::time_text(at("2026-11-22T07:00:00.1239+05:30")) == "2026-11-22T01:30:00.123Z");
    CHECK(admin::time_text(at("2026-12-31t23:30:00-01:00")) == "2027-01-01T00:30:00Z");
    CHECK(admin::time_text(at("2024-02-29T00:00:00z")) == "2024-02-29T00:00:00Z");
    CHECK(admin::time_text(at("2016-12-31T23:59:60Z")) == "2017-01-01T00:00:00Z");  // a leap second
    for (auto const* text : {"", "2026-11-22", "2026-11-22T07:00Z", "2026-11-22T07:00:00",
             "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-04-31T00:00:00Z",
             "2026-11-22T24:00:00Z", "2026-11-22T07:60:00Z", "2026-11-22T07:00:61Z",
             "2026-11-22T07:00:00.Z", "2026-11-22T07:00:00+0530", "2026-11-22T07:00:00+24:00",
             "2026-11-22T07:00:00Z ", "+026-11-22T07:00:00Z", "2026-11-22 07:00:00Z"}) {
        CAPTURE(text);
        CHECK_FALSE(admin::parse_time(text).has_value());
    }
}

TEST_CASE("the plant's objects have the fields of the manual")
{
    CHECK(
        admin::to_json(storage::Installation{{1}, "Storgata 1", "", storage::GridType::tn_400,
            63'000, "Europe/Oslo", "", at("2026-11-22T07:00:00Z")}) ==
        R"({"id":1,"name":"Storgata 1","address":"","grid":"TN400","limit_a":63,"policy":"equal_share","time_zone":"Europe/Oslo","notes":"","created_at":"2026-11-22T07:00:00Z"})");
    CHECK(admin::to_json(storage::Circuit{{2}, {1}, storage::CircuitId{3}, "Kurs 1", 32'000}) ==
          R"({"id":2,"installation":1,"parent":3,"label":"Kurs 1","rating_a":32})");
    CHECK(
        admin::to_json(
            storage::ChargePoint{{4}, {1}, {2}, "P-101", {1, 2, 3}, 32'000, 0, true, false, 5}) ==
        R"({"id":4,"installation":1,"circuit":2,"name":"P-101","rotation":[1,2,3],"max_a":32,"fallback_a":0,"active":true,"open_access":false,"priority":5})");
    engine::StationView view{{{"CP-1"}, "", "", "", "", "ocpp1.6", at("2026-11-22T07:00:00Z"),
                                 at("2026-11-22T08:00:00Z")},
        true, storage::ChargePointId{4}, {1}};
    view.local_list = {.in_step = true, .version = 7, .entries = 2, .left_out = 1};
    CHECK(
        admin::to_json(view) ==
        R"({"identity":"CP-1","serial_number":"","vendor":"","model":"","firmware":"","protocol":"ocpp1.6","first_seen":"2026-11-22T07:00:00Z","last_seen":"2026-11-22T08:00:00Z","online":true,"strict":false,"charge_point":4,"evse":1,"local_list":{"in_step":true,"version":7,"entries":2,"left_out":1},"remarks":[]})");
    CHECK(
        admin::to_json(
            engine::StationView{{{"CP-2"}, "", "", "", "", "", {}, {}}, false, {}, {}}) ==
        R"({"identity":"CP-2","serial_number":"","vendor":"","model":"","firmware":"","protocol":"","online":false,"strict":false,"local_list":{"in_step":false,"left_out":0},"remarks":[]})");
    storage::Token token;
    token.value = "04AABBCC";
    token.status = storage::TokenStatus::blocked;
    token.expires_at = at("2027-01-01T00:00:00Z");
    CHECK(
        admin::to_json(token) ==
        R"({"token":"04AABBCC","kind":"any","label":"","owner":"","group":"","status":"blocked","expires_at":"2027-01-01T00:00:00Z","installations":[],"charge_points":[]})");
    token.kind = storage::TokenKind::iso14443;
    token.group = "FLEET";
    token.installations = {{7}};
    token.charge_points = {{8}, {9}};
    token.most_sessions = 2;
    CHECK(
        admin::to_json(token) ==
        R"({"token":"04AABBCC","kind":"iso14443","label":"","owner":"","group":"FLEET","status":"blocked","expires_at":"2027-01-01T00:00:00Z","installations":[7],"charge_points":[8,9],"most_sessions":2})");
}

storage::Session session_of_an_hour()
{
    storage::Session session;
    session.id = {9};
    session.charge_point = {4};
    session.station = {"CP-1"};
    session.evse = {1};
    session.token = "04AABBCC";
    session.started_at = at("2026-11-22T07:00:00Z");
    session.first_heard_at = session.started_at;
    session.start_reported = true;
    session.meter_start_mwh = 100'000'000;
    session.ended_at = at("2026-11-22T08:00:00Z");
    session.meter_stop_mwh = 112'345'000;
    session.closing = storage::Closing::station;
    session.stop_reason = "Local";
    return session;
}

TEST_CASE("a session tells its energy, and leaves out what is not known")
{
    admin::SessionEnergy one;
    one.session = session_of_an_hour();
    one.energy = engine::energy_of(one.session, {});
    CHECK(
        admin::to_json(one) ==
        R"({"id":9,"charge_point":4,"station":"CP-1","evse":1,"token":"04AABBCC","started_at":"2026-11-22T07:00:00Z","ended_at":"2026-11-22T08:00:00Z","energy_kwh":12.345,"estimated":false,"doubts":[],"meter_start_kwh":100,"meter_stop_kwh":112.345,"closed":"station","stop_reason":"Local","start_reported":true,"recorded_offline":false,"clock_credible":true})");
    one.session = {};
    one.session.id = {9};
    one.session.charge_point = {4};
    one.session.station = {"CP-1"};
    one.session.evse = {1};
    one.session.first_heard_at = at("2026-11-22T07:00:00Z");  // started_at is 1970
    one.session.recorded_offline = true;
    one.session.clock_ahead_ms = -3'600'000;
    one.session.sequences = {{0, 3}, {6, 7}};  // 4 and 5 are missing
    one.session.wanted_mwh = 20'000'000;
    one.energy = {};
    one.energy.doubts.add(engine::EnergyDoubt::begin_missing);
    CHECK(
        admin::to_json(one) ==
        R"({"id":9,"charge_point":4,"station":"CP-1","evse":1,"started_at":"1970-01-01T00:00:00Z","estimated":false,"doubts":["begin_missing"],"closed":"open","start_reported":false,"recorded_offline":true,"clock_credible":false,"clock_ahead_ms":-3600000,"missing_reports":2,"wanted_kwh":20})");
}

TEST_CASE("an export has a line per session, and its total is the sum of the lines")
{
    admin::SessionEnergy one;
    one.session = session_of_an_hour();
    one.energy.energy_mwh = 12'345'001;
    one.energy.rule = engine::EnergyRule::session_registers;
    auto other = one;
    other.session.id = {10};
    other.session.station = {"=cmd \"x\", y"};  // what a spreadsheet would run
    other.session.token.clear();
    other.energy.energy_mwh = 7;
    other.energy.doubts.add(engine::EnergyDoubt::gap);
    other.energy.doubts.add(engine::EnergyDoubt::end_missing);
    auto unknown = one;
    unknown.energy = {};
    CHECK(admin::csv_of({one, other, unknown}) ==
          "session,charge_point,station,evse,token,started_at,ended_at,energy_kwh,estimated,rule,"
          "doubts,closed,stop_reason,recorded_offline\r\n"
          "9,4,CP-1,1,04AABBCC,2026-11-22T07:00:00Z,2026-11-22T08:00:00Z,12.345001,no,"
          "session_registers,,station,Local,no\r\n"
          "10,4,\"'=cmd \"\"x\"\", y\",1,,2026-11-22T07:00:00Z,2026-11-22T08:00:00Z,0.000007,no,"
          "session_registers,end_missing gap,station,Local,no\r\n"
          "9,4,CP-1,1,04AABBCC,2026-11-22T07:00:00Z,2026-11-22T08:00:00Z,,no,none,,station,Local,"
          "no\r\n"
          "total of 3,,,,,,,12.345008,,,,,,\r\n");  // 12.345001 + 0.000007
}

TEST_CASE("an export goes through all pages, and the energy method tells its hours")
{
    Server server;
    Operator anna(server.api);
    server.let_in(anna);
    storage::SessionSummary summary;
    summary.session = session_of_an_hour();
    summary.session.started_at = at("2026-11-22T06:30:00Z");
    summary.session.ended_at = at("2026-11-22T07:30:00Z");
    server.store.sessions = {summary};
    CHECK(anna.result("session.export", R"({"token":"04aabbcc","from":"2026-11-01T00:00:00Z"})")
              .starts_with(R"({"sessions":1,"csv":"session,)"));
    CHECK(server.store.last_query.token == "04aabbcc");
    CHECK(server.store.last_query.from == at("2026-11-01T00:00:00Z"));
    // 12.345 kWh in an hour, half of it before 7 o'clock, as nothing tells otherwise.
    CHECK(
        anna.result("session.energy", R"({"session":9,"time_zone":"Europe/Oslo"})") ==
        R"({"energy_kwh":12.345,"rule":"session_registers","estimated":false,"doubts":[],"first":{"at":"2026-11-22T06:30:00Z","value":100,"source":"meter_start"},"last":{"at":"2026-11-22T07:30:00Z","value":112.345,"source":"meter_stop"},"hours":[{"start":"2026-11-22T06:00:00Z","energy_kwh":6.1725},{"start":"2026-11-22T07:00:00Z","energy_kwh":6.1725}]})");
    server.store.signed_readings = {{{9}, at("2026-11-22T07:30:00Z"), storage::ReadingContext::end,
        "OCMF", "ECDSA", "key", "OCMF|{}|{}"}};
    CHECK(
        anna.result("session.signed", R"({"session":9})") ==
        R"({"readings":[{"at":"2026-11-22T07:30:00Z","context":"end","encoding":"OCMF","method":"ECDSA","public_key":"key","data":"OCMF|{}|{}"}]})");
}

TEST_CASE("history is read from the store")
{
    Server server;
    Operator anna(server.api);
    server.let_in(anna);
    CHECK(anna.result("session.samples", R"({"session":9})") ==
          "-32003 session: there is no such session");
    storage::SessionSummary summary;
    summary.session.id.value = 9;
    server.store.sessions = {summary};
    CHECK(anna.result("session.samples", R"({"session":9})") == R"({"samples":[]})");
    CHECK(server.store.last_query.session == storage::SessionId{9});
    CHECK(server.store.samples_of == storage::SessionId{9});
    storage::MeterSample first;
    first.at = at("2026-11-22T07:00:00Z");
    first.energy_mwh = 3'200'500;
    first.current_ma = {15'900, std::nullopt, 0};
    first.power_mw = 11'000'000;
    first.soc_percent = 80;
    storage::MeterSample second;
    second.at = at("2026-11-22T07:00:10Z");
    second.context = storage::ReadingContext::clock;
    second.others = {{{storage::Measurand::voltage, storage::Phase::l2_n, {}}, 230'100}};
    server.store.samples = {first, second};
    CHECK(
        anna.result("session.samples", R"({"session":9})") ==
        R"({"samples":[{"at":"2026-11-22T07:00:00Z","context":"periodic","energy_kwh":3.2005,"current_a":[15.9,null,0],"power_kw":11,"soc_percent":80},{"at":"2026-11-22T07:00:10Z","context":"clock","others":[{"measurand":"voltage","phase":"L2-N","location":"outlet","value":230.1}]}]})");
}

TEST_CASE("messages that could not be booked are listed, and decisions reach the engine with who "
          "made them")
{
    Server server;
    Operator anna(server.api);
    server.let_in(anna);
    storage::UnbookedMessage message;
    message.id = {17};
    message.station = {"CP-1"};
    message.protocol = "ocpp1.6";
    message.received_at = at("2026-11-22T07:00:00Z");
    message.frame = R"([2,"1","StopTransaction",{}])";
    message.why = "no such transaction";
    server.store.unbooked = {message};
    CHECK(
        anna.result("unbooked.list", R"({"limit":7,"before":99})") ==
        R"({"messages":[{"id":17,"station":"CP-1","received_at":"2026-11-22T07:00:00Z","protocol":"ocpp1.6","frame":"[2,\"1\",\"StopTransaction\",{}]","why":"no such transaction","state":"waiting"}]})");
    CHECK(server.store.unbooked_query.limit == 7);
    CHECK(server.store.unbooked_query.before == storage::UnbookedId{99});
    CHECK(server.store.unbooked_query.waiting_only);

    CHECK(anna.result("unbooked.attach", R"({"message":17,"session":9})") ==
          "-32003 session: there is no such session");
    storage::SessionSummary summary;
    summary.session = session_of_an_hour();
    server.store.sessions = {summary};
    CHECK(anna.result("unbooked.attach", R"({"message":17,"session":9})") == "{}");
    CHECK(anna.result("unbooked.make_session", R"({"message":17,"charge_point":4})") == "{}");
    CHECK(anna.result("unbooked.set_aside", R"({"message":17,"note":"a test"})") == "{}");
    auto const asked = server.shards.asked<engine::ResolveUnbooked>();
    REQUIRE(asked.size() == 3);
    CHECK(asked[0].second.message == message);
    CHECK(asked[0].second.resolution == engine::Resolution::attach);
    CHECK(asked[0].second.session == summary.session);
    CHECK(asked[1].second.resolution == engine::Resolution::make_session);
    CHECK(asked[1].second.charge_point == storage::ChargePointId{4});
    CHECK(asked[2].second.resolution == engine::Resolution::set_aside);
    CHECK(asked[2].second.note == "a test");
    CHECK(asked[2].second.user == "anna");

    server.store.unbooked = {};
    CHECK(anna.result("unbooked.set_aside", R"({"message":18})") ==
          "-32003 message: there is no such message");
    server.store.audit = {
        {at("2026-11-22T07:00:00Z"), "anna", "unbooked.attach", "message 17", "session 9"}};
    CHECK(
        anna.result("audit.list") ==
        R"({"entries":[{"at":"2026-11-22T07:00:00Z","user":"anna","action":"unbooked.attach","subject":"message 17","detail":"session 9"}]})");
}

TEST_CASE("graphs are read from the store, by installation or by charge point")
{
    Server server;
    Operator anna(server.api);
    server.let_in(anna);
    storage::GraphPoint point;
    point.from = at("2026-11-22T07:00:00Z");
    point.mean_ma = {15'900, std::nullopt, 0};
    point.most_ma = {16'000, std::nullopt, 100};
    point.mean_power_mw = 3'657'000;
    point.energy_mwh = 914'250;
    server.store.graphs = {{{4}, {point}}};
    CHECK(
        anna.result("graph.get",
            R"({"installation":1,"from":"2026-11-22T00:00:00Z","until":"2026-11-23T00:00:00Z"})") ==
        R"({"graphs":[{"charge_point":4,"points":[{"from":"2026-11-22T07:00:00Z","mean_a":[15.9,null,0],"most_a":[16,null,0.1],"mean_power_kw":3.657,"energy_kwh":0.91425}]}]})");
    CHECK(server.store.graph_query.installation == storage::InstallationId{1});
    CHECK(server.store.graph_query.width == storage::GraphWidth::quarter_hour);
}

TEST_CASE("the live view has the fields of the manual")
{
    engine::LiveView view{
        {1}, "Storgata 1", storage::GridType::tn_400, at("2026-11-22T07:00:00Z"), {}, {}};
    view.nodes.push_back({{}, {}, "Storgata 1", 63'000, {12'100, 12'000, std::nullopt},
        {16'000, 16'000, 16'000}, {16'000, 16'000, 16'000}});
    view.nodes.push_back(
        {storage::CircuitId{5}, storage::CircuitId{2}, "Kurs 1.1", 32'000, {}, {}, {}});
    engine::LiveChargePoint point;
    point.id.value = 4;
    point.name = "P-101";
    point.circuit.value = 2;
    point.active = true;
    point.station = storage::StationIdentity{"CP-1"};
    point.state = engine::ChargePointState::charging;
    point.limit_ma = 16'000;
    point.ceiling_ma = 16'000;
    point.limit = {
        engine::LimitReason::line_full, "Kurs 1", 1, balancing::LimitSource::schedule, 0, 0, {}};
    point.current_ma = {15'900, 15'900, 15'800};
    point.session = engine::LiveSession{{9}, at("2026-11-22T06:00:00Z"), "04AABBCC", 3'200'000};
    view.charge_points.push_back(point);
    engine::LiveChargePoint waiting;
    waiting.limit = {engine::LimitReason::waiting, "Kurs 1", 2, balancing::LimitSource::rating,
        3'400, 2, at("2026-11-22T07:12:00Z")};
    view.charge_points.push_back(waiting);
    view.charge_points.push_back({});
    CHECK(
        admin::to_json(view) ==
        R"({"installation":1,"name":"Storgata 1","grid":"TN400","at":"2026-11-22T07:00:00Z","nodes":[)"
        R"({"label":"Storgata 1","rating_a":63,"current_a":[12.1,12,null],"granted_a":[16,16,16],"ceiling_a":[16,16,16]},)"
        R"({"id":5,"parent":2,"label":"Kurs 1.1","rating_a":32,"current_a":[null,null,null],"granted_a":[0,0,0],"ceiling_a":[0,0,0]}],)"
        R"("charge_points":[{"id":4,"name":"P-101","circuit":2,"active":true,"station":"CP-1","state":"charging","fault":"",)"
        R"("limit_a":16,"ceiling_a":16,"reason":{"kind":"line_full","where":"Kurs 1","line":1,"source":"schedule","left_a":0,"queued":0},)"
        R"("current_a":[15.9,15.9,15.8],"session":{"id":9,"started_at":"2026-11-22T06:00:00Z","token":"04AABBCC","energy_kwh":3.2}},)"
        R"({"id":0,"name":"","circuit":0,"active":false,"state":"no_station","fault":"","limit_a":0,"ceiling_a":0,)"
        R"("reason":{"kind":"waiting","where":"Kurs 1","line":2,"source":"rating","left_a":3.4,"queued":2,"turn_at":"2026-11-22T07:12:00Z"},"current_a":[null,null,null]},)"
        R"({"id":0,"name":"","circuit":0,"active":false,"state":"no_station","fault":"","limit_a":0,"ceiling_a":0,)"
        R"("reason":{"kind":"none","left_a":0,"queued":0},"current_a":[null,null,null]}]})");
}

TEST_CASE("every state, reason, source and policy has a word of its own")
{
    auto const check = [](auto const& table, auto last) {
        std::set<std::string_view> words;
        for (int i = 0; i <= static_cast<int>(last); ++i) {
            words.insert(admin::word_of(table, decltype(last){i}));
        }
        CHECK(words.size() == table.size());
        CHECK_FALSE(words.contains("unknown"));
    };
    check(admin::state_words, engine::ChargePointState::faulted);
    check(admin::reason_words, engine::LimitReason::settling);
    check(admin::source_words, balancing::LimitSource::energy_cap);
    check(admin::policy_words, storage::SharingPolicy::departure);
}
