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
    CHECK(
        admin::to_json(view) ==
        R"({"identity":"CP-1","serial_number":"","vendor":"","model":"","firmware":"","protocol":"ocpp1.6","first_seen":"2026-11-22T07:00:00Z","last_seen":"2026-11-22T08:00:00Z","online":true,"strict":false,"charge_point":4,"evse":1,"remarks":[]})");
    CHECK(
        admin::to_json(
            engine::StationView{{{"CP-2"}, "", "", "", "", "", {}, {}}, false, {}, {}}) ==
        R"({"identity":"CP-2","serial_number":"","vendor":"","model":"","firmware":"","protocol":"","online":false,"strict":false,"remarks":[]})");
    CHECK(
        admin::to_json(storage::Token{
            "04AABBCC", "", storage::TokenStatus::blocked, at("2027-01-01T00:00:00Z")}) ==
        R"({"token":"04AABBCC","label":"","status":"blocked","expires_at":"2027-01-01T00:00:00Z"})");
}

TEST_CASE("a session tells its energy and leaves out what is not known")
{
    storage::SessionSummary summary;
    summary.session = {{9}, {4}, {"CP-1"}, {1}, "key", "04AABBCC", at("2026-11-22T07:00:00Z"),
        100'000'000, at("2026-11-22T08:00:00Z"), 112'345'000, "Local", false, {}, {}};
    CHECK(
        admin::to_json(summary) ==
        R"({"id":9,"charge_point":4,"station":"CP-1","evse":1,"token":"04AABBCC","started_at":"2026-11-22T07:00:00Z","ended_at":"2026-11-22T08:00:00Z","energy_kwh":12.345,"meter_start_kwh":100,"meter_stop_kwh":112.345,"stop_reason":"Local","recorded_offline":false})");
    summary.session = {{9}, {4}, {"CP-1"}, {1}, "key", "", at("2026-11-22T07:00:00Z"), {}, {}, {},
        "", true, {}, {}};
    CHECK(
        admin::to_json(summary) ==
        R"({"id":9,"charge_point":4,"station":"CP-1","evse":1,"started_at":"2026-11-22T07:00:00Z","recorded_offline":true})");
    summary.session.departs_at = at("2026-11-22T15:30:00Z");
    summary.session.wanted_mwh = 20'000'000;
    CHECK(
        admin::to_json(summary) ==
        R"({"id":9,"charge_point":4,"station":"CP-1","evse":1,"started_at":"2026-11-22T07:00:00Z","departs_at":"2026-11-22T15:30:00Z","wanted_kwh":20,"recorded_offline":true})");
}

TEST_CASE(
    "a session's energy spans from its start, or the first register, to its stop, or the last")
{
    using Known = std::optional<std::int64_t>;
    auto const energy = [](Known start, Known stop, Known first, Known last) {
        storage::SessionSummary summary;
        summary.session.meter_start_mwh = start;
        summary.session.meter_stop_mwh = stop;
        summary.first_register_mwh = first;
        summary.last_register_mwh = last;
        return admin::energy_mwh(summary);
    };
    Known const none;
    CHECK(energy(10, 30, 15, 25) == 20);      // 30 - 10
    CHECK(energy(10, none, 15, 25) == 15);    // 25 - 10
    CHECK(energy(none, 30, 15, 25) == 15);    // 30 - 15
    CHECK(energy(none, none, 15, 25) == 10);  // 25 - 15
    CHECK(energy(10, 10, none, none) == 0);
    CHECK(energy(10, none, none, none) == none);
    CHECK(energy(none, 30, none, none) == none);
    CHECK(energy(30, 10, none, none) == none);  // a register that ran backwards
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
    server.store.samples = {
        {{9}, at("2026-11-22T07:00:00Z"), 3'200'500, {15'900, std::nullopt, 0}, 11'000'000, 80},
        {{9}, at("2026-11-22T07:00:10Z"), std::nullopt, {}, std::nullopt, std::nullopt}};
    CHECK(
        anna.result("session.samples", R"({"session":9})") ==
        R"({"samples":[{"at":"2026-11-22T07:00:00Z","energy_kwh":3.2005,"current_a":[15.9,null,0],"power_kw":11,"soc_percent":80},{"at":"2026-11-22T07:00:10Z"}]})");
    server.store.unbooked = {{{"CP-1"}, at("2026-11-22T07:00:00Z"),
        R"([2,"1","StopTransaction",{}])", "no such transaction"}};
    CHECK(
        anna.result("unbooked.list", R"({"limit":7})") ==
        R"({"messages":[{"station":"CP-1","received_at":"2026-11-22T07:00:00Z","frame":"[2,\"1\",\"StopTransaction\",{}]","why":"no such transaction"}]})");
    CHECK(server.store.unbooked_limit == 7);
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
