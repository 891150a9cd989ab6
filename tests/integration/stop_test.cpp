// SIGTERM while stations charge and operators look on: the server says goodbye and ends with 0, and
// its sessions are there after the next start.
#include "tests/integration/support/plant.hpp"
#include "tests/integration/support/server.hpp"
#include "tests/integration/support/stations.hpp"
#include "tests/integration/support/waiting.hpp"

#include <doctest/doctest.h>

using namespace integration;

TEST_SUITE("stopping")
{
    TEST_CASE("SIGTERM ends a busy server with 0 within seconds, and its sessions go on later")
    {
        std::string const a = "STOP-16";
        std::string const b = "STOP-201";
        PlantSpec const spec{.stations = {a, b}};
        ServerProcess server;
        server.start();
        auto const plant = build_plant(server.log_in(), spec);
        Stations stations;
        stations.server_at(server.station_port());
        stations.add(quick_station(a, ocpp::Version::v16));
        stations.add(quick_station(b, ocpp::Version::v201));
        await_ready(server.log_in(), plant, spec);
        for (auto const& station : {a, b}) stations.plug_in(station, quick_car(), card);
        stations.await("both charge",
            [&] { return stations.currents_ma(a)[0] > 0 && stations.currents_ma(b)[0] > 0; });
        Process watch({.program = KURS_PROGRAM,
            .arguments = {"watch", "--installation", std::to_string(plant.installation)},
            .environment = {"KURS_SERVER=" + server.operator_url(),
                "KURS_USER=" + server.login().user, "KURS_PASSWORD=" + server.login().password},
            .folder = server.folder(),
            .name = "watch"});
        await(
            "a live view", [&] { return !watch.output().empty(); }, [&] { return watch.report(); });
        auto const open = all_sessions(server.log_in(), true);
        CHECK(open.size() == 2);

        auto const asked = std::chrono::steady_clock::now();
        CHECK(server.stop() == 0);
        // kurs.toml gives stations 3 s to say goodbye; these do so at once.
        CHECK(std::chrono::steady_clock::now() - asked < 3s);
        CHECK(server.process().errors().find("event=stopped in_time=yes") != std::string::npos);
        watch.wait();
        stations.await(
            "both are offline", [&] { return !stations.online(a) && !stations.online(b); });

        server.start();
        stations.server_at(server.station_port());
        for (auto const& station : {a, b}) {
            stations.await("it is back", [&] { return stations.online(station); });
            CHECK(stations.session(station).has_value());
            stations.unplug(station);
            stations.await("everything is told", [&] { return stations.delivered(station); });
        }
        auto const someone = server.log_in();
        CHECK(all_sessions(someone, true).empty());
        CHECK(all_sessions(someone).size() == open.size());
    }
}
