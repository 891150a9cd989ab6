// Plans against allocators that are too simple to be wrong. A failure prints its seed.
#include "tests/balancing/naive_allocation.hpp"
#include "tests/balancing/trials.hpp"

#include <algorithm>
#include <cmath>

namespace balancing_test {

TEST_SUITE_BEGIN("oracles");

namespace {

constexpr std::uint64_t instances = 4000;

// Checks the grants of every tier against check(reckoning of the tier, who takes part, plan).
template <class Check>
void for_tiers(Snapshot const& snapshot, Plan const& plan, Check check)
{
    for (int const tier : tiers_of(snapshot)) {
        Snapshot const seen = as_seen_by_tier(snapshot, plan, tier);
        std::vector<bool> admitted = admitted_of(plan);
        for (std::size_t evse = 0; evse < admitted.size(); ++evse)
            if (seen.evses[evse].reserved) admitted[evse] = false;
        check(Reckoning(seen), admitted);
    }
}

// The largest difference of a grant from the naive fluid share, in nA.
Amount largest_error(Snapshot const& snapshot)
{
    Amount largest = 0;
    Plan const plan = plan_of(snapshot);
    for_tiers(snapshot, plan, [&](Reckoning const& reckoning, std::vector<bool> const& admitted) {
        auto const shares = fluid_shares(reckoning, admitted);
        for (std::size_t evse = 0; evse < shares.size(); ++evse)
            if (admitted[evse])
                largest = std::max(
                    largest, std::abs(amount(plan.evses[evse].limit) - shares[evse]));
    });
    return largest;
}

}

TEST_CASE("admission is the best possible in queue order")
{
    std::uint64_t waiting = 0;
    Mix small;
    small.most_evses = 8;
    small.tiers_percent = 0;
    small.in_order_percent = 0;
    small.zero_min_percent = 0;
    for_snapshots(50, instances, {small}, [&](Snapshot const& snapshot, Dice&) {
        Plan const plan = plan_of(snapshot);
        CHECK(admitted_of(plan) == best_admission(snapshot));
        for (Grant const& grant : plan.evses)
            if (grant.reason.kind == ReasonKind::waiting) ++waiting;
    });
    CHECK(waiting > cases(500));  // the test must not be empty
}

TEST_CASE("without quanta every share is the max-min fair one, to the nanoampere")
{
    Mix tiers = Mix::fluid();
    tiers.tiers_percent = 50;
    for (bool const tn : {true, false}) {
        Mix mix = tiers;
        mix.tn = tn;
        mix.it = !tn;
        Amount largest = 0;
        for_snapshots(tn ? 51 : 52, instances, {mix}, [&](Snapshot const& snapshot, Dice&) {
            Amount const error = largest_error(snapshot);
            largest = std::max(largest, error);
            // What rounding down leaves over is handed out by nanoamperes; on IT the coefficients,
            // rounded up, cost as much again.
            CHECK(error <= static_cast<Amount>(snapshot.evses.size()));
        });
        MESSAGE((tn ? "TN" : "IT") << ": largest error " << static_cast<double>(largest) << " nA");
    }
}

TEST_CASE("weights of any size are kept to a millionth of an ampere")
{
    // The largest weight is a thousand times the smallest.
    Mix mix = Mix::fluid();
    mix.weights.clear();
    for (int step = 0; step <= 60; ++step) mix.weights.push_back(std::pow(1000.0, step / 60.0));
    Amount largest = 0;
    for_snapshots(53, instances, {mix}, [&](Snapshot const& snapshot, Dice&) {
        Amount const error = largest_error(snapshot);
        largest = std::max(largest, error);
        CHECK(error <= 1000);  // nA
    });
    MESSAGE("largest error " << static_cast<double>(largest) << " nA");
}

TEST_CASE("what rounding leaves over is handed out as going from quantum to quantum would do it")
{
    Mix mix;
    // Alike enough to be handed out one by one.
    mix.quanta_ma = {100, 250, 1000};
    mix.quanta_w = {100, 230};
    mix.most_evses = 10;
    mix.in_order_percent = 0;
    mix.energy_percent = 5;
    Mix whole = mix;
    whole.any_ampere = false;
    for_snapshots(54, instances, {mix, whole}, [&](Snapshot const& snapshot, Dice&) {
        Plan const plan = plan_of(snapshot);
        auto const currents = currents_of(plan);
        for_tiers(
            snapshot, plan, [&](Reckoning const& reckoning, std::vector<bool> const& admitted) {
                auto const shares = fluid_shares(reckoning, admitted);
                // A share a nanoampere or two below a whole quantum may be taken for it or not.
                constexpr Amount close = 2;
                auto const is_plan = [&](std::vector<Amount> const& expected) {
                    for (std::size_t evse = 0; evse < expected.size(); ++evse)
                        if (admitted[evse] && currents[evse] != expected[evse]) return false;
                    return true;
                };
                bool same = false;
                for (Amount const nearly : {close, -close})
                    for (bool const unclear_fits : {true, false})
                        same = same || is_plan(handed_out(
                                           reckoning, admitted, shares, {nearly, unclear_fits}));
                CHECK(same);
            });
    });
}

TEST_SUITE_END();

}
