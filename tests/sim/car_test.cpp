// Car, pilot, meter: the arithmetic of one outlet.
#include "tools/sim/outlet.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;

namespace {

sim::Instant const start{};

sim::CarConfig car_with(int phases, std::int64_t max_ma, std::int64_t energy_wh)
{
    sim::CarConfig config;
    config.phases = phases;
    config.max_ma = max_ma;
    config.energy_wanted_wh = energy_wh;
    return config;
}

// An outlet that offers `limit_ma` at once, and a car on it.
sim::Outlet charging(sim::CarConfig const& car, std::int64_t limit_ma)
{
    sim::OutletConfig config;
    config.reaction = 0ms;
    sim::Outlet outlet(config, start);
    outlet.set_limit(limit_ma, 3, start);
    outlet.plug(sim::Car(car), start);
    outlet.energise(true, start);
    return outlet;
}

}

TEST_SUITE_BEGIN("sim: car, pilot, meter");

TEST_CASE("the pilot rounds a limit down to its steps and offers nothing below 6 A")
{
    sim::OutletConfig tenths;
    CHECK(sim::pilot_of(15'999, tenths) == 15'900);
    CHECK(sim::pilot_of(16'000, tenths) == 16'000);
    CHECK(sim::pilot_of(40'000, tenths) == 32'000);  // the hardware's maximum
    CHECK(sim::pilot_of(6'000, tenths) == 6'000);
    CHECK(sim::pilot_of(5'999, tenths) == 0);
    CHECK(sim::pilot_of(0, tenths) == 0);
    sim::OutletConfig whole;
    whole.quantum_ma = 1'000;
    CHECK(sim::pilot_of(15'999, whole) == 15'000);
    CHECK(sim::pilot_of(6'999, whole) == 6'000);
}

TEST_CASE(
    "current follows an accepted limit after the station's and the car's reaction, not before")
{
    sim::OutletConfig config;  // 5 s
    sim::Outlet outlet(config, start);
    outlet.set_limit(16'000, 3, start);
    outlet.plug(sim::Car(car_with(3, 32'000, 20'000)), start);  // 5 s
    outlet.energise(true, start);
    outlet.advance(start + 4'999ms);
    CHECK(outlet.offered_ma() == 0);
    outlet.advance(start + 5'000ms);
    CHECK(outlet.offered_ma() == 16'000);
    outlet.advance(start + 9'999ms);
    CHECK(outlet.meter().currents_ma() == sim::TerminalCurrents{0, 0, 0});
    outlet.advance(start + 10'000ms);
    CHECK(outlet.meter().currents_ma() == sim::TerminalCurrents{16'000, 16'000, 16'000});
}

TEST_CASE("two changes within the reaction time arrive in order, each after its own delay")
{
    auto outlet = charging(car_with(1, 32'000, 20'000), 32'000);
    outlet.advance(start + 10s);
    outlet.set_limit(20'000, 3, start + 10s);
    outlet.set_limit(10'000, 3, start + 12s);
    outlet.advance(start + 14'999ms);
    CHECK(outlet.meter().currents_ma()[0] == 32'000);
    outlet.advance(start + 15s);
    CHECK(outlet.meter().currents_ma()[0] == 20'000);
    outlet.advance(start + 17s);
    CHECK(outlet.meter().currents_ma()[0] == 10'000);
}

TEST_CASE("a car draws on its own phases, and no more than its maximum or the offer")
{
    auto one = charging(car_with(1, 16'000, 20'000), 32'000);
    one.advance(start + 5s);
    CHECK(one.meter().currents_ma() == sim::TerminalCurrents{16'000, 0, 0});
    auto two = charging(car_with(2, 32'000, 20'000), 10'000);
    two.advance(start + 5s);
    CHECK(two.meter().currents_ma() == sim::TerminalCurrents{10'000, 10'000, 0});
}

TEST_CASE("energy is voltage times current times time, to the microjoule")
{
    // 3 x 16 A x 230 V = 11,040 W; an hour of it is 11,040 Wh. Current flows from second 5 on.
    auto outlet = charging(car_with(3, 16'000, 50'000), 32'000);
    outlet.advance(start + 5s + 1h);
    CHECK(outlet.meter().register_uj() == 11'040LL * 3'600 * 1'000'000);
    CHECK(outlet.meter().register_wh() == 11'040);
    // 1 ms more is 11,040 W x 1 ms = 11.04 J.
    outlet.advance(start + 5s + 1h + 1ms);
    CHECK(outlet.meter().register_uj() == 11'040LL * 3'600 * 1'000'000 + 11'040'000);
}

TEST_CASE("the register does not depend on how often time is looked at")
{
    auto coarse = charging(car_with(3, 13'700, 3'000), 32'000);
    auto fine = coarse;
    for (auto t = start; t <= start + 1h; t += 777ms) {
        if (t == start + 777'000ms) coarse.set_limit(9'300, 3, t);
        if (t == start + 777'000ms) fine.set_limit(9'300, 3, t);
        fine.advance(t);
    }
    coarse.advance(start + 1h);
    fine.advance(start + 1h);
    CHECK(coarse.meter().register_uj() == fine.meter().register_uj());
    CHECK(coarse.car()->energy_received_uj() == coarse.meter().register_uj());
}

TEST_CASE("a full car stops by itself")
{
    // 1 x 10 A x 230 V = 2,300 W: 2,300 Wh take an hour.
    auto outlet = charging(car_with(1, 10'000, 2'300), 32'000);
    outlet.advance(start + 5s + 1h - 1ms);
    CHECK(outlet.meter().currents_ma()[0] == 10'000);
    outlet.advance(start + 5s + 1h);
    CHECK(outlet.meter().currents_ma()[0] == 0);
    CHECK(outlet.car()->full());
    outlet.advance(start + 5h);
    CHECK(outlet.meter().register_wh() == 2'300);
}

TEST_CASE("a car that needs more than the offer takes nothing")
{
    auto config = car_with(1, 32'000, 20'000);
    config.min_ma = 8'000;
    auto outlet = charging(config, 7'000);
    outlet.advance(start + 1min);
    CHECK(outlet.offered_ma() == 7'000);
    CHECK(outlet.meter().currents_ma()[0] == 0);
}

TEST_CASE("a car that is paused for too long falls asleep and wakes once, or when replugged")
{
    auto config = car_with(1, 32'000, 20'000);
    config.sleeps_after = 10min;
    config.reaction = 0ms;
    auto outlet = charging(config, 10'000);
    outlet.set_limit(0, 3, start + 1min);
    outlet.advance(start + 10min + 59s);
    CHECK_FALSE(outlet.car()->asleep());
    outlet.advance(start + 11min);
    CHECK(outlet.car()->asleep());
    outlet.set_limit(10'000, 3, start + 12min);
    outlet.advance(start + 13min);
    CHECK(outlet.meter().currents_ma()[0] == 0);

    auto car = outlet.unplug(start + 13min);
    auto sleeper = car;
    CHECK(sleeper.wake_up(start + 13min));
    CHECK(sleeper.current_ma() == 10'000);  // the offer still stood
    sleeper.on_pilot(0, 3, start + 13min);
    sleeper.advance(start + 23min);
    CHECK(sleeper.asleep());
    CHECK_FALSE(sleeper.wake_up(start + 23min));  // one wake-up was all

    outlet.plug(car, start + 13min);
    outlet.advance(start + 14min);
    CHECK(outlet.meter().currents_ma()[0] == 10'000);
}

TEST_CASE("a pause that is shorter does not send it to sleep")
{
    auto config = car_with(1, 32'000, 20'000);
    config.sleeps_after = 10min;
    auto outlet = charging(config, 10'000);
    outlet.set_limit(0, 3, start + 1min);
    outlet.set_limit(10'000, 3, start + 9min);
    outlet.advance(start + 30min);
    CHECK_FALSE(outlet.car()->asleep());
    CHECK(outlet.meter().currents_ma()[0] == 10'000);
}

TEST_CASE("a car can change its mind about how much it draws, within the offer")
{
    auto outlet = charging(car_with(1, 10'000, 20'000), 16'000);
    outlet.advance(start + 1min);
    CHECK(outlet.meter().currents_ma()[0] == 10'000);
    outlet.change_car_max(32'000, start + 1min);
    CHECK(outlet.meter().currents_ma()[0] == 16'000);
    outlet.change_car_max(7'000, start + 2min);
    CHECK(outlet.meter().currents_ma()[0] == 7'000);
    // 55 s at 10 A, 60 s at 16 A, 60 s at 7 A, all at 230 V.
    outlet.advance(start + 3min);
    CHECK(outlet.meter().register_uj() ==
          (55LL * 10'000 + 60LL * 16'000 + 60LL * 7'000) * 230 * 1'000);
}

TEST_CASE("an opened contactor ends the current at once, however slow the car is")
{
    auto outlet = charging(car_with(3, 16'000, 20'000), 32'000);
    outlet.advance(start + 1min);
    outlet.energise(false, start + 1min);
    CHECK(outlet.meter().currents_ma() == sim::TerminalCurrents{0, 0, 0});
    auto const at_end = outlet.meter().register_uj();
    outlet.advance(start + 2min);
    CHECK(outlet.meter().register_uj() == at_end);
    CHECK(outlet.car()->energy_received_uj() == at_end);
}

TEST_SUITE_END();
