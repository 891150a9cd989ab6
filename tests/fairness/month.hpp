// A month of synthetic sessions on one fuse: how much of what they want do the policies deliver?
#pragma once

#include "balancing/queue.hpp"
#include "balancing/snapshot.hpp"
#include "tools/plan/day/sessions.hpp"

#include <cstdint>
#include <vector>

namespace fairness_test {

// The policies of the product, and those that the literature compares with.
enum class Scheduler {
    equal_share,
    departure,
    first_come,
    earliest_deadline,  // each in the order of departure as much as it can take
    least_laxity,       // each in the order of the time to spare
    round_robin,  // shared alike; where not all fit, another is first every quarter of an hour
};
inline constexpr Scheduler all_schedulers[]{Scheduler::equal_share, Scheduler::departure,
    Scheduler::first_come, Scheduler::earliest_deadline, Scheduler::least_laxity,
    Scheduler::round_robin};
char const* name_of(Scheduler scheduler);

struct Month {
    balancing::Snapshot plant{};  // as many EVSEs as cars come in a day
    std::vector<plan::DaySession> sessions{};
    double capacity_w = 0;
};

// 30 days, so many cars each, all on three phases with up to 16 A.
Month synthetic_month(plan::Mix mix, std::size_t cars, double capacity_w, std::uint64_t seed);

// The part of the wanted energy that is delivered.
double delivered(Month const& month, Scheduler scheduler, balancing::PolicyRules rules = {});

// The largest part that any scheduler could deliver.
double optimum(Month const& month);

}
