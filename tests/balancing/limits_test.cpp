// Limits other than a fuse's rating: factors, timetables, asymmetry, energy per hour; and the IT
// grid, where a limit is on currents that do not simply add.
#include "tests/balancing/installation.hpp"

namespace balancing_test {

TEST_SUITE_BEGIN("limits");

namespace {

TimedLimit timed(LimitSource source, Current limit, Seconds from, Seconds until)
{
    return {source, on_all_lines(limit), from, until};
}

LimitSource source_for_first(Snapshot const& snapshot)
{
    return plan_of(snapshot).evses[0].reason.source;
}

}

TEST_CASE("only part of a rating is used where a factor says so")
{
    // 0.8 * 25 = 20.
    Snapshot snapshot = on_tn({root(ampere(25))}, {car(0)});
    snapshot.nodes[0].factor = 0.8;
    Plan const plan = plan_of(snapshot);
    CHECK(limits_of(plan) == Limits{20000});
    CHECK(plan.node_limit[0] == on_all_lines(ampere(20)));
}

TEST_CASE("scheduled power holds from its first second and no longer in the last")
{
    Snapshot snapshot = on_tn({root(ampere(32))}, {car(0)});
    snapshot.nodes[0].timed = {
        timed(LimitSource::schedule, ampere(10), Seconds{3600}, Seconds{7200})};
    auto const at = [&](std::int64_t second) {
        snapshot.now = Seconds{second};
        return limits_of(plan_of(snapshot));
    };
    CHECK(at(3599) == Limits{32000});
    CHECK(at(3600) == Limits{10000});
    CHECK(at(7199) == Limits{10000});
    CHECK(at(7200) == Limits{32000});
}

TEST_CASE("of several limits on a line the lowest holds and is named, the rating before its equals")
{
    Seconds const always = Seconds::max();
    Snapshot snapshot = on_tn({root(ampere(20))}, {car(0)});
    auto& limits = snapshot.nodes[0].timed;
    limits = {timed(LimitSource::schedule, ampere(20), Seconds{}, always)};
    CHECK(source_for_first(snapshot) == LimitSource::rating);
    limits.push_back(timed(LimitSource::temporary, ampere(16), Seconds{}, always));
    CHECK(source_for_first(snapshot) == LimitSource::temporary);
    limits[0].limit = on_all_lines(ampere(16));
    CHECK(source_for_first(snapshot) == LimitSource::schedule);
    CHECK(limits_of(plan_of(snapshot)) == Limits{16000});
}

TEST_CASE("a car on one line keeps the allowed asymmetry, one on three does not matter")
{
    // Of 20 A allowed, other load differs by 12 - 5 = 7 on L1: 13 are left for the cars there.
    Snapshot snapshot = on_tn({root(ampere(63))}, {car(0, on_l1), car(0), car(0, on_l2)});
    snapshot.nodes[0].asymmetry = ampere(20);
    snapshot.nodes[0].other_load = {ampere(12), ampere(5), ampere(5)};
    Plan const plan = plan_of(snapshot);
    CHECK(limits_of(plan) == Limits{13000, 32000, 20000});
    CHECK(plan.evses[0].reason.source == LimitSource::asymmetry);
    CHECK(plan.evses[0].reason.line == 0);
    CHECK(plan.evses[0].reason.left == Current{});
}

TEST_CASE("asymmetry does not count on a car whose phases are not known")
{
    Snapshot snapshot = on_tn({root(ampere(63))}, {car(0)});
    snapshot.nodes[0].asymmetry = ampere(20);
    CHECK(limits_of(plan_of(snapshot)) == Limits{32000});
    snapshot.evses[0].phases = 0;
    CHECK(limits_of(plan_of(snapshot)) == Limits{20000});
}

TEST_CASE("asymmetry on IT counts on no three-phase car, for it may turn out to load two lines")
{
    // 20 / sqrt(3) = 11.547 on each pair.
    Snapshot snapshot = on_it({root(ampere(63))}, {car(0)});
    snapshot.nodes[0].asymmetry = ampere(20);
    Plan const plan = plan_of(snapshot);
    CHECK(limits_of(plan) == Limits{11500});
    CHECK(plan.evses[0].reason.source == LimitSource::asymmetry);
}

TEST_CASE("what is left of the hour's energy is shared over the time that is left")
{
    // 4.6 kWh left and half an hour: 9.2 kW, 40 A over the phases. 10 of them are other load (5, 5
    // and 0): 30, or 10 on each of three phases.
    Snapshot snapshot = on_tn({root(ampere(63))}, {car(0)});
    snapshot.now = Seconds{1800};
    snapshot.nodes[0].energy = EnergyCap{10'000, 5'400, Seconds{3600}};
    snapshot.nodes[0].other_load = {ampere(5), ampere(5), Current{}};
    Plan const plan = plan_of(snapshot);
    CHECK(limits_of(plan) == Limits{10000});
    CHECK(plan.evses[0].reason.source == LimitSource::energy_cap);
    // A one-phase car has the 30 to itself.
    snapshot.evses = {car(0, on_l3)};
    CHECK(limits_of(plan_of(snapshot)) == Limits{30000});
    // Used up, and then a new hour.
    snapshot.nodes[0].energy->used_wh = 10'000;
    CHECK(limits_of(plan_of(snapshot)) == Limits{0});
    snapshot.now = Seconds{3600};
    CHECK(limits_of(plan_of(snapshot)) == Limits{32000});
}

TEST_CASE("on IT two cars on pairs that share a line get more than half of it each")
{
    // At power factor 1 both have x with x sqrt(3) = 32 on L1: 18.475 A, in tenths 18.4. There is
    // room for one tenth more: sqrt(18.5^2 + 18.4^2 + 18.5 * 18.4) = 31.96.
    Snapshot snapshot = on_it({root(ampere(32))}, {car(0, between_l1_l2), car(0, between_l3_l1)});
    Plan plan = plan_of(snapshot);
    CHECK(limits_of(plan) == Limits{18500, 18400});
    CHECK(plan.evses[1].reason.line == 0);
    CHECK(plan.node_current[0][1] == milliampere(18500));
    // At 0.98 they may be 60 - 2 * 11.478 = 37.04 degrees apart: x sqrt(2 + 2 cos 37.04) =
    // x 1.8963, 32 / 1.8963 = 16.874, and again a tenth more for the first.
    snapshot.power_factor = 0.98;
    plan = plan_of(snapshot);
    CHECK(limits_of(plan) == Limits{16900, 16800});
    // Cars on the same pair simply add.
    snapshot.evses = {car(0, between_l1_l2), car(0, between_l1_l2)};
    CHECK(limits_of(plan_of(snapshot)) == Limits{16000, 16000});
}

TEST_CASE("six 16 A cars overload an IT main of 63 A, and moving one to another pair mends it")
{
    // 48, 16 and 32 A on the pairs put 69.7 A on L1; 32 on each put 32 sqrt(3) = 55.4 on each line.
    std::vector<Evse> cars{car(0, between_l1_l2), car(0, between_l1_l2), car(0, between_l1_l2),
        car(0, between_l2_l3), car(0, between_l3_l1), car(0, between_l3_l1)};
    for (Evse& evse : cars) evse.max.station = ampere(16);
    Snapshot snapshot = on_it({root(ampere(63))}, cars);
    CHECK(limits_of(plan_of(snapshot)) != Limits(6, 16000));
    snapshot.evses[2] = snapshot.evses[3];
    Plan const plan = plan_of(snapshot);
    CHECK(limits_of(plan) == Limits(6, 16000));
    CHECK(plan.node_current[0][0].amperes() == doctest::Approx(55.4256).epsilon(1e-6));
}

TEST_CASE("a three-phase car on IT counts as what it is known to be")
{
    Snapshot snapshot = on_it({root(ampere(32))}, {car(0)});
    auto const limit_as = [&](ItThreePhase kind) {
        snapshot.evses[0].it_three_phase = kind;
        return limits_of(plan_of(snapshot)).front();
    };
    CHECK(limit_as(ItThreePhase::off) == 32000);      // one pair
    CHECK(limit_as(ItThreePhase::delta) == 18400);    // 32 / sqrt(3) = 18.475 on each
    CHECK(limit_as(ItThreePhase::unknown) == 18400);  // counted as delta
    CHECK(limit_as(ItThreePhase::two_leg) == 18400);  // on the line that its legs share
    CHECK(plan_of(snapshot).node_current[0][1] == milliampere(18400));
    snapshot.evses[0].phases = 1;
    CHECK(limits_of(plan_of(snapshot)) == Limits{32000});
}

TEST_SUITE_END();

}
