// An allocator too simple to be wrong, as an oracle: it tries one quantum at a time and adds up all
// currents anew for every try. Exponential where it admits, slow everywhere.
#pragma once

#include "balancing/snapshot.hpp"

#include <cstdint>
#include <vector>

namespace balancing_test {

// Whether each EVSE may charge: of all sets that fit at the minima, the best in queue order, found
// by trying all sets. For at most 20 EVSEs.
std::vector<bool> best_admission(balancing::Snapshot const& snapshot);

// The current of each EVSE in mA, among those admitted: round after round one quantum for whoever
// reaches it at the lowest current / weight, the earlier in the queue if several do.
// Weights must be short binary fractions, so that the comparison is exact.
std::vector<std::int64_t> naive_allocation(
    balancing::Snapshot const& snapshot, std::vector<bool> const& admitted);

}
