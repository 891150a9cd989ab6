// From a session to limits on the wire, as literal frames. SetChargingProfile is told apart by its
// purpose: TxDefaultProfile is the fallback, TxProfile a session's limit.
#include "tests/engine/engine_bench.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace test;

namespace {

bool is_limit(std::string const& frame, std::string const& limit)
{
    return frame.find("SetChargingProfile") != std::string::npos &&
           frame.find("\"TxProfile\"") != std::string::npos && field(frame, "limit") == limit;
}

bool is_fallback(std::string const& frame, std::string const& limit)
{
    return frame.find("\"TxDefaultProfile\"") != std::string::npos &&
           field(frame, "limit") == limit;
}

void start_and_keep_quiet(EngineBench& bench, std::string const& station)
{
    bench.send(station,
        R"([2,"s","StartTransaction",{"connectorId":1,"idTag":"04AABB","meterStart":0,"timestamp":")" +
            std::string("2026-06-01T12:00:00Z") + R"("}])");
}

}

TEST_SUITE("limits on the wire")
{
    TEST_CASE("the fallback is installed first, and until it is confirmed the hardware counts")
    {
        EngineBench bench;
        auto const plant = make_plant(bench, 32, 1);
        bench.connect("CP-1", ocpp::Version::v16);
        auto const frame = bench.take_one("CP-1");
        CHECK(is_fallback(frame, "0"));
        CHECK(bench.live(plant.installation).charge_points[0].ceiling_ma == 32'000);
        answer(bench, "CP-1", frame);
        bench.pass(12s);
        CHECK(bench.live(plant.installation).charge_points[0].ceiling_ma == 0);
    }
    TEST_CASE("a car alone gets all; its limit follows the answer to its start")
    {
        EngineBench bench;
        make_plant(bench, 32, 1);
        bring_up_v16(bench, "CP-1");
        bench.pass(12s);
        start_and_keep_quiet(bench, "CP-1");
        auto const frames = bench.take("CP-1");
        REQUIRE(frames.size() == 2);
        CHECK(frames[0].starts_with(R"([3,"s",)"));
        CHECK(is_limit(frames[1], "32"));
        CHECK(field(frames[1], "transactionId") == field(frames[0], "transactionId"));
        CHECK(field(frames[1], "chargingRateUnit") == "A");
        CHECK(
            field(frames[1], "startSchedule") == "2026-06-01T11:59:12Z");  // 12 s later, less 60 s
    }
    TEST_CASE("two cars on one circuit: the first comes down, and only then the second goes up")
    {
        EngineBench bench;
        auto const plant = make_plant(bench, 32, 2);
        bring_up_v16(bench, "CP-1");
        bring_up_v16(bench, "CP-2");
        bench.pass(12s);
        start_v16(bench, "CP-1");
        bench.pass(60s);
        start_and_keep_quiet(bench, "CP-2");
        CHECK(bench.take_one("CP-2").starts_with(R"([3,"s",)"));  // and no limit yet
        auto const decrease = bench.take_one("CP-1");
        CHECK(is_limit(decrease, "16"));
        bench.pass(25s);
        CHECK(bench.take("CP-2").empty());  // not before the decrease is confirmed ...
        answer(bench, "CP-1", decrease);
        bench.pass(11s);
        CHECK(bench.take("CP-2").empty());  // ... and has had time to work
        bench.pass(1s);
        CHECK(is_limit(bench.take_one("CP-2"), "16"));
        auto const live = bench.live(plant.installation);
        CHECK(live.nodes[1].ceiling_ma[0] <= 32'000);
    }
    TEST_CASE("when a car leaves, the other one gets its share back")
    {
        EngineBench bench;
        make_plant(bench, 32, 2);
        bring_up_v16(bench, "CP-1");
        bring_up_v16(bench, "CP-2");
        bench.pass(12s);
        start_v16(bench, "CP-1");
        auto const id = start_v16(bench, "CP-2");
        answer(bench, "CP-1", bench.take_one("CP-1"));
        bench.pass(12s);
        answer(bench, "CP-2", bench.take_one("CP-2"));
        bench.pass(60s);
        bench.send("CP-2",
            R"([2,"e","StopTransaction",{"meterStop":2000,"timestamp":"2026-06-01T13:00:00Z","transactionId":)" +
                std::to_string(id) + "}]");
        CHECK(is_limit(bench.take_one("CP-1"), "32"));
    }
    TEST_CASE("a limit that goes up is in the store before it is on the wire")
    {
        EngineBench bench;
        make_plant(bench, 32, 1);
        bring_up_v16(bench, "CP-1");
        bench.pass(12s);
        bench.auto_commit = false;
        start_and_keep_quiet(bench, "CP-1");
        CHECK(bench.take("CP-1").empty());
        bench.commit();
        auto const frames = bench.take("CP-1");
        CHECK(frames.size() == 2);
        auto const stored = bench.store.load().granted_limits;
        REQUIRE(stored.size() == 1);
        CHECK(stored[0].ceiling_ma == 32'000);
    }
    TEST_CASE("a silent station keeps its current: nobody else gets it")
    {
        EngineBench bench;
        make_plant(bench, 32, 2);
        bring_up_v16(bench, "CP-1");
        bring_up_v16(bench, "CP-2");
        bench.pass(12s);
        start_v16(bench, "CP-1");
        bench.disconnect("CP-1");
        start_and_keep_quiet(bench, "CP-2");
        bench.take("CP-2");
        bench.pass(1h);
        CHECK(bench.take("CP-2").empty());
    }
    TEST_CASE("after a restart the ceilings hold, and nothing is raised before all have settled")
    {
        EngineBench bench;
        auto const plant = make_plant(bench, 32, 2);
        bring_up_v16(bench, "CP-1");
        bring_up_v16(bench, "CP-2");
        bench.pass(12s);
        auto const id = start_v16(bench, "CP-1");
        bench.restart();
        auto const live = bench.live(plant.installation);
        CHECK(live.charge_points[0].ceiling_ma == 32'000);
        REQUIRE(live.charge_points[0].session);
        CHECK(live.charge_points[0].session->id.value == id);
        bench.connect("CP-1", ocpp::Version::v16);
        auto const resent = bench.take_one("CP-1");
        CHECK(is_fallback(resent, "0"));
        answer(bench, "CP-1", resent);
        CHECK(is_limit(bench.take_one("CP-1"), "32"));
        bench.connect("CP-2", ocpp::Version::v16);
        answer(bench, "CP-2", bench.take_one("CP-2"));
        start_and_keep_quiet(bench, "CP-2");
        CHECK(bench.take_one("CP-2").starts_with("[3"));
    }
    TEST_CASE(
        "a station that refuses its limit keeps what it may have, is asked again, and is named")
    {
        EngineBench bench;
        auto const plant = make_plant(bench, 32, 1);
        bring_up_v16(bench, "CP-1");
        bench.pass(12s);
        start_and_keep_quiet(bench, "CP-1");
        auto const frames = bench.take("CP-1");
        answer(bench, "CP-1", frames.at(1), "Rejected");
        auto const live = bench.live(plant.installation);
        CHECK(live.charge_points[0].limit.reason == engine::LimitReason::not_obeying);
        CHECK(live.charge_points[0].ceiling_ma == 0);
        bench.pass(61s);
        CHECK(is_limit(bench.take_one("CP-1"), "32"));
    }
    TEST_CASE("a command without an answer counts until one gets through")
    {
        EngineBench bench;
        auto const plant = make_plant(bench, 32, 1);
        bring_up_v16(bench, "CP-1");
        bench.pass(12s);
        start_and_keep_quiet(bench, "CP-1");
        REQUIRE(bench.take("CP-1").size() == 2);
        bench.pass(29s);
        CHECK(bench.take("CP-1").empty());
        bench.pass(1s);  // the 30 s of the call's time-out are over: it is sent again
        CHECK(is_limit(bench.take_one("CP-1"), "32"));
        CHECK(bench.live(plant.installation).charge_points[0].ceiling_ma == 32'000);
    }
    TEST_CASE("a car whose token is unknown is booked and gets no current")
    {
        EngineBench bench;
        auto const plant = make_plant(bench, 32, 1);
        bring_up_v16(bench, "CP-1");
        bench.pass(12s);
        bench.send("CP-1",
            R"([2,"s","StartTransaction",{"connectorId":1,"idTag":"WHO","meterStart":0,"timestamp":"2026-06-01T12:00:00Z"}])");
        auto const answered = bench.take_one("CP-1");
        CHECK(field(answered, "status") == "Invalid");
        CHECK(field(answered, "transactionId") != "0");
        bench.pass(1min);
        CHECK(bench.take("CP-1").empty());
        CHECK(bench.live(plant.installation).charge_points[0].session);
    }
    TEST_CASE("fallbacks are reserved while nobody charges, and both versions are told theirs")
    {
        EngineBench bench;
        auto const plant = make_plant(bench, 32, 2, 6);
        bring_up_v16(bench, "CP-1");
        bench.connect("CP-2", ocpp::Version::v201);
        auto const frame = bench.take_one("CP-2");
        CHECK(is_fallback(frame, "6"));
        CHECK(field(frame, "evseId") == "1");
        answer(bench, "CP-2", frame);
        bench.pass(12s);
        start_and_keep_quiet(bench, "CP-1");
        CHECK(is_limit(bench.take("CP-1").at(1), "26"));  // 32 A less the 6 A of CP-2
        CHECK(bench.live(plant.installation).nodes[1].ceiling_ma[0] == 32'000);
    }
    TEST_CASE("two outlets of one station are told one after the other")
    {
        EngineBench bench;
        auto const plant = make_plant(bench, 32, 0);
        for (int outlet = 1; outlet <= 2; ++outlet) {
            engine::CreateChargePoint point;
            point.circuit = plant.circuit;
            point.name = "P-" + std::to_string(outlet);
            point.active = true;
            engine::AssignStation assign;
            assign.station = {"TWIN"};
            assign.evse = {outlet};
            assign.charge_point = bench.ask_for<storage::ChargePoint>(point).id;
            bench.ask(assign);
        }
        bring_up_v16(bench, "TWIN");
        bench.pass(12s);
        for (int outlet = 1; outlet <= 2; ++outlet) {
            bench.send("TWIN",
                R"([2,"s","StartTransaction",{"connectorId":)" + std::to_string(outlet) +
                    R"(,"idTag":"04AABB","meterStart":0,"timestamp":"2026-06-01T12:00:00Z"}])");
            for (int seconds = 0; seconds < 60; ++seconds) {
                bench.pass(1s);
                auto frames = bench.take("TWIN");
                std::erase_if(frames, [](auto const& f) { return !f.starts_with("[2"); });
                REQUIRE(frames.size() <= 1);  // one CALL at a time
                for (auto const& frame : frames) answer(bench, "TWIN", frame);
            }
        }
        auto const live = bench.live(plant.installation);
        CHECK(live.charge_points[0].limit_ma == 16'000);
        CHECK(live.charge_points[1].limit_ma == 16'000);
        CHECK(live.nodes[1].ceiling_ma[0] == 32'000);
    }
}
