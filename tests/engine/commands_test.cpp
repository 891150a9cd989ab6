#include "tests/engine/engine_bench.hpp"

#include <doctest/doctest.h>

using namespace test;

namespace {

engine::Refused refused(EngineBench& bench, engine::Command const& command)
{
    auto const reply = bench.ask(command);
    REQUIRE(std::holds_alternative<engine::Refused>(reply));
    return std::get<engine::Refused>(reply);
}

}

TEST_SUITE("operators' commands")
{
    using engine::RefusalKind;

    TEST_CASE("a command that breaks a rule is refused with the field and the rule")
    {
        EngineBench bench;
        auto const plant = make_plant(bench, 32, 1);

        engine::CreateInstallation installation;
        installation.name = "x";
        installation.time_zone = "Europe/Oslo";
        CHECK(refused(bench, installation).field == "limit_a");
        installation.limit_ma = 63'000;
        installation.time_zone = "Mars; DROP";
        CHECK(refused(bench, installation).field == "time_zone");
        installation.time_zone = "Europe/Oslo";
        installation.name = "";
        CHECK(refused(bench, installation).field == "name");

        engine::CreateCircuit circuit;
        circuit.installation = plant.installation;
        circuit.label = "too big";
        circuit.rating_ma = 64'000;
        auto const above = refused(bench, circuit);
        CHECK(above.field == "rating_a");
        CHECK(above.rule.find("63.0 A") != std::string::npos);
        circuit.rating_ma = 33'000;
        circuit.parent = plant.circuit;  // rated 32 A
        CHECK(refused(bench, circuit).kind == RefusalKind::conflict);
        circuit.installation = {4711};
        CHECK(refused(bench, circuit).kind == RefusalKind::not_found);

        engine::CreateChargePoint point;
        point.circuit = plant.circuit;
        point.name = "P-1";
        CHECK(refused(bench, point).rule.find("of that name") != std::string::npos);
        point.name = "P-2";
        point.rotation = {1, 1, 2};
        CHECK(refused(bench, point).field == "rotation");
        point.rotation = {0, 0, 0};
        CHECK(refused(bench, point).field == "rotation");
        point.rotation = {3, 0, 0};
        point.fallback_ma = 3'000;
        CHECK(refused(bench, point).field == "fallback_a");
        point.fallback_ma = 0;
        point.max_ma = 5'000;
        CHECK(refused(bench, point).field == "max_a");
    }
    TEST_CASE("activation is refused when the fallbacks do not fit the fuse")
    {
        EngineBench bench;
        auto const plant = make_plant(bench, 32, 3, 10);  // 30 of 32 A
        engine::CreateChargePoint point;
        point.circuit = plant.circuit;
        point.name = "P-4";
        point.fallback_ma = 6'000;
        point.active = true;
        auto const why = refused(bench, point);
        CHECK(why.kind == RefusalKind::conflict);
        CHECK(why.rule.find("36.0 A of 32.0 A") != std::string::npos);
        point.active = false;  // prepared, not switched on
        auto const created = bench.ask_for<storage::ChargePoint>(point);
        engine::ActivateChargePoint activate;
        activate.charge_point = created.id;
        CHECK(refused(bench, activate).field == "fallback_a");
        engine::ActivateChargePoint deactivate;
        deactivate.charge_point = plant.points[0];
        deactivate.active = false;
        bench.ask(deactivate);
        CHECK(bench.ask_for<storage::ChargePoint>(activate).active);
    }
    TEST_CASE("an inactive charge point gets no current")
    {
        EngineBench bench;
        auto const plant = make_plant(bench, 32, 1, 6);
        bring_up_v16(bench, "CP-1");
        bench.pass(12s);
        start_v16(bench, "CP-1");
        engine::ActivateChargePoint off;
        off.charge_point = plant.points[0];
        off.active = false;
        bench.ask(off);
        for (int round = 0; round < 3; ++round)
            for (auto const& frame : bench.take("CP-1")) {
                CHECK(field(frame, "limit") == "0");
                answer(bench, "CP-1", frame);
            }
        bench.pass(12s);
        auto const live = bench.live(plant.installation).charge_points[0];
        CHECK(live.ceiling_ma == 0);
        CHECK(live.limit.reason == engine::LimitReason::inactive);
    }
    TEST_CASE("a station stands on one charge point at a time, and can be replaced")
    {
        EngineBench bench;
        auto const plant = make_plant(bench, 32, 2);
        engine::AssignStation assign;
        assign.station = {"CP-1"};
        assign.charge_point = plant.points[1];
        CHECK(refused(bench, assign).field == "charge_point");  // CP-2 stands there
        engine::ReleaseStation release;
        release.charge_point = plant.points[1];
        bench.ask(release);
        CHECK(refused(bench, assign).field == "station");  // CP-1 stands elsewhere
        assign.station = {"CP-NEW"};
        CHECK(std::holds_alternative<engine::Done>(bench.ask(assign)));
        bench.restart();
        auto const live = bench.live(plant.installation);
        CHECK(live.charge_points[1].station == storage::StationIdentity{"CP-NEW"});
        CHECK(live.charge_points[1].state == engine::ChargePointState::never_seen);
    }
    TEST_CASE("any call reaches a connected station and its answer comes back")
    {
        EngineBench bench;
        make_plant(bench, 32, 1);
        bring_up_v16(bench, "CP-1");
        engine::CallStation call;
        call.station = {"CP-1"};
        call.action = "GetConfiguration";
        call.payload = R"({"key":["X"]})";
        CHECK_THROWS(bench.ask(call));  // no reply before the station's
        auto frame = bench.take_one("CP-1");
        CHECK(frame.ends_with(R"(,"GetConfiguration",{"key":["X"]}])"));
        CHECK_THROWS(bench.ask(call));  // one CALL at a time: this one waits
        CHECK(bench.take("CP-1").empty());
        bench.send("CP-1", R"([3,")" + id_of(frame) + R"(",{"unknownKey":["X"]}])");
        frame = bench.take_one("CP-1");
        bench.send("CP-1", R"([4,")" + id_of(frame) + R"(","NotSupported","no",{}])");
        call.station = {"NOBODY"};
        CHECK(refused(bench, call).kind == RefusalKind::not_found);
        bench.disconnect("CP-1");
        call.station = {"CP-1"};
        CHECK(refused(bench, call).kind == RefusalKind::unreachable);
    }
    TEST_CASE("a limit passes an operator's calls that wait")
    {
        EngineBench bench;
        make_plant(bench, 32, 1);
        bring_up_v16(bench, "CP-1");
        bench.pass(12s);
        engine::CallStation call;
        call.station = {"CP-1"};
        call.action = "GetConfiguration";
        call.payload = "{}";
        CHECK_THROWS(bench.ask(call));
        CHECK_THROWS(bench.ask(call));
        auto const first = bench.take_one("CP-1");
        start_v16(bench, "CP-1");
        bench.send("CP-1", R"([3,")" + id_of(first) + R"(",{}])");
        CHECK(bench.take_one("CP-1").find("SetChargingProfile") != std::string::npos);
    }
    TEST_CASE("what was created is there after a restart")
    {
        EngineBench bench;
        auto const plant = make_plant(bench, 32, 2);
        engine::CreateCircuit inner;
        inner.installation = plant.installation;
        inner.parent = plant.circuit;
        inner.label = "Kurs 1.1";
        inner.rating_ma = 16'000;
        auto const circuit = bench.ask_for<storage::Circuit>(inner);
        bench.restart();
        auto const live = bench.live(plant.installation);
        REQUIRE(live.nodes.size() == 3);
        CHECK(live.nodes[2].id == circuit.id);
        CHECK(live.nodes[2].parent == plant.circuit);
        CHECK(live.charge_points.size() == 2);
        auto const next = bench.ask_for<storage::Circuit>(inner);
        CHECK(next.id.value > circuit.id.value);  // ids are not given twice
    }
    TEST_CASE("ids of different shards never meet")
    {
        auto settings = quick_settings();
        settings.shard_count = 4;
        settings.shard = 3;
        EngineBench bench(settings);
        auto const plant = make_plant(bench, 32, 1);
        CHECK(plant.installation.value % 4 == 3);
        CHECK(plant.points[0].value % 4 == 3);
        CHECK(engine::shard_of(plant.installation, 4) == 3);
    }
}
