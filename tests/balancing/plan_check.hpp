// Does a plan keep what allocate() promises? Written from the promises, with sums made anew from
// the snapshot (reckoning.hpp). Each check gives the first fault in words, or nothing.
#pragma once

#include "balancing/plan.hpp"
#include "balancing/snapshot.hpp"
#include "tests/balancing/reckoning.hpp"

#include <optional>
#include <string>

namespace balancing_test {

using Fault = std::optional<std::string>;

// Limits hold wherever something was granted, in integers on TN and to the last nanoampere on IT;
// each grant is 0 or from minimum to maximum in whole quanta, or exactly the reservation; the
// currents and limits of the nodes are what they should be.
Fault safety_fault(balancing::Snapshot const& snapshot, balancing::Plan const& plan);

// Every reason is true and names the nearest place, with what is left there.
Fault reason_fault(balancing::Snapshot const& snapshot, balancing::Plan const& plan);

// Nothing is left over: nobody admitted could take one more quantum.
Fault leftover_fault(balancing::Snapshot const& snapshot, balancing::Plan const& plan);

// Max-min fairness by its certificate, for snapshots without quanta: each admitted car below its
// maximum has a full place on its way where nobody of its tier who is above its own minimum is
// ahead of it by current / weight.
Fault fairness_fault(balancing::Snapshot const& snapshot, balancing::Plan const& plan);

// Sharing::in_order: at its turn, with those before it at what they got and those behind it at
// nothing, each car took all it could.
Fault order_fault(balancing::Snapshot const& snapshot, balancing::Plan const& plan);

// Whether the EVSE takes part in the sharing, by what the plan says of it.
bool is_admitted(balancing::Grant const& grant);

}
