#include "tests/engine/engine_bench.hpp"

#include <doctest/doctest.h>

using namespace test;

TEST_SUITE("being let in")
{
    constexpr auto boot_v16 =
        R"([2,"1","BootNotification",{"chargePointVendor":"V","chargePointModel":"M"}])";
    constexpr auto boot_v201 =
        R"([2,"1","BootNotification",{"reason":"PowerUp","chargingStation":{"model":"M","vendorName":"V"}}])";

    TEST_CASE("a station that is assigned is accepted, in both versions")
    {
        EngineBench bench;
        make_plant(bench, 32, 2);
        bench.connect("CP-1", ocpp::Version::v16);
        bench.take("CP-1");  // a limit, which goes before a boot where no pause is set
        bench.send("CP-1", boot_v16);
        auto const frames = bench.take("CP-1");
        CHECK(
            frames.at(0) ==
            R"([3,"1",{"status":"Accepted","currentTime":"2026-06-01T12:00:00Z","interval":300}])");
        bench.connect("CP-2", ocpp::Version::v201);
        bench.take("CP-2");
        bench.send("CP-2", boot_v201);
        CHECK(
            bench.take("CP-2").at(0) ==
            R"([3,"1",{"currentTime":"2026-06-01T12:00:00Z","interval":300,"status":"Accepted"}])");
    }
    TEST_CASE("an unclaimed station is held pending, listed, and may do nothing else")
    {
        EngineBench bench;
        bench.connect("NEW", ocpp::Version::v16);
        bench.send("NEW", boot_v16);
        CHECK(field(bench.take_one("NEW"), "status") == "Pending");
        bench.send("NEW", R"([2,"2","Heartbeat",{}])");
        CHECK(bench.take_one("NEW").starts_with(R"([4,"2","SecurityError",)"));
        auto const list = bench.ask_for<std::vector<engine::StationView>>(engine::ListStations{});
        REQUIRE(list.size() == 1);
        CHECK(list[0].station.identity.value == "NEW");
        CHECK(list[0].station.vendor == "V");
        CHECK(list[0].online);
        CHECK_FALSE(list[0].charge_point);
    }
    TEST_CASE("a pending station is accepted at its next boot after it was assigned")
    {
        EngineBench bench;
        auto const plant = make_plant(bench, 32, 0);
        bench.connect("NEW", ocpp::Version::v16);
        bench.send("NEW", boot_v16);
        bench.take("NEW");
        engine::CreateChargePoint point;
        point.circuit = plant.circuit;
        point.name = "P-9";
        point.active = true;
        engine::AssignStation assign;
        assign.station = {"NEW"};
        assign.charge_point = bench.ask_for<storage::ChargePoint>(point).id;
        bench.ask(assign);
        CHECK(bench.take("NEW").empty());  // it would refuse a limit as long as it is pending
        bench.send("NEW", boot_v16);
        CHECK(field(bench.take("NEW").at(0), "status") == "Accepted");
    }
    TEST_CASE("after a reconnect no boot is needed")
    {
        EngineBench bench;
        make_plant(bench, 32, 1);
        bring_up_v16(bench, "CP-1");
        bench.disconnect("CP-1");
        bench.connect("CP-1", ocpp::Version::v16);
        bench.take("CP-1");
        bench.send("CP-1", R"([2,"7","Heartbeat",{}])");
        CHECK(bench.take("CP-1").back() == R"([3,"7",{"currentTime":"2026-06-01T12:00:00Z"}])");
    }
    TEST_CASE("no CALL of ours leaves before the pauses after connect and boot are over")
    {
        auto settings = quick_settings();
        settings.quiet_after_connect = 3s;
        settings.pause_after_boot = 500ms;
        EngineBench bench(settings);
        make_plant(bench, 32, 1);
        bench.connect("CP-1", ocpp::Version::v16);
        bench.pass(1s);
        CHECK(bench.take("CP-1").empty());
        bench.send("CP-1", boot_v16);
        CHECK(bench.take_one("CP-1").starts_with("[3"));
        bench.pass(499ms);
        CHECK(bench.take("CP-1").empty());
        bench.pass(1ms);
        CHECK(bench.take_one("CP-1").find("SetChargingProfile") != std::string::npos);
    }
    TEST_CASE("what the server does not know is refused, and the connection goes on")
    {
        EngineBench bench;
        make_plant(bench, 32, 1);
        bring_up_v16(bench, "CP-1");
        bench.send("CP-1", R"([2,"9","FlyToTheMoon",{}])");
        CHECK(bench.take_one("CP-1").starts_with(R"([4,"9","NotImplemented",)"));
        bench.send("CP-1", R"([2,"9","Heartbeat",[]])");
        CHECK(bench.take_one("CP-1").starts_with(R"([4,"9","FormationViolation",)"));
        bench.send(
            "CP-1", R"([2,"9","StatusNotification",{"errorCode":"NoError","status":"Available"}])");
        CHECK(bench.take_one("CP-1").starts_with(R"([4,"9","OccurenceConstraintViolation",)"));
        for (auto const* broken : {"", "{", "[]", "[2]", R"([2,"x"])", "[9,1,2]", "null"}) {
            bench.send("CP-1", broken);
            bench.take("CP-1");
        }
        bench.send("CP-1", R"([2,"10","Heartbeat",{}])");
        CHECK(bench.take_one("CP-1").starts_with(R"([3,"10",)"));
        CHECK(bench.closes.empty());
    }
    TEST_CASE("events of an older connection change nothing")
    {
        EngineBench bench;
        auto const plant = make_plant(bench, 32, 1);
        bench.connect("CP-1", ocpp::Version::v16);
        bench.connect(
            "CP-1", ocpp::Version::v16);  // the newest wins; the bench forgets the old epoch
        bench.take("CP-1");
        bench.send("CP-1", boot_v16);
        CHECK(field(bench.take("CP-1").at(0), "status") == "Accepted");
        CHECK(bench.live(plant.installation).charge_points.at(0).state ==
              engine::ChargePointState::available);
    }
}
