// Deficits, and who has charged since when.
#include "balancing/queue.hpp"
#include "balancing/rotation.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace balancing_test {

using namespace balancing;

TEST_SUITE_BEGIN("rotation");

namespace {

constexpr Seconds noon{12 * 3600};

Evse three_phase_car()
{
    Evse evse;
    evse.phases = 3;
    evse.max.car = ampere(32);
    evse.quantum = ampere(1);
    return evse;
}

Snapshot fuse_of(Current limit, std::size_t cars)
{
    Snapshot snapshot;
    snapshot.now = noon;
    Node main;
    main.name = "main";
    main.rating = on_all_lines(limit);
    snapshot.nodes.push_back(main);
    snapshot.evses.assign(cars, three_phase_car());
    return snapshot;
}

struct Planned {
    Plan plan;
    Plan fair;
};

Planned plan_both(Snapshot const& snapshot)
{
    Allocator allocator;
    Snapshot scratch;
    Planned planned;
    REQUIRE_FALSE(allocator.allocate(snapshot, planned.plan));
    fair_share(snapshot, planned.plan, allocator, scratch, planned.fair);
    return planned;
}

}

TEST_CASE("the fair share knows no minimum and no steps: 10 A among three cars is 3.33 A each")
{
    Plan const fair = plan_both(fuse_of(ampere(10), 3)).fair;
    REQUIRE(fair.evses.size() == 3);
    for (Grant const& grant : fair.evses)
        CHECK(grant.limit.amperes() == doctest::Approx(10.0 / 3).epsilon(1e-8));
}

TEST_CASE("the fair share leaves alone what is reserved, and gives nothing to who wants no more")
{
    Snapshot snapshot = fuse_of(ampere(10), 3);
    snapshot.evses[0].reserved = ampere(4);
    snapshot.evses[1].session.wanted_wh = 0;
    Plan const fair = plan_both(snapshot).fair;
    CHECK(fair.evses[0].limit == ampere(4));
    CHECK(fair.evses[1].limit == Current{});
    CHECK(fair.evses[2].limit == ampere(6));
}

TEST_CASE("a car that could not charge even alone has no fair share and gathers no deficit")
{
    // One is switched off: its own 5 A are below its minimum of 6. One has no room: 5 A are left to
    // its circuit. One is switched off by its steps of 5 A: of its 8 A 5 are left, of its
    // minimum 10.
    Snapshot snapshot = fuse_of(ampere(12), 5);
    Node circuit;
    circuit.name = "circuit";
    circuit.parent = 0;
    circuit.rating = on_all_lines(ampere(5));
    snapshot.nodes.push_back(circuit);
    snapshot.evses[0].max.asked = ampere(5);
    snapshot.evses[1].node = 1;
    snapshot.evses[2].max.car = ampere(8);
    snapshot.evses[2].quantum = ampere(5);
    auto const planned = plan_both(snapshot);
    for (std::size_t i = 0; i < 3; ++i) CHECK(planned.fair.evses[i].limit == Current{});
    CHECK(planned.fair.evses[3].limit == ampere(6));  // 12 A for the two that can
    CHECK(planned.fair.evses[4].limit == ampere(6));
    carry_on(snapshot, planned.plan, planned.fair, Seconds{3600});
    for (Evse const& evse : snapshot.evses) CHECK(evse.session.deficit_ah == 0);
}

TEST_CASE("the fair share is shared among all even where the policy serves one after the other")
{
    Snapshot snapshot = fuse_of(ampere(10), 2);
    snapshot.sharing = Sharing::in_order;
    Plan const fair = plan_both(snapshot).fair;
    CHECK(fair.evses[0].limit == ampere(5));
    CHECK(fair.evses[1].limit == ampere(5));
}

TEST_CASE("a waiting car gathers a deficit as fast as the others get more than their share")
{
    // 10 A for two: one gets all of it, fair are 5 A each. A quarter of an hour later: 1.25 Ah.
    Snapshot snapshot = fuse_of(ampere(10), 2);
    auto const planned = plan_both(snapshot);
    carry_on(snapshot, planned.plan, planned.fair, Seconds{900});
    CHECK(snapshot.evses[0].session.deficit_ah == doctest::Approx(-1.25));
    CHECK(snapshot.evses[1].session.deficit_ah == doctest::Approx(1.25));
}

TEST_CASE("it is remembered since when a car charges, and since when it waits again")
{
    Snapshot snapshot = fuse_of(ampere(10), 2);
    auto planned = plan_both(snapshot);
    carry_on(snapshot, planned.plan, planned.fair, Seconds{60});
    CHECK(snapshot.evses[0].session.charging);
    CHECK(snapshot.evses[0].session.switched == noon);
    CHECK(snapshot.evses[0].session.last_current == ampere(10));
    CHECK_FALSE(snapshot.evses[1].session.charging);
    CHECK_FALSE(snapshot.evses[1].session.switched);  // it never charged, so it has not stopped

    snapshot.now = noon + Seconds{60};
    carry_on(snapshot, planned.plan, planned.fair, Seconds{60});
    CHECK(snapshot.evses[0].session.switched == noon);

    snapshot.now = noon + Seconds{120};
    std::swap(planned.plan.evses[0], planned.plan.evses[1]);
    carry_on(snapshot, planned.plan, planned.fair, Seconds{60});
    CHECK_FALSE(snapshot.evses[0].session.charging);
    CHECK(snapshot.evses[0].session.switched == noon + Seconds{120});
    CHECK(snapshot.evses[1].session.charging);
}

TEST_CASE("a reserved car neither gathers a deficit nor counts as switched")
{
    Snapshot snapshot = fuse_of(ampere(10), 2);
    snapshot.evses[0].reserved = ampere(10);
    auto const planned = plan_both(snapshot);
    carry_on(snapshot, planned.plan, planned.fair, Seconds{900});
    CHECK(snapshot.evses[0].session.deficit_ah == 0);
    CHECK_FALSE(snapshot.evses[0].session.charging);
}

TEST_CASE("nobody saves up a whole day")
{
    Snapshot snapshot = fuse_of(ampere(10), 2);
    auto const planned = plan_both(snapshot);
    for (int hour = 0; hour < 48; ++hour)
        carry_on(snapshot, planned.plan, planned.fair, Seconds{3600});
    CHECK(snapshot.evses[0].session.deficit_ah == -greatest_deficit_ah);
    CHECK(snapshot.evses[1].session.deficit_ah == greatest_deficit_ah);
}

namespace {

// Plays so many minutes and gives what each car got, in Ah per phase.
std::vector<double> played(Snapshot& snapshot, int minutes, PolicyRules const& rules = {})
{
    Rotation rotation;
    Planned planned;
    std::vector<double> got_ah(snapshot.evses.size());
    for (int minute = 0; minute < minutes; ++minute) {
        REQUIRE_FALSE(rotation.plan(snapshot, rules, planned.plan, planned.fair));
        for (std::size_t i = 0; i < got_ah.size(); ++i)
            got_ah[i] += planned.plan.evses[i].limit.amperes() / 60;
        carry_on(snapshot, planned.plan, planned.fair, Seconds{60});
        snapshot.now += Seconds{60};
    }
    return got_ah;
}

}

TEST_CASE("with room for one, each of three cars has had its turn within an hour and a half")
{
    Snapshot snapshot = fuse_of(ampere(10), 3);
    for (double const ah : played(snapshot, 90)) CHECK(ah > 0);
}

TEST_CASE("a car that cannot charge does not make the others look as if they were ahead")
{
    // B and C share 12 A for 8 h beside one that takes 5 A at most and so never charges. Then D
    // comes: 12 A x 4 h / 3 = 16 Ah are fair, and nobody has to stand back for what went before.
    Snapshot snapshot = fuse_of(ampere(12), 3);
    snapshot.evses[0].max.car = ampere(5);
    for (std::size_t i = 1; i < 3; ++i) snapshot.evses[i].max.car = ampere(16);
    played(snapshot, 8 * 60);
    snapshot.evses.push_back(three_phase_car());
    snapshot.evses[3].max.car = ampere(16);
    auto const got_ah = played(snapshot, 4 * 60);
    CHECK(got_ah[0] == 0);
    for (std::size_t i = 1; i < 4; ++i) CHECK(got_ah[i] >= 0.9 * 16);
}

TEST_CASE("when a turn comes is not told by cars that are switched off")
{
    // The one that waits is 0.75 Ah behind. It gains 6 A on the one that charges, which leads by
    // the bonus of 1.5 Ah less that: 0.75 Ah / 6 A = 450 s. The third is further behind, but off.
    Snapshot snapshot = fuse_of(ampere(10), 3);
    auto& charging = snapshot.evses[0].session;
    charging.charging = true;
    charging.switched = noon - Seconds{3600};
    snapshot.evses[1].session.deficit_ah = 0.75;
    snapshot.evses[2].session.deficit_ah = 20;
    snapshot.evses[2].max.asked = Current{};
    PolicyRules rules;
    rules.turns.incumbent_bonus_ah = 1.5;
    apply_policy(snapshot, rules);
    for (Evse const& evse : snapshot.evses)
        if (evse.session.charging) CHECK(evse.session.yields == noon + Seconds{450});
}

TEST_CASE("first come, first served takes no turns")
{
    Snapshot snapshot = fuse_of(ampere(10), 2);
    snapshot.evses[0].session.arrived = noon;
    snapshot.evses[1].session.arrived = noon - Seconds{60};
    PolicyRules rules;
    rules.policy = Policy::first_come;
    auto const got_ah = played(snapshot, 120, rules);
    CHECK(got_ah[0] == 0);
    CHECK(got_ah[1] == doctest::Approx(20));
}

TEST_CASE("the plan is in the order of the snapshot, whatever the queue's")
{
    Snapshot snapshot = fuse_of(ampere(10), 3);
    snapshot.evses[2].session.deficit_ah = 5;
    Rotation rotation;
    Planned planned;
    REQUIRE_FALSE(rotation.plan(snapshot, {}, planned.plan, planned.fair));
    CHECK(planned.plan.evses[0].limit == Current{});
    CHECK(planned.plan.evses[1].limit == Current{});
    CHECK(planned.plan.evses[2].limit == ampere(10));
    CHECK(planned.plan.evses[0].reason.kind == ReasonKind::waiting);
}

TEST_CASE("a car that arrives where there is room for all starts at once")
{
    Snapshot snapshot = fuse_of(ampere(32), 2);
    snapshot.evses[0].session.charging = true;
    snapshot.evses[0].session.switched = noon - Seconds{3600};
    snapshot.evses[0].session.deficit_ah = 3;
    Rotation rotation;
    Planned planned;
    REQUIRE_FALSE(rotation.plan(snapshot, {}, planned.plan, planned.fair));
    CHECK(planned.plan.evses[0].limit == ampere(16));
    CHECK(planned.plan.evses[1].limit == ampere(16));
}

TEST_CASE("turns on one circuit pause nobody on another")
{
    // Circuit a has room for one of its two cars, circuit b for both of its own.
    Snapshot snapshot = fuse_of(ampere(100), 4);
    for (Current const rating : {ampere(10), ampere(20)}) {
        Node circuit;
        circuit.name = "circuit";
        circuit.parent = 0;
        circuit.rating = on_all_lines(rating);
        snapshot.nodes.push_back(circuit);
    }
    for (std::size_t i = 0; i < 4; ++i) snapshot.evses[i].node = 1 + i / 2;
    for (std::size_t i = 2; i < 4; ++i) {
        snapshot.evses[i].session.charging = true;
        snapshot.evses[i].session.switched = noon - Seconds{3600};
    }
    snapshot.evses[2].session.deficit_ah = -5;  // far ahead, but nobody waits for its current
    Rotation rotation;
    Planned planned;
    REQUIRE_FALSE(rotation.plan(snapshot, {}, planned.plan, planned.fair));
    CHECK(planned.plan.evses[2].limit == ampere(10));
    CHECK(planned.plan.evses[3].limit == ampere(10));
}

TEST_CASE("who is ahead rests; who has not charged yet does not")
{
    Snapshot snapshot = fuse_of(ampere(10), 3);
    auto& ahead = snapshot.evses[0].session;  // by more than the least that counts
    ahead.charging = true;
    ahead.switched = noon - Seconds{3600};
    ahead.deficit_ah = -2;
    auto& stopped = snapshot.evses[1].session;  // behind, but not enough to go on
    stopped.switched = noon - Seconds{1800};
    stopped.deficit_ah = 0.5;
    Rotation rotation;
    Planned planned;
    REQUIRE_FALSE(rotation.plan(snapshot, {}, planned.plan, planned.fair));
    CHECK(planned.plan.evses[2].limit == ampere(10));
}

TEST_CASE("a car that must not pause starts again before others, however far ahead it is")
{
    Snapshot snapshot = fuse_of(ampere(10), 2);
    auto& pinned = snapshot.evses[1].session;
    pinned.must_not_pause = true;
    pinned.switched = noon - Seconds{3600};
    pinned.deficit_ah = -5;
    Rotation rotation;
    Planned planned;
    REQUIRE_FALSE(rotation.plan(snapshot, {}, planned.plan, planned.fair));
    CHECK(planned.plan.evses[1].limit == ampere(10));
}

TEST_CASE("the largest and the smallest weights are still weights when they are scaled")
{
    for (double const weight : {1e-308, 1e308}) {
        Snapshot snapshot = fuse_of(ampere(10), 2);
        for (Evse& evse : snapshot.evses) {
            evse.weight = weight;
            evse.session.deficit_ah = weight < 1 ? -90 : 90;
        }
        Rotation rotation;
        Planned planned;
        for (Policy const policy : {Policy::equal_share, Policy::departure}) {
            PolicyRules rules;
            rules.policy = policy;
            rules.unit = FairUnit::power;
            CHECK_FALSE(rotation.plan(snapshot, rules, planned.plan, planned.fair));
        }
    }
}

TEST_CASE("one that cannot wait for its share on a small circuit gets more when it has its turn")
{
    // Main has room for 40 A. Six cars on it directly, two on a circuit with room for one of them
    // at a time. Fair are 5 A each; 6 A for half of the time would be 3.
    Snapshot snapshot = fuse_of(ampere(40), 8);
    Node circuit;
    circuit.name = "circuit";
    circuit.parent = 0;
    circuit.rating = on_all_lines(ampere(11));
    snapshot.nodes.push_back(circuit);
    snapshot.evses[6].node = 1;
    snapshot.evses[7].node = 1;
    auto const got_ah = played(snapshot, 8 * 60);
    for (double const ah : got_ah) CHECK(ah >= 0.9 * 40);
}

TEST_CASE("one-phase cars do not keep a three-phase car out by taking its lines one by one")
{
    Snapshot snapshot = fuse_of(ampere(10), 4);
    for (std::size_t i = 1; i < 4; ++i) {
        snapshot.evses[i].phases = 1;
        snapshot.evses[i].terminals.line = {static_cast<std::uint8_t>(i - 1),
            static_cast<std::uint8_t>(i % 3), static_cast<std::uint8_t>((i + 1) % 3)};
        snapshot.evses[i].session.arrived = noon + Seconds{300} * static_cast<int>(i);
    }
    auto const got_ah = played(snapshot, 8 * 60);
    for (double const ah : got_ah) CHECK(ah >= 0.9 * 5 * 8);
}

TEST_CASE("turns do not come more often than twice per car and hour, however few share")
{
    for (std::size_t const cars : {2U, 3U, 4U, 5U})
        for (Current const fuse : {ampere(7), ampere(10), ampere(16), ampere(20)}) {
            CAPTURE(cars);
            CAPTURE(fuse.amperes());
            Snapshot snapshot = fuse_of(fuse, cars);
            std::size_t switches = 0;
            std::vector<bool> charged(cars);
            for (int minute = 0; minute < 8 * 60; ++minute) {
                auto const got_ah = played(snapshot, 1);
                for (std::size_t i = 0; i < cars; ++i) {
                    bool const charges = got_ah[i] > 0;
                    if (charges != charged[i]) ++switches;
                    charged[i] = charges;
                }
            }
            CHECK(switches <= 2 * 8 * cars);
        }
}

TEST_CASE("a car that must not pause is not paused, however far ahead it is")
{
    Snapshot snapshot = fuse_of(ampere(10), 2);
    snapshot.evses[0].session.charging = true;
    snapshot.evses[0].session.switched = noon - Seconds{3600};
    snapshot.evses[0].session.must_not_pause = true;
    snapshot.evses[0].session.deficit_ah = -20;
    auto const got_ah = played(snapshot, 60);
    CHECK(got_ah[0] == doctest::Approx(10));
    CHECK(got_ah[1] == 0);
}

TEST_CASE("a snapshot that makes no sense is refused, and there is no plan")
{
    Snapshot snapshot = fuse_of(ampere(10), 2);
    Rotation rotation;
    Planned planned;
    REQUIRE_FALSE(rotation.plan(snapshot, {}, planned.plan, planned.fair));
    snapshot.nodes[0].rating[1] = ampere(-1);
    auto const refusal = rotation.plan(snapshot, {}, planned.plan, planned.fair);
    REQUIRE(refusal);
    CHECK(refusal->subject == "main");
    CHECK(planned.plan.evses.empty());
    CHECK(planned.fair.evses.empty());
}

TEST_SUITE_END();

}
