// What stations send wrongly: taken and remarked on, or refused, by the station's setting. What we
// send is right in any case.
#include "tests/engine/engine_bench.hpp"

#include <doctest/doctest.h>

using namespace test;

namespace {

engine::StationView station(EngineBench& bench)
{
    auto const list = bench.ask_for<std::vector<engine::StationView>>(engine::ListStations{});
    REQUIRE(list.size() == 1);
    return list[0];
}

std::optional<std::int64_t> session_energy(EngineBench& bench, SmallPlant const& plant)
{
    auto const live = bench.live(plant.installation);
    REQUIRE(live.charge_points[0].session);
    return live.charge_points[0].session->energy_mwh;
}

// MeterValues of a running session with one sampled value.
std::string meter_values(std::int64_t session, std::string const& sampled,
    std::string const& time = "2026-06-01T12:10:00Z")
{
    return R"([2,"m","MeterValues",{"connectorId":1,"transactionId":)" + std::to_string(session) +
           R"(,"meterValue":[{"timestamp":")" + time + R"(","sampledValue":[)" + sampled + "]}]}]";
}

engine::Refused refused_call(EngineBench& bench, std::string const& action, std::string const& json)
{
    auto const reply = bench.ask(
        engine::CallStation{.station = {"CP-1"}, .action = action, .payload = json});
    REQUIRE(std::holds_alternative<engine::Refused>(reply));
    return std::get<engine::Refused>(reply);
}

}

TEST_SUITE("what stations send wrongly")
{
    TEST_CASE(
        "what can be understood is taken, and the operator sees each remark once with a count")
    {
        EngineBench bench;
        auto const plant = make_plant(bench, 32, 1);
        bring_up_v16(bench, "CP-1");
        auto const id = start_v16(bench, "CP-1", good_token, 1000);
        CHECK(station(bench).remarks.empty());
        for (int i = 0; i < 3; ++i) {
            // A number where text belongs, no zone, and a field that nobody knows.
            bench.send("CP-1", meter_values(id, R"({"value":2500,"unit":"Wh","colour":"red"})",
                                   "2026-06-01T12:10:00"));
            CHECK(bench.take_one("CP-1") == R"([3,"m",{}])");
        }
        CHECK(session_energy(bench, plant) == 1'500'000);  // 2500 Wh - 1000 Wh
        auto const remarks = station(bench).remarks;
        REQUIRE(remarks.size() == 3);
        for (auto const& remark : remarks) {
            CHECK(remark.action == "MeterValues");
            CHECK(remark.count == 3);
            CHECK(!remark.rule.empty());
            CHECK(remark.last_at == bench.now.utc);
        }
        CHECK(remarks[0].field == "meterValue[0].sampledValue[0].colour");
        CHECK(remarks[1].field == "meterValue[0].sampledValue[0].value");
        CHECK(remarks[2].field == "meterValue[0].timestamp");
    }

    TEST_CASE("a measurand or a unit that nobody knows is never taken for the default one")
    {
        EngineBench bench;
        auto const plant = make_plant(bench, 32, 1);
        bring_up_v16(bench, "CP-1");
        auto const id = start_v16(bench, "CP-1", good_token, 1000);
        for (auto const* const sampled : {R"({"value":"9999","measurand":"Energy.Of.The.Moon"})",
                 R"({"value":"9999","unit":"furlong"})", R"({"value":"9999","phase":"L9"})"}) {
            CAPTURE(sampled);
            bench.send("CP-1", meter_values(id, sampled));
            CHECK(bench.take_one("CP-1") == R"([3,"m",{}])");
            CHECK(session_energy(bench, plant).value_or(0) == 0);
        }
        bench.send("CP-1", meter_values(id, R"({"value":"2.5","unit":"kwh"})"));
        CHECK(bench.take_one("CP-1") == R"([3,"m",{}])");
        CHECK(session_energy(bench, plant) == 1'500'000);
    }

    TEST_CASE(
        "a strict station's messages are taken as the schema says or refused, also after a restart")
    {
        EngineBench bench;
        make_plant(bench, 32, 1);
        bring_up_v16(bench, "CP-1");
        constexpr auto* wrong = R"([2,"9","Heartbeat",{"x":1}])";
        bench.send("CP-1", wrong);
        CHECK(bench.take_one("CP-1").starts_with(R"([3,"9",)"));
        CHECK(station(bench).remarks.size() == 1);

        bench.ask_for<engine::Done>(engine::SetStationStrict{.station = {"CP-1"}, .strict = true});
        CHECK(station(bench).station.strict);
        CHECK(station(bench).remarks.empty());
        bench.send("CP-1", wrong);
        CHECK(bench.take_one("CP-1") == R"([4,"9","FormationViolation","x: no such field",{}])");

        bench.restart();
        CHECK(station(bench).station.strict);
        bring_up_v16(bench, "CP-1");
        bench.send("CP-1", wrong);
        CHECK(bench.take_one("CP-1").starts_with(R"([4,"9","FormationViolation",)"));
        bench.ask_for<engine::Done>(engine::SetStationStrict{.station = {"CP-1"}, .strict = false});
        bench.send("CP-1", wrong);
        CHECK(bench.take_one("CP-1").starts_with(R"([3,"9",)"));
    }

    TEST_CASE("a station that sends something else wrongly each time does not fill the memory")
    {
        EngineBench bench;
        make_plant(bench, 32, 1);
        bring_up_v16(bench, "CP-1");
        for (int i = 0; i < 1000; ++i) {
            bench.send("CP-1", R"([2,"9","Heartbeat",{"x)" + std::to_string(i) + R"(":1}])");
            bench.take("CP-1");
        }
        auto const remarks = station(bench).remarks;
        CHECK(remarks.size() == 20);
        CHECK(remarks.front().field == "x999");
    }
}

TEST_SUITE("what operators send to stations")
{
    TEST_CASE(
        "a call that breaks the station's schema is refused with the field, and nothing is sent")
    {
        EngineBench bench;
        make_plant(bench, 32, 1);
        bring_up_v16(bench, "CP-1");
        bench.pass(12s);
        bench.take("CP-1");
        auto const reset = refused_call(bench, "Reset", R"({"type":"Gentle"})");
        CHECK(reset.kind == engine::RefusalKind::invalid);
        CHECK(reset.field == "payload.type");
        CHECK(refused_call(bench, "Reset", "{}").field == "payload.type");
        CHECK(refused_call(bench, "Reset", R"({"type":"Soft","x":1})").field == "payload.x");
        CHECK(refused_call(bench, "SetVariables", "{}").field == "action");  // of 2.0.1
        CHECK(refused_call(bench, "Heartbeat", "{}").field == "action");     // stations call it
        CHECK(refused_call(bench, "reset", R"({"type":"Soft"})").field == "action");
        CHECK(refused_call(bench, "SetChargingProfile",
                  R"({"connectorId":1,"csChargingProfiles":{"chargingProfileId":1,"stackLevel":0,)"
                  R"("chargingProfilePurpose":"TxProfile","chargingProfileKind":"Absolute",)"
                  R"("chargingSchedule":{"chargingRateUnit":"A","chargingSchedulePeriod":)"
                  R"([{"startPeriod":0,"limit":16.15}]}}})")
                  .field ==
              "payload.csChargingProfiles.chargingSchedule.chargingSchedulePeriod[0].limit");
        CHECK(bench.take("CP-1").empty());
        CHECK_THROWS(bench.ask(engine::CallStation{
            .station = {"CP-1"}, .action = "Reset", .payload = R"({"type":"Soft"})"}));
        CHECK(bench.take_one("CP-1").ends_with(R"(,"Reset",{"type":"Soft"}])"));
    }

    TEST_CASE("an answer that is no object is an error for who asked, and frees the connection")
    {
        EngineBench bench;
        make_plant(bench, 32, 1);
        bring_up_v16(bench, "CP-1");
        bench.pass(12s);
        bench.take("CP-1");
        engine::CallStation const call{
            .station = {"CP-1"}, .action = "Reset", .payload = R"({"type":"Soft"})"};
        for (auto const* const answer : {"[]", "7", "{", "{}x"}) {
            CHECK_THROWS(bench.ask(call));
            auto const frame = bench.take_one("CP-1");
            bench.send("CP-1", R"([3,")" + id_of(frame) + "\"," + answer + "]");
        }
        CHECK_THROWS(bench.ask(call));
        CHECK(bench.take_one("CP-1").ends_with(R"(,"Reset",{"type":"Soft"}])"));
    }
}
