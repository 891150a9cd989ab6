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

// Both stations charge at `each_ma` and have nothing to say; gives their sessions.
std::vector<std::int64_t> two_cars_charge(
    EngineBench& bench, std::int64_t each_ma, SmallPlant const& plant)
{
    bring_up_v16(bench, "CP-1");
    bring_up_v16(bench, "CP-2");
    bench.pass(12s);
    std::vector<std::int64_t> const sessions{start_v16(bench, "CP-1"), start_v16(bench, "CP-2")};
    for (int round = 0; round < 10; ++round) {
        for (auto const* station : {"CP-1", "CP-2"})
            for (auto const& frame : bench.take(station)) answer(bench, station, frame);
        bench.pass(30s);
    }
    for (auto const& point : bench.live(plant.installation).charge_points)
        CHECK(point.limit_ma == each_ma);
    return sessions;
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
        point.max_ma = 32'000;
        point.priority = 101;
        CHECK(refused(bench, point).field == "priority");
        point.priority = -1;
        CHECK(refused(bench, point).field == "priority");
        point.priority = 100;
        CHECK(bench.ask_for<storage::ChargePoint>(point).priority == 100);
    }
    TEST_CASE("on an IT grid a charge point hangs on two lines at least")
    {
        EngineBench bench;
        engine::CreateInstallation installation;
        installation.name = "Fjordveien";
        installation.grid = storage::GridType::it_230;
        installation.limit_ma = 63'000;
        installation.time_zone = "Europe/Oslo";
        auto const plant = bench.ask_for<storage::Installation>(installation);
        CHECK(plant.grid == storage::GridType::it_230);
        engine::CreateCircuit circuit;
        circuit.installation = plant.id;
        circuit.label = "Kurs 1";
        circuit.rating_ma = 32'000;
        engine::CreateChargePoint point;
        point.circuit = bench.ask_for<storage::Circuit>(circuit).id;
        point.name = "P-1";
        point.rotation = {3, 0, 0};
        CHECK(refused(bench, point).field == "rotation");
        point.rotation = {3, 1, 0};
        CHECK(bench.ask_for<storage::ChargePoint>(point).rotation == point.rotation);
    }
    TEST_CASE("current is shared by the policy of the installation, from the moment it is chosen")
    {
        EngineBench bench;
        auto const plant = make_plant(bench, 32, 2);
        two_cars_charge(bench, 16'000, plant);
        engine::SetInstallationPolicy set{plant.installation, storage::SharingPolicy::first_come};
        auto const installation = bench.ask_for<storage::Installation>(set);
        CHECK(installation.policy == storage::SharingPolicy::first_come);
        CHECK(installation.name == "Storgata 1");
        // The first is served fully: its 32 A are all that the circuit has.
        CHECK(field(bench.take_one("CP-2"), "limit") == "0");

        set.installation = {4711};
        CHECK(refused(bench, set).kind == RefusalKind::not_found);
        bench.restart();
        auto const list = bench.ask_for<std::vector<storage::Installation>>(
            engine::ListInstallations{});
        CHECK(list.at(0).policy == storage::SharingPolicy::first_come);
    }
    TEST_CASE("an installation is created with a policy")
    {
        EngineBench bench;
        engine::CreateInstallation installation;
        installation.name = "Fjordveien";
        installation.limit_ma = 63'000;
        installation.time_zone = "Europe/Oslo";
        installation.policy = storage::SharingPolicy::departure;
        CHECK(bench.ask_for<storage::Installation>(installation).policy == installation.policy);
    }
    TEST_CASE("under the policy of priority the lower number is served first")
    {
        EngineBench bench;
        auto const plant = make_plant(bench, 10, 2);  // room for one car
        bench.ask(
            engine::SetInstallationPolicy{plant.installation, storage::SharingPolicy::priority});
        bring_up_v16(bench, "CP-1");
        bring_up_v16(bench, "CP-2");
        bench.pass(12s);
        start_v16(bench, "CP-1");
        start_v16(bench, "CP-2");
        bench.take("CP-1");
        CHECK(bench.live(plant.installation).charge_points[1].limit.reason ==
              engine::LimitReason::waiting);

        engine::SetChargePointPriority set{plant.points[0], 1};
        CHECK(bench.ask_for<storage::ChargePoint>(set).priority == 1);
        CHECK(field(bench.take_one("CP-1"), "limit") == "0");
        CHECK(bench.live(plant.installation).charge_points[0].limit.reason ==
              engine::LimitReason::waiting);

        set.priority = 101;
        CHECK(refused(bench, set).field == "priority");
        set.priority = -1;
        CHECK(refused(bench, set).field == "priority");
        set.charge_point = {4711};
        CHECK(refused(bench, set).kind == RefusalKind::not_found);
        bench.restart();
        auto const list = bench.ask_for<std::vector<storage::ChargePoint>>(
            engine::ListChargePoints{plant.installation});
        CHECK(list.at(0).priority == 1);
        CHECK(list.at(1).priority == 0);
    }
    TEST_CASE("under the policy of departure the car with the least time to spare gets more")
    {
        EngineBench bench;
        auto const plant = make_plant(bench, 32, 2);
        bench.ask(
            engine::SetInstallationPolicy{plant.installation, storage::SharingPolicy::departure});
        auto const sessions = two_cars_charge(bench, 16'000, plant);
        engine::SetSessionWishes wishes;
        wishes.session = {sessions[1]};
        wishes.departs_at = bench.now.utc + 1h;
        wishes.wanted_mwh = 22'000'000;  // 32 A on three phases for an hour: no time to spare
        CHECK(std::holds_alternative<engine::Done>(bench.ask(wishes)));
        // The one that may take its time keeps little more than the least.
        CHECK(field(bench.take_one("CP-1"), "limit") == "6");

        bench.restart();
        auto const stored = bench.store.load().open_sessions;
        REQUIRE(stored.size() == 2);
        CHECK_FALSE(stored[0].departs_at);
        CHECK(stored[1].departs_at == wishes.departs_at);
        CHECK(stored[1].wanted_mwh == wishes.wanted_mwh);
        wishes.departs_at.reset();
        wishes.wanted_mwh.reset();
        bench.ask(wishes);  // forgotten
        CHECK_FALSE(bench.store.load().open_sessions[1].departs_at);
        CHECK_FALSE(bench.store.load().open_sessions[1].wanted_mwh);
    }
    TEST_CASE("wishes that cannot be met by any car, or of no running session, are refused")
    {
        EngineBench bench;
        make_plant(bench, 32, 1);
        bring_up_v16(bench, "CP-1");
        auto const id = start_v16(bench, "CP-1");
        engine::SetSessionWishes wishes;
        wishes.session = {id};
        wishes.departs_at = bench.now.utc;
        CHECK(refused(bench, wishes).field == "departs_at");
        wishes.departs_at = bench.now.utc + 1ms;
        wishes.wanted_mwh = 0;
        CHECK(refused(bench, wishes).field == "wanted_kwh");
        wishes.wanted_mwh = 1'000'000'001;  // more than 1 MWh
        CHECK(refused(bench, wishes).field == "wanted_kwh");
        wishes.wanted_mwh = 1'000'000'000;
        CHECK(std::holds_alternative<engine::Done>(bench.ask(wishes)));

        bench.send("CP-1",
            R"([2,"e","StopTransaction",{"meterStop":2000,"timestamp":"2026-06-01T13:00:00Z","transactionId":)" +
                std::to_string(id) + "}]");
        wishes.departs_at = bench.now.utc + 1h;
        CHECK(refused(bench, wishes).kind == RefusalKind::conflict);
        wishes.session = {4711};
        CHECK(refused(bench, wishes).kind == RefusalKind::not_found);
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
