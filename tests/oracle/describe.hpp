// A snapshot in words, for whoever has to work out a failure by hand.
#pragma once

#include "balancing/snapshot.hpp"

#include <string>

namespace oracle {

// One line per node and EVSE; currents in amperes.
std::string describe(balancing::Snapshot const& snapshot);

}
