// What holds for every installation, tried on random ones. A failure prints its seed.
#include "tests/balancing/installation.hpp"
#include "tests/balancing/naive_allocation.hpp"
#include "tests/balancing/plan_check.hpp"
#include "tests/balancing/random_snapshot.hpp"

#include <algorithm>
#include <limits>
#include <memory>

namespace balancing_test {

TEST_SUITE_BEGIN("properties");

namespace {

constexpr std::uint64_t instances = 3000;

// The seed of instance i of a test: each test draws its own installations.
constexpr std::uint64_t seed_of(std::uint64_t test, std::uint64_t instance)
{
    return test * 1'000'000 + instance;
}

// Kinds of installations that differ in what is hard about them.
std::vector<Mix> mixes()
{
    Mix fine;
    fine.quanta_ma = {1, 10, 100};
    fine.any_weight = true;
    Mix alike;
    alike.one_quantum = true;
    alike.one_weight = true;
    Mix large;
    large.most_nodes = 60;
    large.most_evses = 150;
    large.any_weight = true;
    large.plenty_percent = 60;
    return {Mix{}, fine, alike, large};
}

template <class Check>
void for_random_snapshots(std::uint64_t test, Check check)
{
    std::vector<Mix> const kinds = mixes();
    for (std::uint64_t instance = 0; instance < instances; ++instance) {
        std::uint64_t const seed = seed_of(test, instance);
        CAPTURE(seed);
        Dice dice(seed);
        check(random_snapshot(dice, kinds[instance % kinds.size()]), dice);
    }
}

void check_no_fault(Fault const& fault) { CHECK_MESSAGE(!fault, fault.value_or("")); }

// The nodes renamed and put in another order; the same installation.
Snapshot with_nodes_in(std::vector<std::size_t> const& order, Snapshot const& snapshot)
{
    Snapshot moved = snapshot;
    for (std::size_t node = 0; node < order.size(); ++node) {
        Node& to = moved.nodes[order[node]];
        to = snapshot.nodes[node];
        to.name = "renamed " + std::to_string(order[node]);
        if (to.parent) to.parent = order[*to.parent];
    }
    for (Evse& evse : moved.evses) {
        evse.node = order[evse.node];
        evse.name = "another name";
    }
    return moved;
}

bool charges_or_may_not(Snapshot const& snapshot, Plan const& plan, std::size_t evse)
{
    Evse const& one = snapshot.evses[evse];
    return one.reserved || most_of(one) < least_of(one) || plan.evses[evse].limit.value > 0;
}

bool all_admitted(Snapshot const& snapshot, Plan const& plan)
{
    for (std::size_t evse = 0; evse < snapshot.evses.size(); ++evse)
        if (!charges_or_may_not(snapshot, plan, evse)) return false;
    return true;
}

struct Shares {
    double smallest = std::numeric_limits<double>::infinity();  // current / weight
    double step = 0;                                            // the largest quantum / weight
};

Shares shares_of(Snapshot const& snapshot, Plan const& plan)
{
    Shares shares;
    for (std::size_t evse = 0; evse < snapshot.evses.size(); ++evse) {
        Evse const& one = snapshot.evses[evse];
        if (one.reserved || plan.evses[evse].limit.value == 0) continue;
        shares.smallest = std::min(
            shares.smallest, static_cast<double>(plan.evses[evse].limit.value) / one.weight);
        shares.step = std::max(shares.step, static_cast<double>(quantum_of(one)) / one.weight);
    }
    return shares;
}

}

TEST_CASE(
    "no limit is ever exceeded, and every grant is 0 or from minimum to maximum in whole quanta")
{
    for_random_snapshots(1, [](Snapshot const& snapshot, Dice&) {
        check_no_fault(safety_fault(snapshot, plan_of(snapshot)));
    });
}

TEST_CASE("every reason is true and names the nearest limit that binds")
{
    for_random_snapshots(2, [](Snapshot const& snapshot, Dice&) {
        check_no_fault(reason_fault(snapshot, plan_of(snapshot)));
    });
}

TEST_CASE("whoever gets less than the maximum is held by a full line on which nobody is ahead")
{
    for_random_snapshots(3, [](Snapshot const& snapshot, Dice&) {
        check_no_fault(fairness_fault(snapshot, plan_of(snapshot)));
    });
}

TEST_CASE("order and names of the nodes, and names of the EVSEs, change nothing")
{
    for_random_snapshots(4, [](Snapshot const& snapshot, Dice& dice) {
        auto const order = random_order(dice, snapshot.nodes.size());
        Plan const plan = plan_of(snapshot);
        Plan const moved = plan_of(with_nodes_in(order, snapshot));
        Plan expected = plan;
        for (Grant& grant : expected.evses)
            if (grant.reason.kind == ReasonKind::line || grant.reason.kind == ReasonKind::minimum)
                grant.reason.node = order[grant.reason.node];
        for (std::size_t node = 0; node < order.size(); ++node)
            expected.node_current[order[node]] = plan.node_current[node];
        CHECK(moved == expected);
    });
}

TEST_CASE("which line is called L1 does not change what anybody gets")
{
    for_random_snapshots(5, [](Snapshot const& snapshot, Dice&) {
        Snapshot turned = snapshot;
        for (Node& node : turned.nodes) {
            std::rotate(node.limit.begin(), node.limit.begin() + 1, node.limit.end());
            std::rotate(
                node.other_load.begin(), node.other_load.begin() + 1, node.other_load.end());
        }
        for (Evse& evse : turned.evses)
            std::rotate(evse.lines.begin(), evse.lines.begin() + 1, evse.lines.end());
        CHECK(limits_of(plan_of(turned)) == limits_of(plan_of(snapshot)));
    });
}

TEST_CASE("the same snapshot gives the same plan, bit for bit")
{
    for_random_snapshots(6, [](Snapshot const& snapshot, Dice&) {
        Plan const first = plan_of(snapshot);
        CHECK(plan_of(snapshot) == first);
        auto const elsewhere = std::make_unique<Snapshot>(snapshot);  // other addresses
        CHECK(plan_of(*elsewhere) == first);
    });
}

TEST_CASE("only the ratio of the weights counts")
{
    for (std::uint64_t instance = 0; instance < instances; ++instance) {
        std::uint64_t const seed = seed_of(7, instance);
        CAPTURE(seed);
        Dice dice(seed);
        Snapshot snapshot = random_snapshot(dice, Mix{});
        auto const limits = limits_of(plan_of(snapshot));
        // A whole factor: the products stay exact, so even ties stay ties.
        auto const factor = static_cast<double>(dice.number(2, 1000));
        for (Evse& evse : snapshot.evses) evse.weight *= factor;
        CHECK(limits_of(plan_of(snapshot)) == limits);
    }
}

TEST_CASE("more capacity never lowers the smallest share when all are admitted")
{
    std::uint64_t tried = 0;
    for (std::uint64_t instance = 0; instance < 2 * instances; ++instance) {
        std::uint64_t const seed = seed_of(8, instance);
        CAPTURE(seed);
        Dice dice(seed);
        Mix mix;
        mix.one_quantum = instance % 2 == 0;
        mix.one_weight = mix.one_quantum;
        mix.plenty_percent = 50;
        mix.most_evses = 8;
        Snapshot snapshot = random_snapshot(dice, mix);
        Plan const plan = plan_of(snapshot);
        if (!all_admitted(snapshot, plan)) continue;
        ++tried;
        Node& node = snapshot.nodes[dice.index(snapshot.nodes.size())];
        node.limit[dice.index(line_count)] += {dice.number(1, 20'000)};
        Plan const roomier = plan_of(snapshot);
        CHECK(all_admitted(snapshot, roomier));
        Shares const before = shares_of(snapshot, plan);
        // Where quanta or weights differ, the rounding may cost one step of the coarsest.
        double const allowed = mix.one_quantum ? 0 : before.step;
        CHECK(shares_of(snapshot, roomier).smallest >= before.smallest - allowed);
    }
    CHECK(tried > 500);  // the test must not be empty
}

TEST_CASE("admission is the best possible in queue order")
{
    std::uint64_t waiting = 0;
    for (std::uint64_t instance = 0; instance < instances; ++instance) {
        std::uint64_t const seed = seed_of(9, instance);
        CAPTURE(seed);
        Dice dice(seed);
        Mix mix;
        mix.most_evses = 8;
        Snapshot snapshot = random_snapshot(dice, mix);
        // A minimum of 0 makes "admitted" and "gets nothing" look alike.
        for (Evse& evse : snapshot.evses) evse.min = std::max(evse.min, ampere(1));
        Plan const plan = plan_of(snapshot);
        std::vector<bool> admitted;
        for (std::size_t evse = 0; evse < snapshot.evses.size(); ++evse) {
            bool const charges = plan.evses[evse].limit.value > 0;
            admitted.push_back(!snapshot.evses[evse].reserved && charges);
            if (plan.evses[evse].reason.kind == ReasonKind::minimum) ++waiting;
        }
        CHECK(admitted == best_admission(snapshot));
    }
    CHECK(waiting > 500);  // the test must not be empty
}

TEST_CASE("the plan is the one that giving out quantum by quantum arrives at")
{
    for (std::uint64_t instance = 0; instance < instances; ++instance) {
        std::uint64_t const seed = seed_of(10, instance);
        CAPTURE(seed);
        Dice dice(seed);
        Mix mix;
        mix.most_evses = 9;
        mix.most_nodes = 6;
        mix.plenty_percent = 40;
        if (instance % 10 == 0) mix.quanta_ma = {10, 100};  // slow for the oracle, so seldom
        Snapshot const snapshot = random_snapshot(dice, mix);
        CHECK(limits_of(plan_of(snapshot)) == naive_allocation(snapshot, best_admission(snapshot)));
    }
}

TEST_SUITE_END();

}
