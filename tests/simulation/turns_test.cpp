// More cars than fit take turns, and what one leaves unused the others get.
#include "tests/simulation/world.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace world;

namespace {

// The least time that a car charges before others get its place.
constexpr Milliseconds least_on = 15min;

// By so much a turn at the pilot is shorter than planned: its beginning waits until the decreases
// that make room are settled (12 s), and messages travel; its end waits for none of it.
constexpr Milliseconds steering = 15s;

// Limits that a station is sent in an hour, at most: some stations write each one to their flash.
constexpr double most_limits_per_hour = 12;

sim::CarConfig hungry(int phases, std::int64_t max_ma = 32'000)
{
    sim::CarConfig car;
    car.phases = phases;
    car.max_ma = max_ma;
    car.energy_wanted_wh = 1'000'000;
    return car;
}

struct Plant {
    sim::Grid grid;
    int cars;
    std::int64_t circuit_a;
};

World crowded(Plant const& plant, std::uint64_t seed)
{
    Config config;
    config.seed = seed;
    config.grid = plant.grid;
    config.stations = plant.cars;
    config.circuit_a = plant.circuit_a;
    config.rotated = true;
    config.drivers = false;
    return World(config);
}

void plug_all(World& world, Plant const& plant, std::uint64_t seed)
{
    sim::Random random(seed);
    for (int i = 0; i < plant.cars; ++i) {
        auto car = hungry(i % 3 == 2 ? 1 : 3);
        if (plant.grid == sim::Grid::it) car.lag = sim::draw_lag(random);
        world.plug_in(i, car);
        world.run(20s);
    }
}

// What a car got in each of the branches that it uses.
double ampere_hours(World& world, int station, int branches)
{
    return static_cast<double>(world.station(station).register_wh()) / (230.0 * branches);
}

// Which of the cars have charged at some time.
std::vector<bool> had_a_turn(World& world, int cars)
{
    std::vector<bool> had(static_cast<std::size_t>(cars));
    for (int i = 0; i < cars; ++i)
        had[static_cast<std::size_t>(i)] = world.station(i).register_wh() > 0;
    return had;
}

Milliseconds shortest_turn(Report const& report)
{
    auto shortest = Milliseconds::max();
    for (auto const& turn : report.turns)
        if (!turn.car_left) shortest = std::min(shortest, turn.until - turn.from);
    return shortest;
}

}

TEST_SUITE("taking turns")
{
    TEST_CASE("more cars than fit: within hours each has charged, in turns of 15 minutes or more")
    {
        // TN: of three-phase cars at 6 A or more three fit on 20 A. IT: balanced cars take at least
        // 6 A x sqrt(3) = 10.4 A of every line, so one or two, until their pairs are known.
        for (Plant const plant :
            {Plant{sim::Grid::tn, 9, 20}, Plant{sim::Grid::tn, 5, 8}, Plant{sim::Grid::it, 9, 20}})
            for (std::uint64_t seed = 1; seed <= 3; ++seed) {
                CAPTURE(plant.cars);
                CAPTURE(static_cast<int>(plant.grid));
                CAPTURE(seed);
                auto world = crowded(plant, seed);
                world.run(2min);
                plug_all(world, plant, seed);
                world.run(8h);
                auto const had = had_a_turn(world, plant.cars);
                CHECK(std::count(had.begin(), had.end(), true) == plant.cars);
                CHECK(world.report().turns.size() > 10);
                auto const hours = 8.0 * plant.cars;
                CHECK(static_cast<double>(world.report().limits_sent) / hours <=
                      most_limits_per_hour);
                CHECK(shortest_turn(world.report()) >= least_on - steering);
                CHECK(world.report().overloads.empty());
            }
    }
    TEST_CASE("cars that take turns get the same over a day")
    {
        // Five three-phase cars and room for one at a time: 7.9 A at most, a fifth of 24 h each.
        Plant const plant{sim::Grid::tn, 5, 8};
        auto world = crowded(plant, 4);
        world.run(2min);
        for (int i = 0; i < plant.cars; ++i) world.plug_in(i, hungry(3));
        world.run(24h);
        double least = 1e9;
        double most = 0;
        for (int i = 0; i < plant.cars; ++i) {
            auto const got = ampere_hours(world, i, 3);
            least = std::min(least, got);
            most = std::max(most, got);
        }
        CAPTURE(most);
        // 8 A x 24 h / 5 = 38.4 Ah, less what changing over takes.
        CHECK(least > 0.9 * 38.4);
        CHECK(most < 38.4 * 1.05);
        CHECK(world.report().overloads.empty());
    }
    TEST_CASE("first come, first served: who waits goes on waiting, until another policy is chosen")
    {
        Plant const plant{sim::Grid::tn, 2, 8};
        auto world = crowded(plant, 1);
        world.choose_policy(storage::SharingPolicy::first_come);
        world.run(2min);
        for (int i = 0; i < plant.cars; ++i) {
            world.plug_in(i, hungry(3));
            world.run(1min);
        }
        world.run(6h);
        CHECK(world.station(1).register_wh() == 0);
        CHECK(world.live().charge_points[1].limit.reason == engine::LimitReason::waiting);
        CHECK(world.report().turns.empty());
        world.choose_policy(storage::SharingPolicy::equal_share);
        world.run(1h);
        CHECK(world.station(1).register_wh() > 0);
        CHECK(shortest_turn(world.report()) >= least_on - steering);
        CHECK(world.report().overloads.empty());
    }
    TEST_CASE("between turns limits stay as they are")
    {
        // 27 A for four of five cars: 6.75 A each, so two have 6.8 A and two 6.7 A.
        Plant const plant{sim::Grid::tn, 5, 27};
        auto world = crowded(plant, 1);
        world.run(2min);
        for (int i = 0; i < plant.cars; ++i) world.plug_in(i, hungry(3));
        world.run(3min);
        auto const sent = world.report().limits_sent;
        world.run(10min);
        CHECK(world.report().turns.empty());
        CHECK(world.report().limits_sent - sent <= 4);
        CHECK(world.circuit_current_ma(0)[0] == 27'000);
    }
    TEST_CASE("who waits is told when it can expect to charge")
    {
        Plant const plant{sim::Grid::tn, 2, 8};
        auto world = crowded(plant, 1);
        world.run(2min);
        world.plug_in(0, hungry(3));
        world.run(1min);
        world.plug_in(1, hungry(3));
        world.run(2min);
        auto const told = world.live().charge_points[1].limit;
        CHECK(told.reason == engine::LimitReason::waiting);
        REQUIRE(told.turn_at);
        CHECK(*told.turn_at > world.now());
        CHECK(*told.turn_at < world.now() + 1h);
        world.run(*told.turn_at - world.now() + 2min);
        CHECK(world.station(1).offered_ma() > 0);
    }
}

TEST_SUITE("unused shares")
{
    TEST_CASE("a car that takes 10 A leaves the rest of 32 A to the other, and gets it back")
    {
        for (auto const grid : {sim::Grid::tn, sim::Grid::it}) {
            CAPTURE(static_cast<int>(grid));
            Config config;
            config.grid = grid;
            config.drivers = false;
            config.station.meter_interval = 10s;
            World world(config);
            world.run(2min);
            // One phase or pair each, and the same: currents just add on both grids.
            world.plug_in(0, hungry(1, 10'000));
            world.plug_in(1, hungry(1));
            world.run(6min);
            CHECK(world.station(0).terminal_currents_ma()[0] == 10'000);
            CHECK(world.station(1).terminal_currents_ma()[0] >= 20'000);
            world.change_car_max(0, 32'000);
            world.run(5min);
            CHECK(world.station(0).terminal_currents_ma()[0] == 16'000);
            CHECK(world.station(1).terminal_currents_ma()[0] == 16'000);
            CHECK(world.report().overloads.empty());
        }
    }
    TEST_CASE("it works the same with a meter value a minute, and does not send limits for ever")
    {
        Config config;
        config.drivers = false;  // its stations report once a minute
        World world(config);
        world.run(2min);
        world.plug_in(0, hungry(3, 10'000));
        world.plug_in(1, hungry(3));
        world.run(10min);
        CHECK(world.station(0).terminal_currents_ma()[0] == 10'000);
        CHECK(world.station(1).terminal_currents_ma()[0] >= 20'000);
        auto const sent = world.report().limits_sent;
        world.run(1h);
        CHECK(world.station(1).terminal_currents_ma()[0] >= 20'000);
        CHECK(world.report().limits_sent - sent <= 8);  // two a station and 15 minutes
        world.change_car_max(0, 32'000);
        world.run(10min);
        CHECK(world.station(0).terminal_currents_ma()[0] == 16'000);
        CHECK(world.station(1).terminal_currents_ma()[0] == 16'000);
        CHECK(world.report().overloads.empty());
    }
    TEST_CASE("a lower limit stays through what happens elsewhere, with a meter value a minute")
    {
        Config config;
        config.drivers = false;
        config.stations = 3;
        config.circuit_a = 40;
        World world(config);
        world.run(2min);
        world.plug_in(0, hungry(3, 10'000));
        world.plug_in(1, hungry(3));
        world.run(10min);
        auto const limit = world.station(0).limit_ma();
        CHECK(limit < 13'000);
        int seconds_off = 0;
        for (int second = 0; second < 3600; ++second) {
            if (second % 400 == 100) world.plug_in(2, hungry(3));
            if (second % 400 == 300) world.unplug(2);
            world.run(1s);
            seconds_off += world.station(0).limit_ma() != limit ? 1 : 0;
        }
        CHECK(seconds_off == 0);
        CHECK(world.report().overloads.empty());
    }
    TEST_CASE("a car alone has its maximum back at once, however little it took before")
    {
        Config config;
        config.drivers = false;
        config.station.meter_interval = 10s;
        World world(config);
        world.run(2min);
        world.plug_in(0, hungry(3, 7'000));
        world.run(10min);
        world.change_car_max(0, 32'000);
        world.run(2min);
        CHECK(world.station(0).terminal_currents_ma()[0] == 32'000);
    }
}
