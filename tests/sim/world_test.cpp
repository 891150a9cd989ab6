// Many stations, cars and drivers together.
#include "tests/sim/scripted_central.hpp"
#include "tools/sim/drivers.hpp"
#include "tools/sim/grid.hpp"

#include <chrono>
#include <memory>

using namespace std::chrono_literals;
using namespace sim;
using namespace sim::test;
using ocpp::Version;

namespace {

struct Day {
    std::uint64_t digest = 14'695'981'039'346'656'037ULL;  // FNV-1a of all texts
    std::size_t texts = 0;
    std::size_t sessions = 0;
    std::int64_t energy_wh = 0;

    friend bool operator==(Day const&, Day const&) = default;
};

// A day of `count` stations that look at the time only when they are due, or `late` after that.
Day simulate_day(int count, std::uint64_t seed, Milliseconds late = 0ms)
{
    std::vector<std::unique_ptr<ScriptedCentral>> stations;
    std::vector<Drivers> drivers;
    DriverConfig driver;
    driver.token = "CARD-1";
    driver.sleepy_percent = 20;
    for (int i = 0; i < count; ++i) {
        auto config = config_for(i % 2 == 0 ? Version::v16 : Version::v201);
        config.seed = seed + static_cast<std::uint64_t>(i);
        stations.push_back(std::make_unique<ScriptedCentral>(config));
        stations.back()->answers_by_itself = true;
        stations.back()->says(
            R"([3,"a-1",{"status":"Accepted","currentTime":"2024-05-06T12:00:00Z","interval":300}])");
        drivers.emplace_back(driver, config.seed, opening);
    }
    Day day;
    for (std::size_t i = 0; i < stations.size(); ++i) {
        auto& central = *stations[i];
        while (drivers[i].next_wake() < opening + 24h) {
            central.pass(drivers[i].next_wake() + late - central.now);
            drivers[i].on_time(central.station, central.now);
            central.attend();
        }
        central.pass(std::max(0ms, opening + 24h - central.now));
        day.texts += central.all.size();
        day.energy_wh += central.station.register_wh();
        day.sessions += payloads(central.all, "StartTransaction").size();
        for (auto const& text : central.all)
            for (char const c : text)
                day.digest = (day.digest ^ static_cast<unsigned char>(c)) * 1'099'511'628'211ULL;
    }
    return day;
}

}

TEST_SUITE_BEGIN("sim: world");

TEST_CASE("a day of 50 stations is the same when repeated with its seed, and another with another")
{
    auto const begin = std::chrono::steady_clock::now();
    auto const day = simulate_day(50, 7);
    auto const took = std::chrono::steady_clock::now() - begin;
    MESSAGE(
        day.texts << " messages, " << day.energy_wh / 1000 << " kWh in "
                  << std::chrono::duration_cast<std::chrono::milliseconds>(took).count() << " ms");
    CHECK(day.sessions > 50);
    CHECK(day.energy_wh > 50 * 10'000);
    CHECK(simulate_day(50, 7) == day);
    CHECK_FALSE(simulate_day(50, 8) == day);
}

TEST_CASE("a station that is woken late does everything at its own time")
{
    auto const run = [](Milliseconds step) {
        ScriptedCentral central(config_for(Version::v201));
        central.answers_by_itself = true;
        central.says(
            R"([3,"a-1",{"status":"Accepted","currentTime":"2024-05-06T12:00:00Z","interval":300}])");
        central.plug(car_with(3, 16'000, 5'000), "CARD-1");
        central.cut();  // so that no answer depends on when it is read
        for (auto t = opening; t < opening + 1h; t += step) {
            central.now = t + step;
            central.station.on_time(central.now);
            central.attend();
        }
        central.reachable = true;
        central.pass(5min);
        return payloads(central.all, "TransactionEvent");
    };
    auto const fine = run(100ms);
    CHECK(fine.size() > 30);
    CHECK(run(20min) == fine);
}

TEST_CASE("a station's maximum holds for all its EVSEs together (K04.FR.05, 1.6 3.13.3)")
{
    auto config = config_for(Version::v16);
    config.evses = 2;
    ScriptedCentral central(config);
    central.answers_by_itself = true;
    central.says(
        R"([3,"a-1",{"status":"Accepted","currentTime":"2024-05-06T12:00:00Z","interval":300}])");
    central.asks("SetChargingProfile",
        R"({"connectorId":0,"csChargingProfiles":{"chargingProfileId":1,"stackLevel":0,"chargingProfilePurpose":"ChargePointMaxProfile","chargingProfileKind":"Absolute","chargingSchedule":{"startSchedule":"2024-05-06T12:00:00Z","chargingRateUnit":"A","chargingSchedulePeriod":[{"startPeriod":0,"limit":20}]}}})");
    central.plug(car_with(3, 32'000), "CARD-1", 1);
    central.pass(20s);
    CHECK(central.station.terminal_currents_ma()[0] == 20'000);
    central.plug(car_with(3, 32'000), "CARD-2", 2);
    central.pass(20s);
    CHECK(central.station.terminal_currents_ma(1)[0] == 10'000);
    CHECK(central.station.terminal_currents_ma(2)[0] == 10'000);
    central.unplug(1);
    central.pass(20s);
    CHECK(central.station.terminal_currents_ma(2)[0] == 20'000);
}

TEST_CASE("a fuse sees the terminals on the lines that they are wired to")
{
    auto config = config_for(Version::v16);
    config.free_mode = true;
    std::vector<std::unique_ptr<ScriptedCentral>> stations;
    for (int i = 0; i < 3; ++i) {
        stations.push_back(std::make_unique<ScriptedCentral>(config));
        stations.back()->answers_by_itself = true;
        stations.back()->says(
            R"([3,"a-1",{"status":"Accepted","currentTime":"2024-05-06T12:00:00Z","interval":300}])");
        stations.back()->plug(car_with(i == 0 ? 3 : 1, 16'000), "");
        stations.back()->pass(20s);
    }
    std::vector<Wired> const wired{{&stations[0]->station, {1, 2, 3}},
        {&stations[1]->station, {2, 3, 1}}, {&stations[2]->station, {2, 1, 3}}};
    // Three-phase on all lines, two one-phase cars on L2.
    CHECK(line_currents_ma(wired) == std::array<std::int64_t, 3>{16'000, 48'000, 16'000});
}

TEST_CASE("drivers keep to their ranges")
{
    DriverConfig config;
    config.token = "CARD-1";
    Instant t = opening;
    Drivers drivers(config, 3, t);
    Station station(config_for(Version::v16), t);
    for (int i = 0; i < 200; ++i) {
        auto const visit = drivers.visit();
        CHECK(visit.arrives - t >= config.gap_min);
        CHECK(visit.arrives - t <= config.gap_max);
        CHECK(visit.leaves - visit.arrives >= config.park_min);
        CHECK(visit.leaves - visit.arrives <= config.park_max);
        CHECK((visit.car.phases == 1 || visit.car.phases == 3));
        drivers.on_time(station, visit.arrives);
        CHECK(station.plugged());
        drivers.on_time(station, visit.leaves);
        CHECK_FALSE(station.plugged());
        t = visit.leaves;
    }
}

TEST_SUITE_END();
