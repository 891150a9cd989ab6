// Who is served first, by policy.
#include "balancing/queue.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace balancing_test {

using namespace balancing;

TEST_SUITE_BEGIN("queue");

namespace {

constexpr Seconds noon{12 * 3600};
constexpr Seconds minute{60};

Evse named(std::string name)
{
    Evse evse;
    evse.name = std::move(name);
    evse.phases = 3;
    evse.max.car = ampere(16);
    return evse;
}

Evse charging(std::string name, double deficit_ah, Seconds since)
{
    Evse evse = named(std::move(name));
    evse.session.charging = true;
    evse.session.switched = noon - since;
    evse.session.deficit_ah = deficit_ah;
    return evse;
}

Evse waiting(std::string name, double deficit_ah)
{
    Evse evse = named(std::move(name));
    evse.session.deficit_ah = deficit_ah;
    return evse;
}

Snapshot with(std::vector<Evse> evses)
{
    Snapshot snapshot;
    snapshot.now = noon;
    snapshot.evses = std::move(evses);
    return snapshot;
}

// The names in the order of the queue.
std::string order_of(Snapshot snapshot, PolicyRules const& rules)
{
    apply_policy(snapshot, rules);
    std::string names;
    for (Evse const& evse : snapshot.evses) names += evse.name;
    return names;
}

PolicyRules rules_of(Policy policy)
{
    PolicyRules rules;
    rules.policy = policy;
    rules.turns.incumbent_bonus_ah = 1.5;
    return rules;
}

}

TEST_CASE("a policy has one name, and the name finds it again")
{
    for (Policy const policy : {Policy::equal_share, Policy::most_cars, Policy::first_come,
             Policy::priority, Policy::departure})
        CHECK(policy_of(name_of(policy)) == policy);
    CHECK(name_of(Policy::most_cars) == "most_cars");
    CHECK_FALSE(policy_of("most cars"));
    CHECK_FALSE(policy_of(""));
}

TEST_CASE("the car that has got the least of its share is served first")
{
    auto const snapshot = with({waiting("a", 1), waiting("b", 3), waiting("c", -2)});
    CHECK(order_of(snapshot, rules_of(Policy::equal_share)) == "bac");
}

TEST_CASE("cars with the same deficit keep the order they are given in")
{
    auto const snapshot = with({waiting("a", 1), waiting("b", 1), waiting("c", 1)});
    CHECK(order_of(snapshot, rules_of(Policy::equal_share)) == "abc");
}

TEST_CASE("a car that charges gives its turn to another only when the deficits differ by the bonus")
{
    PolicyRules const rules = rules_of(Policy::equal_share);
    CHECK(order_of(with({waiting("w", 1.4), charging("c", 0, 60 * minute)}), rules) == "cw");
    CHECK(order_of(with({waiting("w", 1.6), charging("c", 0, 60 * minute)}), rules) == "wc");
}

TEST_CASE("for a car that charges with twice 6 A the bonus is twice as large")
{
    PolicyRules const rules = rules_of(Policy::equal_share);
    Evse fast = charging("c", 0, 60 * minute);
    fast.session.last_current = ampere(12);
    CHECK(order_of(with({waiting("w", 2.9), fast}), rules) == "cw");
    CHECK(order_of(with({waiting("w", 3.1), fast}), rules) == "wc");
}

TEST_CASE("a car that has started keeps its turn for the least time on, whatever the deficits")
{
    PolicyRules const rules = rules_of(Policy::equal_share);
    CHECK(order_of(with({waiting("w", 50), charging("c", -50, 14 * minute)}), rules) == "cw");
    CHECK(order_of(with({waiting("w", 50), charging("c", -50, 15 * minute)}), rules) == "wc");
}

TEST_CASE("a car that has just stopped waits for the least time off, whatever the deficits")
{
    PolicyRules const rules = rules_of(Policy::equal_share);
    Evse stopped = waiting("s", 50);
    stopped.session.switched = noon - 4 * minute;
    CHECK(order_of(with({stopped, waiting("w", 0)}), rules) == "ws");
    stopped.session.switched = noon - 5 * minute;
    CHECK(order_of(with({stopped, waiting("w", 0)}), rules) == "sw");
}

TEST_CASE("a car that must not pause comes before all that take turns")
{
    PolicyRules const rules = rules_of(Policy::equal_share);
    Evse pinned = charging("p", -50, 60 * minute);
    pinned.session.must_not_pause = true;
    CHECK(
        order_of(with({waiting("w", 50), charging("c", 0, 60 * minute), pinned}), rules) == "pwc");
    // One that waits does not interrupt those inside their least time on.
    Evse arriving = waiting("n", -50);
    arriving.session.must_not_pause = true;
    CHECK(order_of(with({waiting("w", 50), arriving, charging("c", 0, minute)}), rules) == "cnw");
}

TEST_CASE("a car that wants no more energy comes last")
{
    Evse full = charging("f", 20, 60 * minute);
    full.session.wanted_wh = 0;
    Evse stopped = waiting("s", 0);
    stopped.session.switched = noon - minute;
    CHECK(order_of(with({full, stopped, waiting("w", 0)}), rules_of(Policy::equal_share)) == "wsf");
}

TEST_CASE("most cars serves those on fewer phases first, and turns are taken among the alike")
{
    Evse one = waiting("a", 0);
    one.phases = 1;
    Evse other = waiting("b", 5);
    other.phases = 1;
    auto const snapshot = with({waiting("x", 90), one, other, waiting("y", 95)});
    CHECK(order_of(snapshot, rules_of(Policy::most_cars)) == "bayx");
    // Not known yet counts as all three.
    Evse unknown = waiting("u", 99);
    unknown.phases = 0;
    CHECK(order_of(with({unknown, one}), rules_of(Policy::most_cars)) == "au");
}

TEST_CASE("first come serves by arrival, one after the other, and nobody takes turns")
{
    Evse early = waiting("e", -90);
    early.session.arrived = noon - 120 * minute;
    Evse late = charging("l", 90, minute);
    late.session.arrived = noon - 60 * minute;
    Snapshot snapshot = with({late, early});
    CHECK(order_of(snapshot, rules_of(Policy::first_come)) == "el");
    apply_policy(snapshot, rules_of(Policy::first_come));
    CHECK(snapshot.sharing == Sharing::in_order);
    apply_policy(snapshot, rules_of(Policy::equal_share));
    CHECK(snapshot.sharing == Sharing::fair);
}

TEST_CASE("only the policy of priorities looks at tiers")
{
    Evse guest = waiting("g", 50);
    guest.tier = 1;
    auto const snapshot = with({guest, waiting("a", 0), waiting("b", 1)});
    CHECK(order_of(snapshot, rules_of(Policy::priority)) == "bag");
    CHECK(order_of(snapshot, rules_of(Policy::equal_share)) == "gba");
    Snapshot planned = snapshot;
    apply_policy(planned, rules_of(Policy::equal_share));
    for (Evse const& evse : planned.evses) CHECK(evse.tier == 0);
    planned = snapshot;
    apply_policy(planned, rules_of(Policy::priority));
    CHECK(planned.evses[2].tier == 1);
}

TEST_CASE("sharing by power gives a car on three phases a third of the amperes")
{
    Evse one = waiting("a", 1);
    one.phases = 1;
    one.weight = 2;
    Snapshot snapshot = with({one, waiting("b", 0)});
    PolicyRules rules = rules_of(Policy::equal_share);
    rules.unit = FairUnit::power;
    apply_policy(snapshot, rules);
    CHECK(snapshot.evses[0].weight == 2);
    CHECK(snapshot.evses[1].weight == doctest::Approx(1.0 / 3));
}

TEST_CASE("the less time a car has to spare, the more urgent it is")
{
    // 16 A on three phases are 11,040 W: 11,040 Wh take an hour.
    Evse evse = named("a");
    evse.session.wanted_wh = 11'040;
    auto const urgency_leaving_in = [&](Seconds time, double power) {
        evse.session.departs = noon + time;
        return urgency(Grid::tn, evse, noon, power);
    };
    CHECK(urgency_leaving_in(60 * minute, 2) == doctest::Approx(1));
    // 5 min to spare: 1 / (1 + 1)^2; 10 min: 1 / 3^2, or 1 / 3 with the power 1.
    CHECK(urgency_leaving_in(65 * minute, 2) == doctest::Approx(0.25));
    CHECK(urgency_leaving_in(70 * minute, 2) == doctest::Approx(1.0 / 9));
    CHECK(urgency_leaving_in(70 * minute, 1) == doctest::Approx(1.0 / 3));
    // Too late anyway, or the time is over: as urgent as can be.
    CHECK(urgency_leaving_in(10 * minute, 2) == doctest::Approx(1));
    CHECK(urgency_leaving_in(-10 * minute, 2) == doctest::Approx(1));
    // Years ahead it still has a weight.
    CHECK(urgency_leaving_in(Seconds{1'000'000'000}, 2) == 1e-6);
    // Who has not said when it departs counts as parked for 8 h: 7 h to spare are 84 units.
    evse.session.departs.reset();
    evse.session.arrived = noon;
    CHECK(urgency(Grid::tn, evse, noon, 1) == doctest::Approx(1.0 / 85));
    // Nor how much: 12 kWh take 65.2 min, so 414.8 min to spare are 82.96 units.
    evse.session.wanted_wh.reset();
    CHECK(urgency(Grid::tn, evse, noon, 1) == doctest::Approx(1.0 / 83.957).epsilon(1e-4));
}

TEST_CASE("by departure, who has less time to spare is first; who charges is overtaken by a tenth")
{
    // Both want what takes an hour; one leaves in 2 h, the other a little later.
    Evse soon = waiting("s", 0);
    soon.session.wanted_wh = 11'040;
    soon.session.departs = noon + 120 * minute;
    Evse later = charging("l", 0, 60 * minute);
    later.session.wanted_wh = 11'040;
    // 60 and 80 min to spare are 12 and 16 units: ln(17 / 13) is above a tenth, so it is overtaken.
    later.session.departs = noon + 140 * minute;
    CHECK(order_of(with({later, soon}), rules_of(Policy::departure)) == "sl");
    // 65 min are 13 units: ln(14 / 13) is below.
    later.session.departs = noon + 125 * minute;
    CHECK(order_of(with({later, soon}), rules_of(Policy::departure)) == "ls");
}

TEST_CASE("departure weighs by urgency, times the weight given")
{
    Evse soon = waiting("s", 0);
    soon.session.wanted_wh = 11'040;
    soon.session.departs = noon + 65 * minute;
    soon.weight = 2;
    Snapshot snapshot = with({soon});
    apply_policy(snapshot, rules_of(Policy::departure));
    CHECK(snapshot.evses[0].weight == doctest::Approx(0.5));
}

TEST_CASE("who charges says when its turn ends: when it departs, is full, or is overtaken")
{
    Snapshot snapshot = with({charging("c", 0, 10 * minute), waiting("w", 0)});
    auto const yields = [&](PolicyRules const& rules) {
        Snapshot planned = snapshot;
        apply_policy(planned, rules);
        for (Evse const& evse : planned.evses)
            if (evse.name == "c") return evse.session.yields;
        return std::optional<Seconds>{};
    };
    // The other gains at least 6 A on it: the bonus of 1.5 Ah takes 15 minutes.
    CHECK(yields(rules_of(Policy::equal_share)) == noon + 15 * minute);
    // Not before its least time on is over: 5 of 15 minutes are left.
    snapshot.evses[1].session.deficit_ah = 50;
    CHECK(yields(rules_of(Policy::equal_share)) == noon + 5 * minute);
    // Nobody overtakes who came first; when that one leaves is not known, or by what it wants:
    // 5,520 Wh at 11,040 W take half an hour.
    CHECK_FALSE(yields(rules_of(Policy::first_come)));
    snapshot.evses[0].session.wanted_wh = 5'520;
    CHECK(yields(rules_of(Policy::first_come)) == noon + 30 * minute);
    snapshot.evses[0].session.departs = noon + 20 * minute;
    CHECK(yields(rules_of(Policy::first_come)) == noon + 20 * minute);
    snapshot.evses[0].session.must_not_pause = true;
    CHECK(yields(rules_of(Policy::equal_share)) == noon + 20 * minute);
}

TEST_CASE("the order says where each car was before")
{
    Snapshot snapshot = with({waiting("a", 1), waiting("b", 3), waiting("c", 2), waiting("d", 0)});
    auto const order = apply_policy(snapshot, rules_of(Policy::equal_share));
    CHECK(order == std::vector<std::size_t>{1, 2, 0, 3});
}

TEST_CASE("a deficit that is no number does not disturb the order of the others")
{
    auto const nan = std::numeric_limits<double>::quiet_NaN();
    auto const snapshot = with({waiting("a", -1), waiting("n", nan), waiting("b", 1)});
    CHECK(order_of(snapshot, rules_of(Policy::equal_share)) == "bna");
}

TEST_SUITE_END();

}
