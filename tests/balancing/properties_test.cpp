// What holds for every plan, by checks that share nothing with the allocator. A failure prints its
// seed.
#include "tests/balancing/trials.hpp"

namespace balancing_test {

TEST_SUITE_BEGIN("properties");

namespace {

constexpr std::uint64_t instances = 6000;

// The same car for the exact share: bounds in whole quanta, but no quanta between them.
void make_fluid(Grid grid, Evse& evse)
{
    Steps const steps = steps_of(grid, evse);
    evse.min = {steps.least};
    evse.max = Maxima{};
    evse.max.station = {steps.most};
    evse.quantum = {};
    evse.quantum_w = 0;
}

}

TEST_CASE(
    "no limit is ever exceeded, and every grant is 0 or from minimum to maximum in whole quanta")
{
    for_snapshots(1, instances, all_mixes(), [](Snapshot const& snapshot, Dice&) {
        check_no_fault(safety_fault(snapshot, plan_of(snapshot)));
    });
}

TEST_CASE("every reason is true and names the nearest limit that binds")
{
    for_snapshots(2, instances, all_mixes(), [](Snapshot snapshot, Dice& dice) {
        for (Evse& evse : snapshot.evses)
            if (dice.chance(50)) evse.session.yields = Seconds{dice.number(0, 3600)};
        check_no_fault(reason_fault(snapshot, plan_of(snapshot)));
    });
}

TEST_CASE("nobody could take one more quantum")
{
    for_snapshots(3, instances, all_mixes(), [](Snapshot const& snapshot, Dice&) {
        check_no_fault(leftover_fault(snapshot, plan_of(snapshot)));
    });
}

TEST_CASE("whoever gets less than the maximum is held by a full place where nobody is ahead")
{
    Mix tiers = Mix::fluid();
    tiers.tiers_percent = 100;
    Mix any_weights = Mix::fluid();
    any_weights.any_weight = true;
    Mix large = any_weights;
    large.most_nodes = 60;
    large.most_evses = 150;
    large.plenty_percent = 60;
    for_snapshots(4, instances, {Mix::fluid(), tiers, any_weights, large},
        [](Snapshot const& snapshot, Dice&) {
            check_no_fault(fairness_fault(snapshot, plan_of(snapshot)));
        });
}

TEST_CASE("nobody gets less than the exact share rounded down to whole quanta")
{
    for_snapshots(5, instances, all_mixes(), [](Snapshot snapshot, Dice&) {
        snapshot.sharing = Sharing::fair;
        Plan const plan = plan_of(snapshot);
        for (int const tier : tiers_of(snapshot)) {
            Snapshot exact = as_seen_by_tier(snapshot, plan, tier);
            for (Evse& evse : exact.evses)
                if (takes_part(exact.grid, evse)) make_fluid(exact.grid, evse);
            Plan const shares = plan_of(exact);
            // What is handed out nanoampere by nanoampere is no share.
            auto const crumbs = static_cast<std::int64_t>(exact.evses.size());
            for (std::size_t evse = 0; evse < exact.evses.size(); ++evse) {
                if (exact.evses[evse].reserved) continue;
                CAPTURE(evse);
                Steps const steps = steps_of(snapshot.grid, snapshot.evses[evse]);
                std::int64_t const share = shares.evses[evse].limit.nanoamperes - crumbs;
                CHECK(plan.evses[evse].limit.nanoamperes >= share - share % steps.quantum);
            }
        }
    });
}

TEST_CASE("in queue order each car takes all it can before the next is asked")
{
    std::vector<Mix> mixes = all_mixes();
    for (Mix& mix : mixes) mix.in_order_percent = 100;
    for_snapshots(6, instances, mixes, [](Snapshot const& snapshot, Dice&) {
        Plan const plan = plan_of(snapshot);
        check_no_fault(order_fault(snapshot, plan));
        check_no_fault(safety_fault(snapshot, plan));
    });
}

TEST_SUITE_END();

}
