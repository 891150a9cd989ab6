// The main job, with cars, pilots and fuses: what a user would see on an ammeter.
#include "tests/simulation/world.hpp"

#include <doctest/doctest.h>

using namespace world;

namespace {

using Lines = std::array<std::int64_t, 3>;

sim::CarConfig big_car()
{
    sim::CarConfig car;
    car.phases = 3;
    car.max_ma = 32'000;
    car.energy_wanted_wh = 80'000;
    return car;
}

Config two_stations()
{
    Config config;
    config.drivers = false;
    return config;  // one 1.6 and one 2.0.1 station on a 32 A circuit
}

}

TEST_SUITE("sharing a circuit")
{
    TEST_CASE("alone a car gets 32 A, together 16 A each, after one leaves 32 A again")
    {
        World world(two_stations());
        world.run(2min);
        world.plug_in(0, big_car());
        world.run(1min);
        CHECK(world.circuit_current_ma(0) == Lines{32'000, 32'000, 32'000});
        world.plug_in(1, big_car());
        world.run(2min);
        CHECK(world.station(0).terminal_currents_ma() == Lines{16'000, 16'000, 16'000});
        CHECK(world.station(1).terminal_currents_ma() == Lines{16'000, 16'000, 16'000});
        world.unplug(0);
        world.run(1min);
        CHECK(world.station(1).terminal_currents_ma() == Lines{32'000, 32'000, 32'000});
        CHECK(world.report().overloads.empty());
    }
    TEST_CASE("one-phase cars on rotated wiring find a line of their own")
    {
        auto config = two_stations();
        config.stations = 3;
        config.rotated = true;
        World world(config);
        world.run(2min);
        auto car = big_car();
        car.phases = 1;
        for (int i = 0; i < 3; ++i) world.plug_in(i, car);
        world.run(10min);  // until their lines are known
        CHECK(world.circuit_current_ma(0) == Lines{32'000, 32'000, 32'000});
        CHECK(world.report().overloads.empty());
    }
    TEST_CASE("five cars on 26 A: four charge, and the fifth waits for its turn with 0 A")
    {
        auto config = two_stations();
        config.stations = 5;
        config.circuit_a = 26;
        World world(config);
        world.run(2min);
        for (int i = 0; i < 5; ++i) {
            world.plug_in(i, big_car());
            world.run(3min);
        }
        CHECK(world.circuit_current_ma(0)[0] == 26'000);  // 4 × 6.5 A
        CHECK(world.station(4).terminal_currents_ma() == Lines{0, 0, 0});
        auto const live = world.live();
        CHECK(live.charge_points[4].limit.reason == engine::LimitReason::waiting);
        CHECK(live.charge_points[4].limit.queued == 1);
        world.unplug(1);
        world.run(2min);
        CHECK(world.station(4).terminal_currents_ma()[0] == 6'500);
        CHECK(world.report().overloads.empty());
    }
    TEST_CASE(
        "the server dies while cars charge: they go on, and nothing is exceeded after it is back")
    {
        World world(two_stations());
        world.run(2min);
        world.plug_in(0, big_car());
        world.run(2min);
        world.kill_server(10min);
        world.run(5min);
        CHECK(world.station(0).terminal_currents_ma()[0] == 32'000);
        world.plug_in(
            1, big_car());  // nobody is there to give it current: it waits at its fallback
        world.run(4min);
        CHECK(world.station(1).terminal_currents_ma()[0] == 0);
        world.run(10min);
        CHECK(world.station(0).terminal_currents_ma()[0] == 16'000);
        CHECK(world.station(1).terminal_currents_ma()[0] == 16'000);
        CHECK(world.report().overloads.empty());
        world.come_to_rest();
        CHECK(world.sessions().size() == 2);
    }
    TEST_CASE("a station out of reach keeps its current, and the others share the rest")
    {
        World world(two_stations());
        world.run(2min);
        world.plug_in(0, big_car());
        world.plug_in(1, big_car());
        world.run(3min);
        world.cut_link(0, 30min);
        world.unplug(0);  // nobody can know
        world.run(20min);
        CHECK(world.station(1).terminal_currents_ma()[0] == 16'000);
        world.run(15min);  // it is back and tells
        CHECK(world.station(1).terminal_currents_ma()[0] == 32'000);
        CHECK(world.report().overloads.empty());
    }
}
