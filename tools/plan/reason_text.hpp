// Why an EVSE got what it got, as a sentence.
#pragma once

#include "balancing/plan.hpp"
#include "balancing/snapshot.hpp"

#include <cstddef>
#include <string>

namespace plan {

// One or two plain English sentences. Takes the snapshot as it was planned, and the index of the
// EVSE in it.
std::string reason_text(
    balancing::Snapshot const& snapshot, balancing::Plan const& plan, std::size_t evse);

}
