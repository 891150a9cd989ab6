// IT 230 V: cars between two lines, fuses that see phasors.
#include "tests/simulation/world.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

using namespace world;

namespace {

using Lines = std::array<std::int64_t, 3>;

double const angle_of_098 = std::acos(0.98);

// What a pair may carry when the two pairs that share a line of `limit_a` have equal currents and
// every power factor is at least 0.98: the bound x^2 + y^2 + 2 cos(60 - 2a) x y <= limit^2 with
// x = y. Of 32 A it is 32 / sqrt(2 + 2 cos 37.04) = 16.87 A; the plain sum allows 16.
double fair_pair_a(double limit_a)
{
    return limit_a / std::sqrt(2 + 2 * std::cos(std::numbers::pi / 3 - 2 * angle_of_098));
}

// What each pair may carry of a load on all three of them.
double delta_a(double limit_a) { return limit_a / std::numbers::sqrt3; }

sim::CarConfig car(int phases, std::int64_t max_ma, double lag = 0)
{
    sim::CarConfig config;
    config.phases = phases;
    config.max_ma = max_ma;
    config.energy_wanted_wh = 80'000;
    config.lag = lag;
    return config;
}

// 1.6 and 2.0.1 stations in turn on one circuit, wired to L1-L2, L2-L3, L3-L1 in turn.
Config stations_on_it(int stations, std::int64_t circuit_a)
{
    Config config;
    config.grid = sim::Grid::it;
    config.stations = stations;
    config.circuit_a = circuit_a;
    config.rotated = true;
    config.drivers = false;
    return config;
}

std::int64_t pair_ma(World& world, int station)
{
    return world.station(station).draw().branch_ma[0];
}

}

TEST_SUITE("IT grids")
{
    TEST_CASE("two 16 A cars on pairs that share a line charge fully on a 31 A circuit")
    {
        // 16 A x sqrt(3) = 27.7 A on L2 at power factor 1, and at most 30.3 A for 0.98; the plain
        // sum would be 32.
        CHECK(fair_pair_a(31) > 16);
        World world(stations_on_it(2, 31));
        world.run(2min);
        for (int i = 0; i < 2; ++i) world.plug_in(i, car(1, 16'000));
        world.run(10min);  // until their pairs are known
        CHECK(pair_ma(world, 0) == 16'000);
        CHECK(pair_ma(world, 1) == 16'000);
        CHECK(world.circuit_current_ma(0) == Lines{16'000, 27'713, 16'000});
        CHECK(world.report().overloads.empty());
    }
    TEST_CASE("two cars on pairs that share a line get more than half of it each")
    {
        // Power factor 1, and the three ways in which two of 0.98 can meet.
        struct Lags {
            double first = 0;
            double second = 0;
        };
        int full = 0;  // ways that fill the line
        for (auto const lags : {Lags{0, 0}, Lags{1, 1}, Lags{1, -1}, Lags{-1, 1}}) {
            CAPTURE(lags.first);
            CAPTURE(lags.second);
            World world(stations_on_it(2, 32));
            world.run(2min);
            world.plug_in(0, car(1, 32'000, lags.first * angle_of_098));
            world.plug_in(1, car(1, 32'000, lags.second * angle_of_098));
            world.run(10min);
            double const sum_a = static_cast<double>(pair_ma(world, 0) + pair_ma(world, 1)) / 1000;
            // Limits are rounded down to tenths.
            CHECK(sum_a > 2 * (fair_pair_a(32) - 0.1));
            CHECK(sum_a <= 2 * fair_pair_a(32));
            CHECK(world.report().overloads.empty());
            if (world.circuit_current_ma(0)[1] > 31'700) ++full;
        }
        // No room is given away where the angles are the worst: for one of the two ways in which
        // the lags differ.
        CHECK(full == 1);
    }
    TEST_CASE("cars on all three pairs get the same, and no line carries more than its fuse")
    {
        World world(stations_on_it(3, 32));
        world.run(2min);
        for (int i = 0; i < 3; ++i) world.plug_in(i, car(1, 32'000));
        world.run(15min);
        for (int i = 0; i < 3; ++i) {
            CHECK(pair_ma(world, i) > 16'000);
            CHECK(static_cast<double>(pair_ma(world, i)) <= 1'000 * fair_pair_a(32) + 100);
        }
        CHECK(world.report().overloads.empty());
    }
    TEST_CASE("a three-phase car counts on all lines until it is measured, and then on its pair")
    {
        auto config = stations_on_it(1, 32);
        config.station.meter_interval = 10s;
        World world(config);
        world.run(2min);
        world.plug_in(0, car(3, 32'000));
        world.run(50s);
        // 32 / sqrt(3) = 18.475: 18.4 A.
        CHECK(pair_ma(world, 0) == static_cast<std::int64_t>(delta_a(32) * 10) * 100);
        world.run(5min);
        CHECK(pair_ma(world, 0) == 32'000);
        CHECK(world.circuit_current_ma(0) == Lines{32'000, 32'000, 0});
        CHECK(world.report().overloads.empty());
    }
    TEST_CASE("a meter that shows a pair on its first line only is not believed: all lines count")
    {
        auto config = stations_on_it(1, 32);
        config.station.shows_pair_on_first = true;
        World world(config);
        world.run(2min);
        world.plug_in(0, car(3, 32'000));
        world.run(15min);
        CHECK(pair_ma(world, 0) == 18'400);
        CHECK(world.report().overloads.empty());
    }
    TEST_CASE("a station that is wired to two lines has one pair, and its car all of it at once")
    {
        auto config = stations_on_it(1, 32);
        config.station.phases = 1;
        config.wiring = {3, 1, 0};
        config.rotated = false;
        for (bool const first_only : {false, true}) {
            config.station.shows_pair_on_first = first_only;
            World world(config);
            world.run(2min);
            world.plug_in(0, car(1, 32'000));
            world.run(1min);
            CHECK(world.circuit_current_ma(0) == Lines{32'000, 0, 32'000});
            CHECK(world.report().overloads.empty());
        }
    }
    TEST_CASE("cars that load all lines stay within the fuse, however they do it")
    {
        struct Case {
            sim::OnIt how;
            Lines lines;
        };
        // 18.4 A x sqrt(3) = 31.87 A. Two legs are not known to be two: they count as three pairs.
        Case const cases[] = {{sim::OnIt::delta, {31'870, 31'870, 31'870}},
            {sim::OnIt::two_leg, {31'870, 18'400, 18'400}}};
        for (auto const& c : cases) {
            auto three_phase = car(3, 32'000);
            three_phase.on_it = c.how;
            World world(stations_on_it(1, 32));
            world.run(2min);
            world.plug_in(0, three_phase);
            world.run(15min);
            CHECK(world.circuit_current_ma(0) == c.lines);
            CHECK(world.report().overloads.empty());
        }
    }
}
