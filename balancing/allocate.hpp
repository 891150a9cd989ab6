// The allocation: snapshot in, plan out. Pure and deterministic.
#pragma once

#include "balancing/plan.hpp"
#include "balancing/snapshot.hpp"

#include <memory>
#include <optional>
#include <variant>

namespace balancing {

// Shares the current of one installation among its EVSEs.
// - No limit less other load is exceeded on any line (nor a cap on asymmetry or energy), in
//   integers, as long as what is reserved leaves room for it; where reservations or other load
//   alone exceed a limit, those below get 0 and the reason says so.
// - Each EVSE gets 0, or at least its minimum and at most its maximum, in whole quanta.
// - Tier by tier, admission is greedy in queue order at the minima, and what is left is shared
//   max-min fairly by weight; or, Sharing::in_order, each in queue order gets all it can take. With
//   quanta nobody gets less than the exact share rounded down, and nobody could take a further
//   quantum.
// - Each grant says what bound it; where several places do, the one nearest to the EVSE.
// - The same snapshot gives the same plan, bit for bit; order and names of the nodes do not matter.
// Refused: no root or several, an unknown parent or node, a cycle, a limit, load, minimum, maximum,
// quantum or reservation that is negative or above its bound (snapshot.hpp), a factor outside
// (0, 1], a power factor outside its range, terminals that name a line twice or none, a weight that
// is not a positive finite number, both kinds of quantum at once.
std::variant<Plan, Refusal> allocate(Snapshot const& snapshot);

// The same, keeping its memory from one plan to the next: once it has seen an installation, further
// plans of it allocate nothing (a refusal does).
class Allocator {
public:
    Allocator();
    ~Allocator();
    Allocator(Allocator&&) noexcept;
    Allocator& operator=(Allocator&&) noexcept;

    // Overwrites the plan. After a refusal the plan is empty.
    std::optional<Refusal> allocate(Snapshot const& snapshot, Plan& plan);

private:
    class Work;
    std::unique_ptr<Work> work_;
};

}
