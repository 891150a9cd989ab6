// The allocation: snapshot in, plan out. Pure and deterministic.
#pragma once

#include "balancing/plan.hpp"
#include "balancing/snapshot.hpp"

#include <variant>

namespace balancing {

// Shares the current of one installation among its EVSEs.
// - No node's limit less other load is exceeded on any line, in integers, as long as what is
// reserved
//   leaves room for it; where reservations or other load alone exceed a limit, those below get 0.
// - Each EVSE gets 0, or at least its minimum and at most its maximum, in whole quanta.
// - Admission is greedy in queue order at the minima; the rest is shared max-min fairly by weight.
// - Each grant says what bound it; where several places do, the one nearest to the EVSE.
// Refused: no root or several, an unknown parent or node, a cycle, a limit, load, minimum, maximum,
// quantum or reservation that is negative or above its bound (snapshot.hpp), an EVSE that loads no
// line, a weight that is not a positive finite number.
std::variant<Plan, Refusal> allocate(Snapshot const& snapshot);

}
