#include "tests/engine/engine_bench.hpp"

#include <doctest/doctest.h>

using namespace test;

namespace {

storage::SessionSummary only_session(EngineBench& bench)
{
    std::vector<storage::SessionSummary> found;
    bench.store.read_sessions({}, [&](auto sessions) { found = std::move(sessions); });
    REQUIRE(found.size() == 1);
    return found[0];
}

std::size_t count_sessions(EngineBench& bench)
{
    std::size_t count = 0;
    bench.store.read_sessions({}, [&](auto sessions) { count = sessions.size(); });
    return count;
}

std::size_t count_unbooked(EngineBench& bench)
{
    std::size_t count = 0;
    bench.store.read_unbooked({}, [&](auto messages) { count = messages.size(); });
    return count;
}

std::string event(std::string const& type, int seq, std::string const& time,
    std::string const& more, std::string const& transaction = R"("transactionId":"T1")")
{
    return R"([2,"e)" + std::to_string(seq) + R"(","TransactionEvent",{"eventType":")" + type +
           R"(","timestamp":")" + time + R"(","triggerReason":"Trigger","seqNo":)" +
           std::to_string(seq) + R"(,"transactionInfo":{)" + transaction + "}" + more + "}]";
}

std::string meter(std::string const& time, double kwh)
{
    return R"(,"meterValue":[{"timestamp":")" + time + R"(","sampledValue":[{"value":)" +
           std::to_string(kwh) + R"(,"unitOfMeasure":{"unit":"kWh"}}]}])";
}

constexpr auto evse_and_token =
    R"(,"evse":{"id":1,"connectorId":1},"idToken":{"idToken":"04AABB","type":"ISO14443"})";

}

TEST_SUITE("transactions")
{
    TEST_CASE("1.6: start, meter values and stop make one session with the right energy")
    {
        EngineBench bench;
        auto const plant = make_plant(bench, 32, 1);
        bring_up_v16(bench, "CP-1");
        auto const id = std::to_string(start_v16(bench, "CP-1", good_token, 1000));
        bench.send("CP-1",
            R"([2,"m","MeterValues",{"connectorId":1,"transactionId":)" + id +
                R"(,"meterValue":[{"timestamp":"2026-06-01T12:10:00Z","sampledValue":[{"value":"2.5","unit":"kWh","measurand":"Energy.Active.Import.Register"},)"
                R"({"value":"15.9","measurand":"Current.Import","phase":"L1","unit":"A"},{"value":"16.0","measurand":"Current.Import","phase":"L2","unit":"A"},{"value":"16.1","measurand":"Current.Import","phase":"L3","unit":"A"}]}]}])");
        CHECK(bench.take_one("CP-1") == R"([3,"m",{}])");
        auto const live = bench.live(plant.installation);
        CHECK(live.charge_points[0].current_ma == engine::LiveCurrents{15'900, 16'000, 16'100});
        CHECK(live.nodes[0].current_ma == engine::LiveCurrents{15'900, 16'000, 16'100});
        REQUIRE(live.charge_points[0].session);
        CHECK(live.charge_points[0].session->energy_mwh == 1'500'000);  // 2500 Wh - 1000 Wh
        bench.send("CP-1",
            R"([2,"e","StopTransaction",{"idTag":"04aabb","meterStop":4000,"timestamp":"2026-06-01T13:00:00Z","transactionId":)" +
                id + R"(,"reason":"EVDisconnected"}])");
        CHECK(bench.take_one("CP-1") == R"([3,"e",{"idTagInfo":{"status":"Accepted"}}])");
        auto const session = only_session(bench).session;
        CHECK(session.id.value == std::stoll(id));
        CHECK(session.meter_start_mwh == 1'000'000);
        CHECK(session.meter_stop_mwh == 4'000'000);
        CHECK(session.stop_reason == "EVDisconnected");
        CHECK(session.token == good_token);
    }
    TEST_CASE("a phase rotation maps terminals to lines")
    {
        EngineBench bench;
        auto const plant = make_plant(bench, 32, 0);
        engine::CreateChargePoint point;
        point.circuit = plant.circuit;
        point.name = "turned";
        point.rotation = {2, 3, 1};
        point.active = true;
        engine::AssignStation assign;
        assign.charge_point = bench.ask_for<storage::ChargePoint>(point).id;
        assign.station = {"CP-1"};
        bench.ask(assign);
        bring_up_v16(bench, "CP-1");
        auto const id = std::to_string(start_v16(bench, "CP-1"));
        bench.send("CP-1",
            R"([2,"m","MeterValues",{"connectorId":1,"transactionId":)" + id +
                R"(,"meterValue":[{"timestamp":"2026-06-01T12:10:00Z","sampledValue":[{"value":"16","measurand":"Current.Import","phase":"L1"},{"value":"0","measurand":"Current.Import","phase":"L2"},{"value":"0","measurand":"Current.Import","phase":"L3"}]}]}])");
        CHECK(bench.live(plant.installation).charge_points[0].current_ma ==
              engine::LiveCurrents{0, 16'000, 0});  // terminal L1 is wired to line L2
    }
    TEST_CASE("a repeated StartTransaction gets the same id, also after a restart and another one")
    {
        EngineBench bench;
        make_plant(bench, 32, 1);
        bring_up_v16(bench, "CP-1");
        constexpr auto start =
            R"([2,"%","StartTransaction",{"connectorId":1,"idTag":"04AABB","meterStart":5,"timestamp":"2026-06-01T11:00:00Z"}])";
        bench.send("CP-1", start);
        auto const first = bench.take("CP-1").at(0);
        bench.send("CP-1", start);
        CHECK(bench.take("CP-1").at(0) == first);
        bench.restart();
        bench.connect("CP-1", ocpp::Version::v16);
        bench.send("CP-1", start);
        auto const frames = bench.take("CP-1");
        CHECK(std::find(frames.begin(), frames.end(), first) != frames.end());
        CHECK(count_sessions(bench) == 1);
    }
    TEST_CASE("a repeated StopTransaction gets the same answer and changes nothing")
    {
        EngineBench bench;
        make_plant(bench, 32, 1);
        bring_up_v16(bench, "CP-1");
        auto const id = std::to_string(start_v16(bench, "CP-1", good_token, 0));
        auto const stop =
            R"([2,"e","StopTransaction",{"meterStop":4000,"timestamp":"2026-06-01T13:00:00Z","transactionId":)" +
            id + "}]";
        bench.send("CP-1", stop);
        CHECK(bench.take_one("CP-1") == R"([3,"e",{}])");
        bench.send("CP-1", stop);
        CHECK(bench.take_one("CP-1") == R"([3,"e",{}])");
        CHECK(only_session(bench).session.meter_stop_mwh == 4'000'000);
    }
    TEST_CASE("an answer that promises leaves after the commit, not before")
    {
        EngineBench bench;
        make_plant(bench, 32, 1);
        bring_up_v16(bench, "CP-1");
        bench.auto_commit = false;
        bench.send("CP-1",
            R"([2,"s","StartTransaction",{"connectorId":1,"idTag":"04AABB","meterStart":5,"timestamp":"2026-06-01T11:00:00Z"}])");
        bench.send("CP-1", R"([2,"h","Heartbeat",{}])");
        CHECK(bench.take_one("CP-1").starts_with(R"([3,"h")"));  // which promises nothing
        bench.commit();
        CHECK(bench.take("CP-1").at(0).starts_with(R"([3,"s")"));
    }
    TEST_CASE("a repetition that comes before the commit of the first waits for that commit")
    {
        EngineBench bench;
        make_plant(bench, 32, 1);
        bring_up_v16(bench, "CP-1");
        bench.auto_commit = false;
        constexpr auto start =
            R"([2,"s","StartTransaction",{"connectorId":1,"idTag":"04AABB","meterStart":5,"timestamp":"2026-06-01T11:00:00Z"}])";
        bench.send("CP-1", start);
        bench.send("CP-1", start);
        CHECK(bench.take("CP-1").empty());
        bench.commit();
        auto frames = bench.take("CP-1");
        std::erase_if(frames, [](auto const& frame) { return !frame.starts_with("[3"); });
        REQUIRE(frames.size() == 2);
        CHECK(frames[0] == frames[1]);
    }
    TEST_CASE("while the store takes no writes nothing is acknowledged, and afterwards it goes on")
    {
        EngineBench bench;
        make_plant(bench, 32, 1);
        bring_up_v16(bench, "CP-1");
        bench.set_store_writable(false);
        constexpr auto start =
            R"([2,"s","StartTransaction",{"connectorId":1,"idTag":"04AABB","meterStart":5,"timestamp":"2026-06-01T11:00:00Z"}])";
        bench.send("CP-1", start);
        CHECK(bench.take_one("CP-1").starts_with(R"([4,"s","InternalError")"));  // it will repeat
        bench.set_store_writable(true);
        bench.send("CP-1", start);
        CHECK(bench.take("CP-1").at(0).starts_with(R"([3,"s")"));
        CHECK(count_sessions(bench) == 1);
    }
    TEST_CASE("a stop with an id that was never given finds the station's only open session")
    {
        for (auto const* id : {"-1", "0", "999999", "9223372036854775807"}) {
            CAPTURE(id);
            EngineBench bench;
            make_plant(bench, 32, 1);
            bring_up_v16(bench, "CP-1");
            start_v16(bench, "CP-1");
            bench.send("CP-1",
                R"([2,"e","StopTransaction",{"idTag":"04AABB","meterStop":4000,"timestamp":"2026-06-01T13:00:00Z","transactionId":)" +
                    std::string(id) + "}]");
            CHECK(bench.take_one("CP-1").starts_with(R"([3,"e",)"));
            CHECK(only_session(bench).session.meter_stop_mwh == 4'000'000);
            CHECK(count_unbooked(bench) == 0);
        }
    }
    TEST_CASE("a stop that fits nothing is accepted and kept for the operator")
    {
        EngineBench bench;
        make_plant(bench, 32, 2);
        bring_up_v16(bench, "CP-1");
        bring_up_v16(bench, "CP-2");
        auto const id = std::to_string(start_v16(bench, "CP-1"));
        auto const stop =
            R"([2,"e","StopTransaction",{"meterStop":4000,"timestamp":"2026-06-01T13:00:00Z","transactionId":)" +
            id + "}]";
        bench.send("CP-2", stop);  // another station's session is not touched
        CHECK(bench.take_one("CP-2") == R"([3,"e",{}])");
        CHECK_FALSE(only_session(bench).session.ended_at);
        CHECK(count_unbooked(bench) == 1);
        bench.store.read_unbooked({}, [&](auto messages) { CHECK(messages.at(0).frame == stop); });
    }
    TEST_CASE("a new start on a busy connector closes the old session with the best energy known")
    {
        EngineBench bench;
        auto const plant = make_plant(bench, 32, 1);
        bring_up_v16(bench, "CP-1");
        auto const id = std::to_string(start_v16(bench, "CP-1", good_token, 1000));
        bench.send("CP-1",
            R"([2,"m","MeterValues",{"connectorId":1,"transactionId":)" + id +
                R"(,"meterValue":[{"timestamp":"2026-06-01T12:10:00Z","sampledValue":[{"value":"1700"}]}]}])");
        bench.take("CP-1");
        bench.pass(20min);
        auto const second = start_v16(bench, "CP-1", good_token, 1800);
        CHECK(std::to_string(second) != id);
        bench.store.read_sessions({}, [&](auto sessions) {
            REQUIRE(sessions.size() == 2);  // newest first
            CHECK(sessions[1].session.closing == storage::Closing::replaced);
            CHECK(sessions[1].session.ended_at == sessions[0].session.started_at);
            CHECK(sessions[1].last_register_mwh == 1'700'000);
            CHECK_FALSE(sessions[0].session.ended_at);
        });
        CHECK(bench.live(plant.installation).charge_points[0].session->id.value == second);
    }
    TEST_CASE("2.0.1: the events of one transaction make one session, in any order and repeated")
    {
        auto const started = event("Started", 0, "2026-06-01T11:00:00Z",
            evse_and_token + meter("2026-06-01T11:00:00Z", 10.0));
        auto const updated = event("Updated", 1, "2026-06-01T11:30:00Z",
            meter("2026-06-01T11:30:00Z", 12.5),
            R"("transactionId":"T1","chargingState":"Charging")");
        auto const ended = event("Ended", 2, "2026-06-01T12:00:00Z",
            meter("2026-06-01T12:00:00Z", 15.25),
            R"("transactionId":"T1","stoppedReason":"EVDisconnected")");
        for (auto const& order : {std::vector{started, updated, ended},
                 std::vector{started, started, updated, updated, ended, ended, started},
                 std::vector{started, ended, updated}, std::vector{ended, updated, started}}) {
            EngineBench bench;
            make_plant(bench, 32, 1);
            bench.connect("CP-1", ocpp::Version::v201);
            bench.take("CP-1");
            for (auto const& frame : order) {
                bench.send("CP-1", frame);
                CHECK(bench.take("CP-1").at(0).starts_with(R"([3,"e)"));
            }
            auto const session = only_session(bench).session;
            CHECK(session.station_key == "T1");
            CHECK(session.meter_start_mwh == 10'000'000);
            CHECK(session.meter_stop_mwh == 15'250'000);
            CHECK(session.stop_reason == "EVDisconnected");
            CHECK(session.token == good_token);
            CHECK(session.started_at == noon - 1h);
            CHECK(session.ended_at == noon);
            CHECK(session.recorded_offline);  // reported an hour late
        }
    }
    TEST_CASE("2.0.1: a token in an event is judged, and nothing is answered where none was shown")
    {
        EngineBench bench;
        make_plant(bench, 32, 1);
        bench.connect("CP-1", ocpp::Version::v201);
        bench.take("CP-1");
        bench.send("CP-1", event("Started", 0, "2026-06-01T12:00:00Z", R"(,"evse":{"id":1})"));
        CHECK(bench.take("CP-1").at(0) == R"([3,"e0",{}])");
        bench.send("CP-1", event("Updated", 1, "2026-06-01T12:00:01Z",
                               R"(,"idToken":{"idToken":"04aabb","type":"ISO14443"})"));
        CHECK(bench.take("CP-1").at(0) == R"([3,"e1",{"idTokenInfo":{"status":"Accepted"}}])");
        bench.send("CP-1", event("Updated", 2, "2026-06-01T12:00:02Z",
                               R"(,"idToken":{"idToken":"nobody","type":"ISO14443"})"));
        CHECK(bench.take("CP-1").back() == R"([3,"e2",{"idTokenInfo":{"status":"Unknown"}}])");
    }
    TEST_CASE("tokens: blocked, expired and unknown ones are told apart, and open access takes all")
    {
        EngineBench bench;
        auto const plant = make_plant(bench, 32, 1);
        bring_up_v16(bench, "CP-1");
        storage::Token blocked;
        blocked.value = "BAD";
        blocked.status = storage::TokenStatus::blocked;
        bench.ask(engine::PutToken{blocked});
        storage::Token old;
        old.value = "OLD";
        old.expires_at = noon - 1s;
        bench.ask(engine::PutToken{old});
        auto const status = [&](std::string const& tag) {
            bench.send("CP-1", R"([2,"a","Authorize",{"idTag":")" + tag + R"("}])");
            return field(bench.take_one("CP-1"), "status");
        };
        CHECK(status(good_token) == "Accepted");
        CHECK(status("04aabb") == "Accepted");
        CHECK(status("BAD") == "Blocked");
        CHECK(status("OLD") == "Expired");
        CHECK(status("WHO") == "Invalid");
        engine::CreateChargePoint open;
        open.circuit = plant.circuit;
        open.name = "open";
        open.active = true;
        open.open_access = true;
        engine::AssignStation assign;
        assign.charge_point = bench.ask_for<storage::ChargePoint>(open).id;
        assign.station = {"CP-9"};
        bench.ask(assign);
        bring_up_v16(bench, "CP-9");
        bench.send("CP-9", R"([2,"a","Authorize",{"idTag":"WHO"}])");
        CHECK(field(bench.take_one("CP-9"), "status") == "Accepted");
    }
}
