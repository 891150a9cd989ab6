// Cars that are never full, for some hours: what does each get of its fair share?
#pragma once

#include "balancing/queue.hpp"
#include "balancing/snapshot.hpp"

namespace fairness_test {

struct Fairness {
    double jain = 0;            // of what each car was granted by its fair share: 1 is all alike
    double worst = 0;           // the smallest of these
    double max_deficit_ah = 0;  // of any car at any time
    double switches_per_car_hour = 0;
    double changes_per_car_hour = 0;  // of limits that are sent: down at all, or up by 1 A or more
    balancing::Seconds shortest_on = balancing::Seconds::max();  // of those that ended
    bool exceeded = false;  // some line of some node, at any time
};

// Plans every `step` for so long. Takes a snapshot that is accepted.
Fairness simulate(balancing::Snapshot snapshot, balancing::PolicyRules const& rules,
    balancing::Seconds length, balancing::Seconds step = balancing::Seconds{60});

}
