// Who charges and who waits.
#include "tests/balancing/installation.hpp"

namespace balancing_test {

TEST_SUITE_BEGIN("admission");

TEST_CASE("a car gets nothing rather than less than its minimum")
{
    // 16 A for three cars would be 5.3 each; two get 8 and the last in the queue waits.
    Snapshot const snapshot{
        Grid::tn, {root(ampere(16))}, {car(0, on_l1), car(0, on_l1), car(0, on_l1)}};
    CHECK(limits_of(plan_of(snapshot)) == Limits{8000, 8000, 0});
}

TEST_CASE("a car that fits is admitted past one that waits for another line")
{
    // L1 (10 A) has room for one minimum, L2 for one.
    Snapshot const snapshot{Grid::tn, {root(ampere(10))}, {car(0, on_l1), car(0), car(0, on_l2)}};
    CHECK(limits_of(plan_of(snapshot)) == Limits{10000, 0, 10000});
}

TEST_CASE("a car that needs more than 6 A gets its own minimum or nothing")
{
    // 15 A: 6 + 10 = 16 do not fit; 6 + 9 = 15 do.
    Snapshot snapshot{Grid::tn, {root(ampere(15))}, {car(0), car(0)}};
    snapshot.evses[1].min = ampere(10);
    CHECK(limits_of(plan_of(snapshot)) == Limits{15000, 0});
    snapshot.evses[1].min = ampere(9);
    CHECK(limits_of(plan_of(snapshot)) == Limits{6000, 9000});
}

TEST_CASE("a car whose maximum is below its minimum is switched off and holds nobody up")
{
    Snapshot snapshot{Grid::tn, {root(ampere(10))}, {car(0, three_phase, {5999}), car(0)}};
    Plan const plan = plan_of(snapshot);
    CHECK(limits_of(plan) == Limits{0, 10000});
    CHECK(plan.evses[0].reason.kind == ReasonKind::switched_off);

    // 6.2 to 6.8 A holds no whole ampere.
    Evse& evse = snapshot.evses[0];
    evse.min = {6200};
    evse.max = {6800};
    evse.quantum = ampere(1);
    CHECK(plan_of(snapshot).evses[0].reason.kind == ReasonKind::switched_off);
}

TEST_SUITE_END();

}
