// kurs-sim as a program against the server: eight stations of both versions with cars that come and
// go. Sessions of all of them appear with their energy, and Ctrl-C ends it cleanly.
#include "tests/integration/support/plant.hpp"
#include "tests/integration/support/server.hpp"
#include "tests/integration/support/waiting.hpp"

#include <doctest/doctest.h>

#include <csignal>
#include <map>

using namespace integration;

TEST_SUITE("kurs-sim")
{
    TEST_CASE("eight simulated stations charge, and their sessions are booked with energy")
    {
        // Its cars and stations react within 5 s each, at four times the speed of real time.
        constexpr int speed = 4;
        ServerProcess server({.reaction_ms = 10'000 / speed + 500});
        server.start();
        auto const someone = server.log_in();
        PlantSpec spec{.supply_a = 315, .circuit_a = 250};
        for (int i = 1; i <= 8; ++i) spec.stations.push_back("SIM-" + std::to_string(i));
        build_plant(someone, spec);

        Process sim({.program = KURS_SIM_PROGRAM,
            .arguments = {"--url",
                "ws://127.0.0.1:" + std::to_string(server.station_port()) + "/ocpp", "--stations",
                std::to_string(spec.stations.size()), "--versions", "1.6,2.0.1", "--token", card,
                "--speed", std::to_string(speed), "--gap-minutes", "0.1-0.2", "--park-minutes",
                "0.3-0.4", "--energy-kwh", "5-9", "--meter-seconds", "4", "--for", "60"},
            .folder = server.folder(),
            .name = "sim"});
        std::map<std::string, std::int64_t> booked_wh;  // the most of one session, by station
        auto const all_booked = [&] {
            if (sim.exit_code()) throw std::runtime_error("it ended: " + sim.report());
            for (auto const& session : all_sessions(someone))
                if (has(session, "ended_at")) {
                    auto& most = booked_wh[text(session, "station")];
                    most = std::max(most, thousandths(session, "energy_kwh"));
                }
            return booked_wh.size() == spec.stations.size() &&
                   std::all_of(booked_wh.begin(), booked_wh.end(),
                       [](auto const& entry) { return entry.second > 0; });
        };
        await("a session with energy at each station", all_booked, [&] { return sim.report(); });
        std::map<std::string, int> protocols;
        for (auto const& station : someone.list("station.list", "stations")) {
            CHECK(station.at("online").as_bool());
            ++protocols[text(station, "protocol")];
        }
        CHECK(protocols == std::map<std::string, int>{{"ocpp1.6", 4}, {"ocpp2.0.1", 4}});

        sim.signal(SIGINT);
        CHECK(sim.wait() == 0);
        CHECK(sim.errors() == "");
        CHECK(sim.output().find("failed_connects=0") != std::string::npos);
        auto const nobody_online = [&] {
            auto const stations = someone.list("station.list", "stations");
            return std::none_of(stations.begin(), stations.end(),
                [](json::object const& station) { return station.at("online").as_bool(); });
        };
        await("stations that have gone", nobody_online, [&] { return server.process().report(); });
        CHECK(someone.list("unbooked.list", "messages").empty());
    }
}
