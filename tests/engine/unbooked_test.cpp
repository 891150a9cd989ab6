// Messages that fit no session: kept, booked when the missing report comes, or by an operator.
#include "server/engine/energy/energy.hpp"
#include "tests/engine/engine_bench.hpp"

#include <doctest/doctest.h>

using namespace test;

namespace {

std::vector<storage::UnbookedMessage> messages(EngineBench& bench)
{
    std::vector<storage::UnbookedMessage> all;
    for (auto const& [id, message] : bench.disk.unbooked) all.push_back(message);
    return all;
}

storage::Session session(EngineBench& bench, std::int64_t id)
{
    return bench.disk.sessions.at(storage::SessionId{id});
}

engine::Reply resolve(EngineBench& bench, storage::UnbookedMessage const& message,
    engine::Resolution resolution, std::optional<storage::Session> to = std::nullopt,
    std::optional<storage::ChargePointId> point = std::nullopt)
{
    engine::ResolveUnbooked command;
    command.message = message;
    command.resolution = resolution;
    command.session = to;
    command.charge_point = point;
    command.user = "anna";
    return bench.ask(command);
}

// A stop of a transaction that nobody knows, with the register at its begin and end.
constexpr auto orphan =
    R"([2,"o","StopTransaction",{"transactionId":-1,"idTag":"OTHER","meterStop":7000,)"
    R"("timestamp":"2026-06-01T11:00:00Z","transactionData":[)"
    R"({"timestamp":"2026-06-01T09:00:00Z","sampledValue":[{"value":"2000","context":"Transaction.Begin"}]},)"
    R"({"timestamp":"2026-06-01T11:00:00Z","sampledValue":[{"value":"7000","context":"Transaction.End"}]}]}])";

constexpr auto orphan_again =
    R"([2,"p","StopTransaction",{"transactionId":-1,"idTag":"OTHER","meterStop":7000,)"
    R"("timestamp":"2026-06-01T11:00:00Z","transactionData":[)"
    R"({"timestamp":"2026-06-01T09:00:00Z","sampledValue":[{"value":"2000","context":"Transaction.Begin"}]},)"
    R"({"timestamp":"2026-06-01T11:00:00Z","sampledValue":[{"value":"7000","context":"Transaction.End"}]}]}])";

}

TEST_SUITE("messages that fit no session")
{
    TEST_CASE("one that is repeated is kept once")
    {
        EngineBench bench;
        make_plant(bench, 32, 1);
        bring_up_v16(bench, "CP-1");
        bench.send("CP-1", orphan);
        CHECK(bench.take_one("CP-1").starts_with(R"([3,"o",)"));
        bench.send("CP-1", orphan_again);
        CHECK(bench.take_one("CP-1").starts_with(R"([3,"p",)"));
        REQUIRE(messages(bench).size() == 1);
        CHECK(messages(bench)[0].frame == orphan);
        bench.restart();
        bring_up_v16(bench, "CP-1");
        bench.send("CP-1", orphan_again);
        CHECK(messages(bench).size() == 1);
    }

    TEST_CASE("an operator makes a session of it: the energy is what its readings tell")
    {
        EngineBench bench;
        auto const plant = make_plant(bench, 32, 1);
        bring_up_v16(bench, "CP-1");
        bench.send("CP-1", orphan);
        auto const message = messages(bench).at(0);
        auto const reply = resolve(
            bench, message, engine::Resolution::make_session, std::nullopt, plant.points[0]);
        REQUIRE(std::holds_alternative<engine::Done>(reply));
        auto const resolved = messages(bench).at(0);
        CHECK(resolved.state == storage::UnbookedState::made);
        CHECK(resolved.resolved_by == "anna");
        REQUIRE(resolved.session);
        auto const made = session(bench, resolved.session->value);
        CHECK(made.started_at == noon - 3h);  // of the first reading
        CHECK_FALSE(made.start_reported);
        CHECK(made.ended_at == noon - 1h);
        CHECK(made.closing == storage::Closing::station);
        // 7000 - 2000 Wh.
        CHECK(engine::energy_of(made, bench.disk.samples_of(made.id)).energy_mwh == 5'000'000);
        // Who did it is kept, and it cannot be done twice.
        REQUIRE(bench.disk.audit.size() == 1);
        CHECK(bench.disk.audit.begin()->user == "anna");
        CHECK(bench.disk.audit.begin()->action == "unbooked.make_session");
        CHECK(std::holds_alternative<engine::Refused>(
            resolve(bench, resolved, engine::Resolution::set_aside)));
    }

    TEST_CASE("an operator attaches it to a session of its station, and to no other's")
    {
        EngineBench bench;
        make_plant(bench, 32, 2);
        bring_up_v16(bench, "CP-1");
        bring_up_v16(bench, "CP-2");
        auto const own = start_v16(bench, "CP-1");
        auto const foreign = start_v16(bench, "CP-2");
        bench.send("CP-1", orphan);  // another token, and before the start: it fits nothing
        auto const message = messages(bench).at(0);
        auto const refused = resolve(
            bench, message, engine::Resolution::attach, session(bench, foreign));
        REQUIRE(std::holds_alternative<engine::Refused>(refused));
        CHECK(std::get<engine::Refused>(refused).field == "session");
        CHECK(messages(bench).at(0).state == storage::UnbookedState::waiting);
        REQUIRE(std::holds_alternative<engine::Done>(
            resolve(bench, message, engine::Resolution::attach, session(bench, own))));
        CHECK(messages(bench).at(0).state == storage::UnbookedState::attached);
        CHECK(session(bench, own).meter_stop_mwh == 7'000'000);
        CHECK_FALSE(session(bench, foreign).ended_at);
    }

    TEST_CASE("what came over a connector that nobody had assigned is booked when somebody has")
    {
        EngineBench bench;
        auto const plant = make_plant(bench, 32, 1);
        bring_up_v16(bench, "CP-1");
        bench.send("CP-1", R"([2,"s","StartTransaction",{"connectorId":2,"idTag":"04AABB",)"
                           R"("meterStart":1000,"timestamp":"2026-06-01T11:00:00Z"}])");
        auto const id = field(bench.take_one("CP-1"), "transactionId");
        bench.send("CP-1", R"([2,"e","StopTransaction",{"transactionId":)" + id +
                               R"(,"meterStop":4000,"timestamp":"2026-06-01T11:30:00Z"}])");
        bench.take("CP-1");
        CHECK(messages(bench).size() == 2);
        CHECK(bench.disk.sessions.empty());
        engine::CreateChargePoint point;
        point.circuit = plant.circuit;
        point.name = "P-2";
        engine::AssignStation assign;
        assign.charge_point = bench.ask_for<storage::ChargePoint>(point).id;
        assign.station = {"CP-1"};
        assign.evse = {2};
        bench.ask(assign);
        // Under the transaction id that the station was given.
        auto const booked = session(bench, std::atoll(id.c_str()));
        CHECK(booked.charge_point == assign.charge_point);
        CHECK(booked.meter_start_mwh == 1'000'000);
        CHECK(booked.meter_stop_mwh == 4'000'000);
        CHECK(booked.closing == storage::Closing::station);
        for (auto const& message : messages(bench))
            CHECK(message.state == storage::UnbookedState::booked);
    }

    TEST_CASE(
        "a report of a session that has left memory is booked to it, and calls keep their order")
    {
        EngineBench bench;
        make_plant(bench, 32, 1);
        bring_up_v16(bench, "CP-1");
        std::vector<std::string> starts;
        std::vector<std::string> answers;
        for (int n = 0; n < 50; ++n) {
            auto const minute = std::to_string(10 + n);
            starts.push_back(R"([2,"s","StartTransaction",{"connectorId":1,"idTag":"04AABB",)"
                             R"("meterStart":)" +
                             std::to_string(n * 100) + R"(,"timestamp":"2026-05-01T11:)" + minute +
                             R"(:00Z"}])");
            bench.send("CP-1", starts.back());
            answers.push_back(bench.take("CP-1").at(0));
            auto const id = field(answers.back(), "transactionId");
            bench.send("CP-1", R"([2,"e","StopTransaction",{"transactionId":)" + id +
                                   R"(,"meterStop":)" + std::to_string(n * 100 + 50) +
                                   R"(,"timestamp":"2026-05-01T11:)" + minute + R"(:30Z"}])");
            bench.take("CP-1");
        }
        auto const asked = bench.look_ups;
        bench.send("CP-1", starts[0]);
        CHECK(bench.take("CP-1").at(0) == answers[0]);
        CHECK(bench.look_ups == asked + 1);
        CHECK(bench.disk.sessions.size() == 50);
        // Its values, late: they join the session of long ago.
        auto const id = field(answers[1], "transactionId");
        bench.send("CP-1", R"([2,"m","MeterValues",{"connectorId":1,"transactionId":)" + id +
                               R"(,"meterValue":[{"timestamp":"2026-05-01T11:11:10Z",)"
                               R"("sampledValue":[{"value":"120"}]}]}])");
        CHECK(bench.take("CP-1").at(0) == R"([3,"m",{}])");
        CHECK(bench.disk.samples_of({std::atoll(id.c_str())}).size() == 1);
    }

    TEST_CASE("a station that was taken off the wall and comes back finds its old sessions again")
    {
        auto settings = quick_settings();
        settings.shard = 1;
        settings.shard_count = 2;
        EngineBench bench(settings);
        auto const plant = make_plant(bench, 32, 1);
        bring_up_v16(bench, "CP-1");
        std::string const start = R"([2,"s","StartTransaction",{"connectorId":1,"idTag":"04AABB",)"
                                  R"("meterStart":5,"timestamp":"2026-06-01T12:00:00Z"}])";
        bench.send("CP-1", start);
        auto const answer = bench.take("CP-1").at(0);
        bench.ask(engine::ReleaseStation{plant.points[0]});
        bench.move_away("CP-1");
        engine::AssignStation assign;
        assign.station = {"CP-1"};
        assign.charge_point = plant.points[0];
        bench.ask(assign);
        storage::Station station;
        station.identity = {"CP-1"};
        bench.move_here(station);
        bring_up_v16(bench, "CP-1");
        bench.send("CP-1", start);
        CHECK(bench.take("CP-1").at(0) == answer);
        CHECK(bench.disk.sessions.size() == 1);
    }
}
