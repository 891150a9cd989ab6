// kill -9 in the middle of sessions: they go on after the restart, their energy is right, the
// circuit's limit holds at every instant, and a station that repeats itself gets the same answer.
#include "tests/integration/support/exchanges.hpp"
#include "tests/integration/support/raw_station.hpp"
#include "tests/integration/support/rides.hpp"
#include "tests/integration/support/server.hpp"
#include "tests/integration/support/waiting.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace integration;

namespace {

constexpr sim::TerminalCurrents half{16'000, 16'000, 16'000};
constexpr sim::TerminalCurrents whole{32'000, 32'000, 32'000};

std::set<std::int64_t> ids_of(std::vector<json::object> const& sessions)
{
    std::set<std::int64_t> ids;
    for (auto const& session : sessions) ids.insert(integer(session, "id"));
    return ids;
}

}

TEST_SUITE("a killed server")
{
    TEST_CASE("sessions go on after kill -9, with the right energy, and no fuse is exceeded")
    {
        std::string const a = "KILL-16";
        std::string const b = "KILL-201";
        PlantSpec const spec{.circuit_a = 32, .stations = {a, b}};
        ServerProcess server;
        server.start();
        auto someone = server.log_in();
        auto const plant = build_plant(someone, spec);
        Stations stations;
        stations.server_at(server.station_port());
        auto config = quick_station(a, ocpp::Version::v16);
        config.register_start_wh = 1'234'567;
        stations.add(config);
        stations.add(quick_station(b, ocpp::Version::v201));
        stations.fuse("Kurs 1", 32'000, {a, b});
        await_ready(someone, plant, spec);
        stations.plug_in(a, quick_car(), card);
        stations.plug_in(b, quick_car(), card);
        auto const both = [&](sim::TerminalCurrents const& lines) {
            return stations.currents_ma(a) == lines && stations.currents_ma(b) == lines;
        };
        stations.await("16 A each", [&] { return both(half); });
        auto const before = all_sessions(someone, true);
        CHECK(before.size() == 2);

        server.kill();
        stations.await(
            "both are offline", [&] { return !stations.online(a) && !stations.online(b); });
        auto const register_then = stations.register_wh(a);
        stations.await("cars that charge without a server",
            [&] { return stations.register_wh(a) >= register_then + 3; });
        CHECK(both(half));
        server.start();
        someone = server.log_in();
        CHECK(ids_of(all_sessions(someone, true)) == ids_of(before));
        stations.server_at(server.station_port());
        stations.await("all that happened is told", [&] {
            return stations.online(a) && stations.online(b) && stations.delivered(a) &&
                   stations.delivered(b);
        });
        CHECK(ids_of(all_sessions(someone)) == ids_of(before));

        std::vector<Ride> rides{end_ride(stations, a)};
        stations.await(
            "32 A for the one that stays", [&] { return stations.currents_ma(b) == whole; });
        stations.plug_in(a, quick_car(fast_reaction), card);
        stations.await("16 A each again", [&] { return both(half); });
        rides.push_back(end_ride(stations, b));
        rides.push_back(end_ride(stations, a));
        CHECK(rides[0].stop_wh > rides[0].start_wh);
        CHECK(rides[1].stop_wh > rides[1].start_wh);
        check_booked(stations, someone, rides);
        for (auto const id : ids_of(before)) CHECK(ids_of(all_sessions(someone)).contains(id));
        CHECK(stations.overloads() == "");
    }
    TEST_CASE("what was acknowledged is there once, and a repeated message gets the same answer")
    {
        std::string const a = "REPEAT-16";
        std::string const b = "REPEAT-201";
        ServerProcess server;
        server.start();
        auto someone = server.log_in();
        build_plant(someone, {.stations = {a, b}});

        std::string const start =
            R"({"connectorId":1,"idTag":"04A1B2C3","meterStart":5000,"timestamp":"2026-01-15T10:00:00Z"})";
        std::string const event_head =
            R"({"timestamp":"2026-01-15T10:00:00Z","triggerReason":"Authorized","seqNo":0,)"
            R"("transactionInfo":{"transactionId":"tx-1"},"evse":{"id":1,"connectorId":1},)"
            R"("idToken":{"idToken":"04A1B2C3","type":"ISO14443"},)"
            R"("meterValue":[{"timestamp":"2026-01-15T10:00:00Z","sampledValue":[)"
            R"({"value":7000,"unitOfMeasure":{"unit":"Wh"}}]}],"eventType":)";
        auto const values = [](std::int64_t id) {
            return R"({"connectorId":1,"transactionId":)" + std::to_string(id) +
                   R"(,"meterValue":[{"timestamp":"2026-01-15T10:10:00Z",)"
                   R"("sampledValue":[{"value":"5600"}]}]})";
        };
        std::string const boot_16 = R"({"chargePointVendor":"V","chargePointModel":"M"})";
        std::string const boot_201 =
            R"({"reason":"PowerUp","chargingStation":{"vendorName":"V","model":"M"}})";
        std::int64_t id = 0;
        {
            RawStation old_one(server.station_port(), a, "ocpp1.6");
            RawStation new_one(server.station_port(), b, "ocpp2.0.1");
            CHECK(text(old_one.call("BootNotification", boot_16), "status") == "Accepted");
            CHECK(text(new_one.call("BootNotification", boot_201), "status") == "Accepted");
            auto const answer = old_one.call("StartTransaction", start);
            CHECK(text(child(answer, "idTagInfo"), "status") == "Accepted");
            id = integer(answer, "transactionId");
            CHECK(old_one.call("MeterValues", values(id)).empty());
            new_one.call("TransactionEvent", event_head + "\"Started\"}");
            server.kill();
        }
        server.start();
        someone = server.log_in();
        auto const kept = all_sessions(someone);
        CHECK(kept.size() == 2);
        RawStation old_one(server.station_port(), a, "ocpp1.6");
        RawStation new_one(server.station_port(), b, "ocpp2.0.1");
        for (int repeat = 0; repeat < 2; ++repeat) {
            CHECK(integer(old_one.call("StartTransaction", start), "transactionId") == id);
            old_one.call("MeterValues", values(id));
            new_one.call("TransactionEvent", event_head + "\"Started\"}");
        }
        CHECK(ids_of(all_sessions(someone)) == ids_of(kept));
        std::string const stop = R"({"transactionId":)" + std::to_string(id) +
                                 R"(,"meterStop":6200,"timestamp":"2026-01-15T11:00:00Z"})";
        old_one.call("StopTransaction", stop);
        server.kill();

        server.start();
        someone = server.log_in();
        RawStation again(server.station_port(), a, "ocpp1.6");
        again.call("StopTransaction", stop);
        auto const sessions = sessions_of(someone, a);
        REQUIRE(sessions.size() == 1);
        CHECK(integer(sessions[0], "id") == id);
        CHECK(thousandths(sessions[0], "meter_start_kwh") == 5000);
        CHECK(thousandths(sessions[0], "meter_stop_kwh") == 6200);
        CHECK(thousandths(sessions[0], "energy_kwh") == 1200);
        CHECK(text(sessions[0], "ended_at") == "2026-01-15T11:00:00Z");
        auto const samples = someone.list("session.samples", "samples", {{"session", id}});
        REQUIRE(samples.size() == 1);
        CHECK(text(samples[0], "at") == "2026-01-15T10:10:00Z");
        CHECK(thousandths(samples[0], "energy_kwh") == 5600);
        auto const started = sessions_of(someone, b);
        REQUIRE(started.size() == 1);
        CHECK(thousandths(started[0], "meter_start_kwh") == 7000);
        CHECK(someone.list("unbooked.list", "messages").empty());
    }
}
