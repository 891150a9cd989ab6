// An EVSE of the file, with its car.
#pragma once

#include "balancing/snapshot.hpp"
#include "tools/plan/item.hpp"

#include <string>

namespace plan {

// As many phases as the lines listed allow on the grid: what is taken of a car whose phases the
// file does not mention.
inline constexpr int phases_as_listed = -1;

// `node` is an index, which the id is resolved to when all is read; and only then it is known
// whether `phases` suits the grid.
struct EvseDraft : balancing::Evse {
    std::string node_id{};

    EvseDraft() { phases = phases_as_listed; }
};

bool read_evse(Item const& item, EvseDraft& draft);

}
