// What one would write first, to be compared with: everybody admitted goes up by a tenth of an
// ampere, again and again, until no more fits. Weights are not known to it.
#pragma once

#include "balancing/snapshot.hpp"

#include <vector>

namespace bench {

enum class Sums {
    anew,  // added up from all cars below a node whenever they are asked for
    kept,  // brought up to date with every step
};

// The current of each EVSE. Takes an accepted snapshot with quanta of a tenth of an ampere, without
// timed limits, tiers or reservations.
std::vector<balancing::Current> fill_naively(balancing::Snapshot const& snapshot, Sums sums);

}
