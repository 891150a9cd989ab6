// Random installations by the thousand, for tests of what always holds.
#pragma once

#include "tests/balancing/installation.hpp"
#include "tests/balancing/plan_check.hpp"
#include "tests/balancing/random_snapshot.hpp"

#include <utility>
#include <vector>

namespace balancing_test {

// Kinds of installations that differ in what is hard about them.
inline std::vector<Mix> all_mixes()
{
    Mix fine;
    fine.name = "fine";
    fine.quanta_ma = {1, 10, 100};
    fine.any_weight = true;
    Mix alike;
    alike.name = "alike";
    alike.one_quantum = true;
    alike.one_weight = true;
    alike.any_ampere = false;  // whole amperes: shares that are whole quanta, and real ties
    Mix coarse;
    coarse.name = "coarse";
    coarse.quanta_ma = {1000, 6000, 10'000};
    coarse.watts_percent = 40;
    Mix large;
    large.name = "large";
    large.most_nodes = 60;
    large.most_evses = 150;
    large.any_weight = true;
    large.plenty_percent = 60;
    large.other_load_percent = 5;
    large.timed_percent = 5;
    large.asymmetry_percent = 3;
    large.energy_percent = 3;
    Mix fluid = Mix::fluid();
    fluid.tiers_percent = 25;
    return {Mix{}, fine, alike, coarse, large, fluid};
}

// Calls check(snapshot, dice) for so many installations; mixes take turns.
template <class Check>
void for_snapshots(
    std::uint64_t test, std::uint64_t count, std::vector<Mix> const& mixes, Check check)
{
    for (std::uint64_t instance = 0; instance < cases(count); ++instance) {
        std::uint64_t const seed = seed_of(test, instance);
        Mix const& mix = mixes[instance % mixes.size()];
        CAPTURE(seed);
        CAPTURE(mix.name);
        Dice dice(seed);
        check(random_snapshot(dice, mix), dice);
    }
}

inline void check_no_fault(Fault const& fault) { CHECK_MESSAGE(!fault, fault.value_or("")); }

inline bool takes_part(Snapshot const& snapshot, std::size_t evse)
{
    return takes_part(snapshot.grid, snapshot.evses[evse]);
}

inline bool all_admitted(Snapshot const& snapshot, Plan const& plan)
{
    for (std::size_t evse = 0; evse < snapshot.evses.size(); ++evse)
        if (takes_part(snapshot, evse) && !is_admitted(plan.evses[evse])) return false;
    return true;
}

inline std::vector<bool> admitted_of(Plan const& plan)
{
    std::vector<bool> admitted;
    for (Grant const& grant : plan.evses) admitted.push_back(is_admitted(grant));
    return admitted;
}

}
