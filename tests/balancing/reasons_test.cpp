// Why each car gets what it gets.
#include "tests/balancing/installation.hpp"

namespace balancing_test {

TEST_SUITE_BEGIN("reasons");

namespace {

Reason full_line(std::size_t node, std::size_t line, Milliampere left)
{
    return {ReasonKind::line, node, line, left, 0};
}

Reason waits(std::size_t node, std::size_t line, Milliampere left, std::size_t queued)
{
    return {ReasonKind::minimum, node, line, left, queued};
}

}

TEST_CASE("a car at its maximum is told so, even where the line is full too")
{
    Snapshot const snapshot{Grid::tn, {root(ampere(32))}, {car(0)}};
    CHECK(plan_of(snapshot).evses[0].reason == Reason{});
}

TEST_CASE("a car held by a line is told the node, the line and what is left there")
{
    // L2 of the circuit has a one-phase car beside it: 20.05 / 2 = 10.0 in tenths, 0.05 is left.
    Snapshot const snapshot{
        Grid::tn, {root(ampere(63)), circuit("circuit", 0, {20050})}, {car(1), car(1, on_l2)}};
    Plan const plan = plan_of(snapshot);
    CHECK(limits_of(plan) == Limits{10000, 10000});
    CHECK(plan.evses[0].reason == full_line(1, 1, {50}));
    CHECK(plan.evses[1].reason == full_line(1, 1, {50}));
}

TEST_CASE("where several limits bind, the one nearest to the car is named")
{
    Snapshot const snapshot{Grid::tn,
        {root(ampere(20)), circuit("board", 0, ampere(20)), circuit("circuit", 1, ampere(20))},
        {car(2), car(1)}};
    Plan const plan = plan_of(snapshot);
    // 20 / 2: the circuit has 10 left; board and main are full, the board is nearer.
    CHECK(plan.evses[0].reason == full_line(1, 0, {}));
    CHECK(plan.evses[1].reason == full_line(1, 0, {}));
}

TEST_CASE("of several full lines of one node the one with the least left is named, then the lower")
{
    Snapshot snapshot{Grid::tn, {root(ampere(20))}, {car(0)}};
    snapshot.nodes[0].limit = {{{20090}, {20030}, {20060}}};
    CHECK(plan_of(snapshot).evses[0].reason == full_line(0, 1, {30}));
    snapshot.nodes[0].limit[2] = {20030};
    CHECK(plan_of(snapshot).evses[0].reason == full_line(0, 1, {30}));
}

TEST_CASE("cars that wait for others are told their place among those that wait")
{
    // 13 A: one minimum and then 7 of 13 for the second, so 6.5 each; the third and fourth wait.
    // The one that is switched off is not in the queue.
    Snapshot const snapshot{Grid::tn, {root(ampere(13))},
        {car(0), car(0), car(0), car(0, three_phase, ampere(1)), car(0)}};
    Plan const plan = plan_of(snapshot);
    CHECK(limits_of(plan) == Limits{6500, 6500, 0, 0, 0});
    CHECK(plan.evses[2].reason == waits(0, 0, {}, 1));
    CHECK(plan.evses[3].reason.kind == ReasonKind::switched_off);
    CHECK(plan.evses[4].reason == waits(0, 0, {}, 2));
}

TEST_CASE("a waiting car is told the limit that kept it out, not one that filled up afterwards")
{
    // Minima: circuit 1 (13 A) takes 6 + 6, main (17 A) does not take 6 + 6 + 6. Then the first two
    // share main: 8.5 each, and circuit 1 has 4.5 left.
    Snapshot const snapshot{Grid::tn,
        {root(ampere(17)), circuit("circuit 1", 0, ampere(13)),
            circuit("circuit 2", 0, ampere(32))},
        {car(1), car(2), car(1)}};
    Plan const plan = plan_of(snapshot);
    CHECK(limits_of(plan) == Limits{8500, 8500, 0});
    CHECK(plan.evses[2].reason == waits(0, 0, {}, 1));
}

TEST_CASE("a car that would not fit even alone is told which limit is too small and is not queued")
{
    // Circuit: 16 A with 11 A of other load on L3 leaves 5.
    Snapshot snapshot{
        Grid::tn, {root(ampere(63)), circuit("circuit", 0, ampere(16))}, {car(1, on_l3), car(0)}};
    snapshot.nodes[1].other_load[2] = ampere(11);
    Plan const plan = plan_of(snapshot);
    CHECK(limits_of(plan) == Limits{0, 32000});
    CHECK(plan.evses[0].reason == full_line(1, 2, ampere(5)));
}

TEST_CASE(
    "where reservations or other load exceed a limit, that limit is named with what is missing")
{
    Snapshot snapshot{Grid::tn, {root(ampere(63)), circuit("circuit", 0, ampere(32))},
        {reserved(car(1, on_l2), ampere(40)), car(1)}};
    Plan plan = plan_of(snapshot);
    CHECK(plan.evses[0].reason == Reason{ReasonKind::reserved, 0, 0, {}, 0});
    CHECK(plan.evses[1].limit == Milliampere{});
    CHECK(plan.evses[1].reason == full_line(1, 1, ampere(-8)));  // 32 - 40

    snapshot.evses.erase(snapshot.evses.begin());
    snapshot.nodes[0].other_load[0] = ampere(70);
    plan = plan_of(snapshot);
    CHECK(plan.evses[0].limit == Milliampere{});
    CHECK(plan.evses[0].reason == full_line(0, 0, ampere(-7)));  // 63 - 70
}

TEST_CASE("a reserved EVSE is reserved, whatever its own maximum says")
{
    Evse const evse = reserved(car(0, three_phase, {}), ampere(4));
    Plan const plan = plan_of({Grid::tn, {root(ampere(32))}, {evse}});
    CHECK(plan.evses[0].limit == ampere(4));
    CHECK(plan.evses[0].reason.kind == ReasonKind::reserved);
}

TEST_SUITE_END();

}
