// Does a plan keep what allocate() promises? Written from the promises, with sums made anew from
// the snapshot; shares no code with the allocator. Each check gives the first fault in words, or
// nothing.
#pragma once

#include "balancing/plan.hpp"
#include "balancing/snapshot.hpp"

#include <optional>
#include <string>

namespace balancing_test {

using Fault = std::optional<std::string>;

// Limits hold in integers wherever something was granted; each grant is 0 or from minimum to
// maximum in whole quanta, or exactly the reservation; the currents of the nodes are the sums of
// the grants.
Fault safety_fault(balancing::Snapshot const& snapshot, balancing::Plan const& plan);

// Every reason is true and names the nearest place.
Fault reason_fault(balancing::Snapshot const& snapshot, balancing::Plan const& plan);

// Max-min fairness by its certificate: each admitted car below its maximum has a place on its way
// where less than its quantum is left and nobody above its own minimum would still be ahead of it
// (by current / weight) after one more quantum.
Fault fairness_fault(balancing::Snapshot const& snapshot, balancing::Plan const& plan);

// On its way from the EVSE to the root.
bool is_below(balancing::Snapshot const& snapshot, std::size_t evse, std::size_t node);

// Minimum and maximum in whole quanta; quantum, 1 mA where the snapshot says 0. All in mA.
std::int64_t quantum_of(balancing::Evse const& evse);
std::int64_t least_of(balancing::Evse const& evse);
std::int64_t most_of(balancing::Evse const& evse);

}
