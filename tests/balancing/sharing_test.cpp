// How current is shared among cars that all may charge, on a star grid. Expected values in mA.
#include "tests/balancing/installation.hpp"

namespace balancing_test {

TEST_SUITE_BEGIN("sharing");

TEST_CASE(
    "a car alone gets what the circuit carries, two get half each, and the last all of it again")
{
    Snapshot snapshot = on_tn({root(ampere(32))}, {car(0)});
    CHECK(limits_of(plan_of(snapshot)) == Limits{32000});
    snapshot.evses = {car(0), car(0)};
    CHECK(limits_of(plan_of(snapshot)) == Limits{16000, 16000});
    snapshot.evses = {car(0)};
    CHECK(limits_of(plan_of(snapshot)) == Limits{32000});
}

TEST_CASE("a car never gets more than station, cable and car take")
{
    Snapshot const snapshot = on_tn({root(ampere(63))}, {car(0, three_phase, ampere(16))});
    CHECK(limits_of(plan_of(snapshot)) == Limits{16000});
}

TEST_CASE("an installation without cars has an empty plan")
{
    Plan const plan = plan_of(on_tn({root(ampere(32))}, {}));
    CHECK(plan.evses.empty());
    CHECK(plan.node_current == std::vector<PerLine>{PerLine{}});
}

TEST_CASE("what a car cannot use goes to the others")
{
    // 40 - 10 = 30, by two = 15.
    Snapshot const snapshot = on_tn(
        {root(ampere(40))}, {car(0), car(0, three_phase, ampere(10)), car(0)});
    CHECK(limits_of(plan_of(snapshot)) == Limits{15000, 10000, 15000});
}

TEST_CASE("one-phase cars on different lines do not take from each other")
{
    Snapshot const snapshot = on_tn(
        {root(ampere(16))}, {car(0, on_l1), car(0, on_l2), car(0, on_l3)});
    CHECK(limits_of(plan_of(snapshot)) == Limits{16000, 16000, 16000});
}

TEST_CASE("a line is shared by all that load it, and what a three-phase car leaves on another line "
          "is used")
{
    // L1: the three-phase and the one-phase car, 20 / 2 = 10 each. L2: 20 - 10 = 10 for the third.
    // L3: 20 - 10 = 10 stay free, for the three-phase car cannot use them.
    Snapshot const snapshot = on_tn({root(ampere(20))}, {car(0), car(0, on_l1), car(0, on_l2)});
    Plan const plan = plan_of(snapshot);
    CHECK(limits_of(plan) == Limits{10000, 10000, 10000});
    CHECK(plan.node_current[0] == PerLine{ampere(20), ampere(20), ampere(10)});
}

TEST_CASE("two-phase cars load exactly the lines they are wired to")
{
    // L2 carries both: 24 / 2 = 12 each. L1 has 24 - 12 = 12 left, all for the one-phase car.
    Snapshot const snapshot = on_tn(
        {root(ampere(24))}, {car(0, on_l1_l2), car(0, on_l2_l3), car(0, on_l1)});
    Plan const plan = plan_of(snapshot);
    CHECK(limits_of(plan) == Limits{12000, 12000, 12000});
    CHECK(plan.node_current[0] == PerLine{ampere(24), ampere(24), ampere(12)});
}

TEST_CASE("every limit on the way to the supply holds, and what a small circuit cannot take goes "
          "elsewhere")
{
    // Main 63. Sub-board 1 (20 A) has two cars: 10 each. The other three share 63 - 20 = 43: 14.3
    // each and 0.1 over, which goes to the first of them. Circuit 3 (32 A) has two of them: 28.7
    // fit.
    Snapshot const snapshot = on_tn(
        {root(ampere(63)), circuit("board 1", 0, ampere(20)), circuit("circuit 2", 1, ampere(32)),
            circuit("circuit 3", 0, ampere(32))},
        {car(2), car(2), car(3), car(3), car(0)});
    Plan const plan = plan_of(snapshot);
    CHECK(limits_of(plan) == Limits{10000, 10000, 14400, 14300, 14300});
    CHECK(plan.node_current[0][0] == ampere(63));
    CHECK(plan.node_current[1][0] == ampere(20));
    CHECK(plan.node_current[2][0] == ampere(20));
    CHECK(plan.node_current[3][0] == milliampere(28700));
}

TEST_CASE("a limit may differ from line to line")
{
    // The three-phase car is held by L2.
    Snapshot snapshot = on_tn({root(ampere(32))}, {car(0), car(0, on_l1)});
    snapshot.nodes[0].rating[1] = ampere(8);
    CHECK(limits_of(plan_of(snapshot)) == Limits{8000, 24000});
}

TEST_CASE("other load is left its current")
{
    // L1: 32 - 12 = 20, by two = 10.
    Snapshot snapshot = on_tn({root(ampere(32))}, {car(0, on_l1), car(0, on_l1)});
    snapshot.nodes[0].other_load[0] = ampere(12);
    CHECK(limits_of(plan_of(snapshot)) == Limits{10000, 10000});
}

TEST_CASE("what does not divide goes out in quanta, in queue order")
{
    // 32.0 = 3 * 10.6 + 0.2: two of three get a tenth more.
    Snapshot snapshot = on_tn({root(ampere(32))}, {car(0), car(0), car(0)});
    CHECK(limits_of(plan_of(snapshot)) == Limits{10700, 10700, 10600});
    // In whole amperes 32 = 3 * 10 + 2.
    for (Evse& evse : snapshot.evses) evse.quantum = ampere(1);
    CHECK(limits_of(plan_of(snapshot)) == Limits{11000, 11000, 10000});
    // Without a quantum in nanoamperes: 32,000,000,000 = 3 * 10,666,666,666 + 2.
    for (Evse& evse : snapshot.evses) evse.quantum = {};
    CHECK(exact_limits_of(plan_of(snapshot)) == Limits{10666666667, 10666666667, 10666666666});
}

TEST_CASE("minimum and maximum are rounded into whole quanta")
{
    // 6.5 up to 7, 15.9 down to 15. On 22 A both of the first get at least 7; equal shares are 11.
    Evse coarse = in_steps_of(car(0), ampere(1));
    coarse.min = milliampere(6500);
    coarse.max.station = milliampere(15900);
    CHECK(limits_of(plan_of(on_tn({root(ampere(63))}, {coarse}))) == Limits{15000});
    CHECK(limits_of(plan_of(on_tn({root(ampere(7))}, {coarse}))) == Limits{7000});
    CHECK(limits_of(plan_of(on_tn({root(milliampere(6900))}, {coarse}))) == Limits{0});
}

TEST_CASE("what a coarse step leaves over goes to a car with finer steps")
{
    // 25.5: at level 12.9 the cars have 12 and 12.9. The step to 13 does not fit (25.9), so the
    // rest, 25.5 - 12 = 13.5, goes to the second.
    Snapshot const snapshot = on_tn(
        {root(milliampere(25500))}, {in_steps_of(car(0), ampere(1)), car(0)});
    CHECK(limits_of(plan_of(snapshot)) == Limits{12000, 13500});
}

TEST_CASE("shares follow the weights")
{
    // 32 in the ratio 1 : 3.
    Snapshot const snapshot = on_tn({root(ampere(32))}, {weighted(car(0), 1), weighted(car(0), 3)});
    CHECK(limits_of(plan_of(snapshot)) == Limits{8000, 24000});
}

TEST_CASE("a left-over quantum goes to the car that reaches its next one first")
{
    // In the ratio 1 : 2 whole amperes of 20: 6.67 and 13.33, so 6 and 13 and one over. The first
    // reaches 7 at level 7 / 1 = 7, the second 14 at level 14 / 2 = 7: the queue decides.
    Snapshot snapshot = on_tn({root(ampere(20))},
        {in_steps_of(weighted(car(0), 1), ampere(1)), in_steps_of(weighted(car(0), 2), ampere(1))});
    CHECK(limits_of(plan_of(snapshot)) == Limits{7000, 13000});
    // In the ratio 2 : 3 of 21: 8.4 and 12.6, so 8 and 12 and one over. Levels of the next: 9 / 2
    // = 4.5 and 13 / 3 = 4.33: the second, though it is later in the queue.
    snapshot.nodes[0] = root(ampere(21));
    snapshot.evses[0].weight = 2;
    snapshot.evses[1].weight = 3;
    CHECK(limits_of(plan_of(snapshot)) == Limits{8000, 13000});
}

TEST_CASE("a small weight does not push a car below its minimum")
{
    // 1 : 9 of 32 would be 3.2 and 28.8; the first keeps 6, the second gets 32 - 6 = 26.
    Snapshot const snapshot = on_tn({root(ampere(32))}, {weighted(car(0), 1), weighted(car(0), 9)});
    CHECK(limits_of(plan_of(snapshot)) == Limits{6000, 26000});
}

TEST_CASE("weights of any size are accepted, and only their ratio counts")
{
    for (double const unit : {1e-300, 1e-9, 1.0, 1e9, 1e300}) {
        CAPTURE(unit);
        Snapshot const snapshot = on_tn(
            {root(ampere(32))}, {weighted(car(0), unit), weighted(car(0), 3 * unit)});
        CHECK(limits_of(plan_of(snapshot)) == Limits{8000, 24000});
    }
    // The smallest and the largest double: the first keeps its minimum.
    Snapshot const extremes = on_tn(
        {root(ampere(32))}, {weighted(car(0), 5e-324), weighted(car(0), 1.7e308)});
    CHECK(limits_of(plan_of(extremes)) == Limits{6000, 26000});
}

TEST_CASE("the weight of a car that takes no part does not matter")
{
    Snapshot snapshot = on_tn(
        {root(ampere(32))}, {weighted(car(0), 1), weighted(car(0), 3), weighted(car(0), 1e300)});
    snapshot.evses[2].max.station = {};
    CHECK(limits_of(plan_of(snapshot)) == Limits{8000, 24000, 0});
}

TEST_CASE("reserved current is set aside first, exactly, wherever the EVSE stands in the queue")
{
    // 32 - 20 = 12.
    Snapshot snapshot = on_tn({root(ampere(32))}, {car(0), reserved(car(0), ampere(20))});
    CHECK(limits_of(plan_of(snapshot)) == Limits{12000, 20000});
    // Below its minimum and no whole quantum: 32 - 3.05 = 28.95, in tenths 28.9.
    snapshot.evses = {reserved(car(0), milliampere(3050)), car(0)};
    CHECK(limits_of(plan_of(snapshot)) == Limits{3050, 28900});
}

TEST_CASE(
    "where reservations exceed a limit, all others below it get nothing and the rest is served")
{
    // Circuit 1 (32 A): 40 reserved. Main (63 A): 63 - 40 = 23 for the car on circuit 2.
    Snapshot const snapshot = on_tn({root(ampere(63)), circuit("circuit 1", 0, ampere(32)),
                                        circuit("circuit 2", 0, ampere(32))},
        {reserved(car(1), ampere(40)), car(1), car(2)});
    Plan const plan = plan_of(snapshot);
    CHECK(limits_of(plan) == Limits{40000, 0, 23000});
    CHECK(plan.node_current[1][0] == ampere(40));
}

TEST_CASE("a station that takes watts gets as many as no voltage turns into more than its share")
{
    // One phase, steps of 100 W. At 207 V, the lowest there is, 13 A are 2691 W: 2600 W, and that
    // is 2600 / 207 = 12.56 A. The other takes 26 - 12.56 = 13.43 A, in tenths 13.4.
    Snapshot snapshot = on_tn({root(ampere(26))}, {car(0, on_l1), car(0, on_l1)});
    snapshot.evses[0].quantum = {};
    snapshot.evses[0].quantum_w = 100;
    Plan plan = plan_of(snapshot);
    CHECK(plan.evses[0].limit_w == 2600);
    CHECK(limits_of(plan) == Limits{12560, 13400});
    CHECK_FALSE(plan.evses[1].limit_w);

    // Three phases: 100 / (3 * 207) = 0.161 A a step; 13 A are 80 of them, 8000 W.
    snapshot.evses = {car(0), car(0)};
    snapshot.evses[0].quantum = {};
    snapshot.evses[0].quantum_w = 100;
    plan = plan_of(snapshot);
    CHECK(plan.evses[0].limit_w == 8000);
    // Of a car whose phases are not known, all watts might be on one.
    snapshot.evses[0].phases = 0;
    plan = plan_of(snapshot);
    CHECK(plan.evses[0].limit_w == 2600);
}

TEST_CASE("what a car on unknown phases may take is set aside on every line it is wired to")
{
    // 20 / 2 = 10 on each line, though the unknown car will turn out to use one of them.
    Evse unknown = car(0);
    unknown.phases = 0;
    Snapshot const snapshot = on_tn(
        {root(ampere(20))}, {unknown, car(0, on_l1), car(0, on_l2), car(0, on_l3)});
    CHECK(limits_of(plan_of(snapshot)) == Limits{10000, 10000, 10000, 10000});
}

TEST_CASE("a higher tier takes all it can use before a lower one gets more than nothing")
{
    // 60 - 32 = 28 for tier 1, by two = 14.
    Snapshot const snapshot = on_tn(
        {root(ampere(60))}, {in_tier(car(0), 2), in_tier(car(0), 2), in_tier(car(0), 1)});
    CHECK(limits_of(plan_of(snapshot)) == Limits{14000, 14000, 32000});
}

TEST_SUITE_END();

}
