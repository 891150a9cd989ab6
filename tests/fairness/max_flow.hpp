// The most energy that any plan could have delivered, had it known all arrivals beforehand.
#pragma once

#include "balancing/units.hpp"

#include <span>

namespace fairness_test {

struct EnergyJob {
    balancing::Seconds arrives{};
    balancing::Seconds departs{};
    double wanted_wh = 0;
    double most_w = 0;
};

// Wh, of jobs that share one capacity. A maximum flow from the jobs (what each wants) through the
// times between events (what each job can take meanwhile) to the fuse (what it can give): whatever
// flows so can be delivered if power can be divided at will, and no plan, with or without minima
// and whole amperes, delivers more.
double most_energy(std::span<EnergyJob const> jobs, double capacity_w);

}
