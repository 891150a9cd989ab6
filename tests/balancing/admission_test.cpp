// Who charges and who waits.
#include "tests/balancing/installation.hpp"

namespace balancing_test {

TEST_SUITE_BEGIN("admission");

TEST_CASE("a car gets nothing rather than less than its minimum")
{
    // 16 A for three cars would be 5.3 each; two get 8 and the last in the queue waits.
    Snapshot const snapshot = on_tn(
        {root(ampere(16))}, {car(0, on_l1), car(0, on_l1), car(0, on_l1)});
    CHECK(limits_of(plan_of(snapshot)) == Limits{8000, 8000, 0});
}

TEST_CASE("a car that fits is admitted past one that waits for another line")
{
    // L1 (10 A) has room for one minimum, L2 for one.
    Snapshot const snapshot = on_tn({root(ampere(10))}, {car(0, on_l1), car(0), car(0, on_l2)});
    CHECK(limits_of(plan_of(snapshot)) == Limits{10000, 0, 10000});
}

TEST_CASE("a car that needs more than 6 A gets its own minimum or nothing")
{
    // 15 A: 6 + 10 = 16 do not fit; 6 + 9 = 15 do.
    Snapshot snapshot = on_tn({root(ampere(15))}, {car(0), car(0)});
    snapshot.evses[1].min = ampere(10);
    CHECK(limits_of(plan_of(snapshot)) == Limits{15000, 0});
    snapshot.evses[1].min = ampere(9);
    CHECK(limits_of(plan_of(snapshot)) == Limits{6000, 9000});
}

TEST_CASE("a car whose maximum is below its minimum is switched off and holds nobody up")
{
    Snapshot snapshot = on_tn({root(ampere(10))}, {car(0, three_phase, milliampere(5999)), car(0)});
    Plan const plan = plan_of(snapshot);
    CHECK(limits_of(plan) == Limits{0, 10000});
    CHECK(plan.evses[0].reason.kind == ReasonKind::switched_off);

    // 6.2 to 6.8 A holds no whole ampere.
    Evse& evse = snapshot.evses[0];
    evse.min = milliampere(6200);
    evse.max.station = milliampere(6800);
    evse.quantum = ampere(1);
    CHECK(plan_of(snapshot).evses[0].reason.kind == ReasonKind::switched_off);
}

TEST_CASE("a car may ask for a minimum of 0 and then gets whatever is there")
{
    Snapshot snapshot = on_tn({root(ampere(4))}, {car(0), car(0)});
    snapshot.evses[0].min = Current{};
    snapshot.evses[1].min = Current{};
    CHECK(limits_of(plan_of(snapshot)) == Limits{2000, 2000});
}

TEST_CASE("no car of a lower tier is admitted at the cost of a higher one")
{
    // Tier 0 comes second in the queue and takes 16; 20 - 16 = 4 are no minimum for tier 1.
    Snapshot snapshot = on_tn(
        {root(ampere(20))}, {in_tier(car(0), 1), in_tier(car(0, three_phase, ampere(16)), 0)});
    CHECK(limits_of(plan_of(snapshot)) == Limits{0, 16000});
    // 22 - 16 = 6 are.
    snapshot.nodes[0] = root(ampere(22));
    CHECK(limits_of(plan_of(snapshot)) == Limits{6000, 16000});
}

TEST_CASE("where each is served in turn, who comes first is filled before the next is admitted")
{
    // 32 and 32 of 70, and 6 for the third; of 69 the third would get 5.
    Snapshot snapshot = on_tn({root(ampere(70))}, {car(0), car(0), car(0)});
    snapshot.sharing = Sharing::in_order;
    CHECK(limits_of(plan_of(snapshot)) == Limits{32000, 32000, 6000});
    snapshot.nodes[0] = root(ampere(69));
    Plan const plan = plan_of(snapshot);
    CHECK(limits_of(plan) == Limits{32000, 32000, 0});
    CHECK(plan.evses[2].reason.kind == ReasonKind::waiting);
}

TEST_SUITE_END();

}
