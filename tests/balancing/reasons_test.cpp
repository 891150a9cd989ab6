// Why each car gets what it gets.
#include "tests/balancing/installation.hpp"

namespace balancing_test {

TEST_SUITE_BEGIN("reasons");

namespace {

Reason at(ReasonKind kind, std::size_t node, std::size_t line, Current left)
{
    Reason reason;
    reason.kind = kind;
    reason.node = node;
    reason.line = line;
    reason.left = left;
    return reason;
}

Reason full_line(std::size_t node, std::size_t line, Current left)
{
    return at(ReasonKind::line, node, line, left);
}

Reason no_room(std::size_t node, std::size_t line, Current left)
{
    return at(ReasonKind::no_room, node, line, left);
}

Reason waits(std::size_t node, std::size_t line, Current left, std::size_t queued)
{
    Reason reason = at(ReasonKind::waiting, node, line, left);
    reason.queued = queued;
    return reason;
}

}

TEST_CASE("a car at its maximum is told so, even where the line is full too")
{
    Snapshot const snapshot = on_tn({root(ampere(32))}, {car(0)});
    CHECK(plan_of(snapshot).evses[0].reason == Reason{});
}

TEST_CASE("a car held by a line is told the node, the line and what is left there")
{
    // L2 of the circuit has a one-phase car beside it: 20.05 / 2 = 10.0 in tenths, 0.05 is left.
    Snapshot const snapshot = on_tn(
        {root(ampere(63)), circuit("circuit", 0, milliampere(20050))}, {car(1), car(1, on_l2)});
    Plan const plan = plan_of(snapshot);
    CHECK(limits_of(plan) == Limits{10000, 10000});
    CHECK(plan.evses[0].reason == full_line(1, 1, milliampere(50)));
    CHECK(plan.evses[1].reason == full_line(1, 1, milliampere(50)));
}

TEST_CASE("where several limits bind, the one nearest to the car is named")
{
    Snapshot const snapshot = on_tn(
        {root(ampere(20)), circuit("board", 0, ampere(20)), circuit("circuit", 1, ampere(20))},
        {car(2), car(1)});
    Plan const plan = plan_of(snapshot);
    // 20 / 2: the circuit has 10 left; board and main are full, the board is nearer.
    CHECK(plan.evses[0].reason == full_line(1, 0, {}));
    CHECK(plan.evses[1].reason == full_line(1, 0, {}));
}

TEST_CASE("of several full lines of one node the one with the least left is named, then the lower")
{
    Snapshot snapshot = on_tn({root(ampere(20))}, {car(0)});
    snapshot.nodes[0].rating = {milliampere(20090), milliampere(20030), milliampere(20060)};
    CHECK(plan_of(snapshot).evses[0].reason == full_line(0, 1, milliampere(30)));
    snapshot.nodes[0].rating[2] = milliampere(20030);
    CHECK(plan_of(snapshot).evses[0].reason == full_line(0, 1, milliampere(30)));
}

TEST_CASE("cars that wait for others are told their place among those that wait")
{
    // 13 A: one minimum and then 7 of 13 for the second, so 6.5 each; the third and fourth wait.
    // The one that is switched off is not in the queue.
    Snapshot const snapshot = on_tn(
        {root(ampere(13))}, {car(0), car(0), car(0), car(0, three_phase, ampere(1)), car(0)});
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
    Snapshot const snapshot = on_tn({root(ampere(17)), circuit("circuit 1", 0, ampere(13)),
                                        circuit("circuit 2", 0, ampere(32))},
        {car(1), car(2), car(1)});
    Plan const plan = plan_of(snapshot);
    CHECK(limits_of(plan) == Limits{8500, 8500, 0});
    CHECK(plan.evses[2].reason == waits(0, 0, {}, 1));
}

TEST_CASE("a car that would not fit even alone is told which limit is too small and is not queued")
{
    // Circuit: 16 A with 11 A of other load on L3 leaves 5.
    Snapshot snapshot = on_tn(
        {root(ampere(63)), circuit("circuit", 0, ampere(16))}, {car(1, on_l3), car(0)});
    snapshot.nodes[1].other_load[2] = ampere(11);
    Plan const plan = plan_of(snapshot);
    CHECK(limits_of(plan) == Limits{0, 32000});
    CHECK(plan.evses[0].reason == no_room(1, 2, ampere(5)));
}

TEST_CASE(
    "where reservations or other load exceed a limit, that limit is named with what is missing")
{
    Snapshot snapshot = on_tn({root(ampere(63)), circuit("circuit", 0, ampere(32))},
        {reserved(car(1, on_l2), ampere(40)), car(1)});
    Plan plan = plan_of(snapshot);
    CHECK(plan.evses[0].reason == Reason{.kind = ReasonKind::reserved});
    CHECK(plan.evses[1].limit == Current{});
    CHECK(plan.evses[1].reason == no_room(1, 1, ampere(-8)));  // 32 - 40

    snapshot.evses.erase(snapshot.evses.begin());
    snapshot.nodes[0].other_load[0] = ampere(70);
    plan = plan_of(snapshot);
    CHECK(plan.evses[0].limit == Current{});
    CHECK(plan.evses[0].reason == no_room(0, 0, ampere(-7)));  // 63 - 70
}

TEST_CASE("a reserved EVSE is reserved, whatever its own maximum says")
{
    Evse const evse = reserved(car(0, three_phase, {}), ampere(4));
    Plan const plan = plan_of(on_tn({root(ampere(32))}, {evse}));
    CHECK(plan.evses[0].limit == ampere(4));
    CHECK(plan.evses[0].reason.kind == ReasonKind::reserved);
}

TEST_CASE("a car at its maximum is told whose maximum that is, of equal ones the station's first")
{
    Snapshot snapshot = on_tn({root(ampere(63))}, {car(0)});
    Maxima& max = snapshot.evses[0].max;
    auto const reason = [&] { return plan_of(snapshot).evses[0].reason; };
    CHECK(reason().maximum == Maximum::station);
    max.cable = ampere(20);
    CHECK(reason().maximum == Maximum::cable);
    max.car = ampere(16);
    CHECK(reason().maximum == Maximum::car);
    max.asked = ampere(10);
    CHECK(reason().maximum == Maximum::asked);
    CHECK(reason().kind == ReasonKind::own_maximum);
    max.reclaimed = ampere(8);
    CHECK(reason().kind == ReasonKind::reclaimed);
    max.asked = ampere(5);
    CHECK(reason().kind == ReasonKind::switched_off);
    CHECK(reason().maximum == Maximum::asked);
    max.station = ampere(5);
    CHECK(reason().maximum == Maximum::station);
}

TEST_CASE("a car that waits is told when those who charge there will leave it their turn")
{
    // 13 A: two charge, two wait. The first that waits gets the place that is free first.
    Snapshot snapshot = on_tn({root(ampere(13))}, {car(0), car(0), car(0), car(0), car(0)});
    snapshot.evses[0].session.yields = Seconds{900};
    snapshot.evses[1].session.yields = Seconds{600};
    Plan const plan = plan_of(snapshot);
    CHECK(plan.evses[2].reason.turn == Seconds{600});
    CHECK(plan.evses[3].reason.turn == Seconds{900});
    CHECK_FALSE(plan.evses[4].reason.turn);  // nobody can say
    CHECK_FALSE(plan.evses[0].reason.turn);
}

TEST_SUITE_END();

}
