// A station that nobody has claimed: operators see it, it may not charge, and once it is assigned
// its next boot is accepted and it charges, on the connection that it has all along. The server has
// two shards with installations on both, and unclaimed stations begin on the first.
#include "tests/integration/support/exchanges.hpp"
#include "tests/integration/support/plant.hpp"
#include "tests/integration/support/raw_station.hpp"
#include "tests/integration/support/server.hpp"
#include "tests/integration/support/waiting.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <set>

using namespace integration;

namespace {

struct Newcomer {
    std::string identity;
    ocpp::Version version;
};

json::object listed(Operator const& someone, std::string const& identity)
{
    for (auto const& station : someone.list("station.list", "stations"))
        if (text(station, "identity") == identity) return station;
    return {};
}

std::vector<std::string> boot_answers(Stations const& stations, std::string const& identity)
{
    std::vector<std::string> answers;
    for (auto const& exchange : exchanges_of(stations.frames()))
        if (exchange.station == identity && exchange.action == "BootNotification" &&
            exchange.answered)
            answers.push_back(text(exchange.answer, "status"));
    return answers;
}

}

TEST_SUITE("unclaimed stations")
{
    TEST_CASE("an unclaimed station is seen, may not charge, and is accepted once it is assigned")
    {
        constexpr int shards = 2;
        ServerProcess server({.threads = shards});
        server.start();
        auto const someone = server.log_in();
        std::array<Newcomer, 4> const newcomers{
            {{"NEW-1", ocpp::Version::v16}, {"NEW-2", ocpp::Version::v16},
                {"NEW-3", ocpp::Version::v201}, {"NEW-4", ocpp::Version::v201}}};
        std::vector<Plant> plants;
        std::set<std::int64_t> shards_used;
        std::vector<std::int64_t> points;
        for (auto const& newcomer : newcomers) {
            plants.push_back(build_plant(someone, {.name = "Plant of " + newcomer.identity}));
            shards_used.insert(plants.back().installation % shards);
            points.push_back(add_charge_point(someone, plants.back().circuit, "P"));
        }
        CHECK(shards_used.size() == shards);

        Stations stations;
        stations.server_at(server.station_port());
        for (auto const& newcomer : newcomers) {
            stations.add(quick_station(newcomer.identity, newcomer.version));
            stations.plug_in(newcomer.identity, quick_car(), card);
        }
        for (auto const& newcomer : newcomers) {
            auto const& identity = newcomer.identity;
            stations.await("it hears that it must wait", [&] {
                return boot_answers(stations, identity) == std::vector<std::string>{"Pending"};
            });
            auto const station = listed(someone, identity);
            CHECK(station.at("online").as_bool());
            CHECK(text(station, "vendor") == "Kurs");
            CHECK_FALSE(has(station, "charge_point"));
            CHECK_FALSE(stations.session(identity).has_value());
        }
        RawStation impatient(server.station_port(), "NEW-RAW", "ocpp1.6");
        auto const refusal = impatient.ask("StartTransaction",
            R"({"connectorId":1,"idTag":"04A1B2C3","meterStart":0,"timestamp":"2026-01-15T10:00:00Z"})");
        CHECK(refusal.at(0).as_int64() == 4);
        CHECK(refusal.at(2).as_string() == "SecurityError");
        CHECK(all_sessions(someone).empty());

        for (std::size_t i = 0; i < newcomers.size(); ++i)
            someone.call("station.assign",
                {{"station", newcomers[i].identity}, {"charge_point", points[i]}});
        for (std::size_t i = 0; i < newcomers.size(); ++i) {
            auto const& identity = newcomers[i].identity;
            CAPTURE(identity);
            stations.await("it is accepted", [&] { return stations.accepted(identity); });
            stations.await(
                "its car charges", [&] { return stations.currents_ma(identity)[0] == 32'000; });
            CHECK(boot_answers(stations, identity) ==
                  std::vector<std::string>{"Pending", "Accepted"});
            CHECK(stations.connects(identity) == 1);
            CHECK(integer(listed(someone, identity), "charge_point") == points[i]);
            CHECK(sessions_of(someone, identity).size() == 1);
            CHECK(text(live_point(someone, plants[i], points[i]), "station") == identity);
        }
        // Exactly once each, whatever shard has them.
        auto const all = someone.list("station.list", "stations");
        CHECK(all.size() == newcomers.size() + 1);

        // A restart finds them where they were.
        server.kill();
        server.start();
        auto const later = server.log_in();
        stations.server_at(server.station_port());
        for (std::size_t i = 0; i < newcomers.size(); ++i) {
            auto const& identity = newcomers[i].identity;
            stations.await("it is back",
                [&] { return stations.online(identity) && stations.connects(identity) == 2; });
            stations.unplug(identity);
            stations.await("everything is told", [&] { return stations.delivered(identity); });
            CHECK(integer(listed(later, identity), "charge_point") == points[i]);
            auto const sessions = sessions_of(later, identity);
            REQUIRE(sessions.size() == 1);
            CHECK(has(sessions[0], "ended_at"));
        }
    }
}
