// The EVSEs as the sums need them: wiring resolved to channels, bounds in whole quanta, weights as
// integers.
#pragma once

#include "balancing/grid.hpp"
#include "balancing/snapshot.hpp"
#include "balancing/tree.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace balancing {

struct Car {
    NodeRank node = 0;
    Loading loading{};
    std::int64_t quantum = 1;  // this and the others in nA
    std::int64_t least = 0;    // the minimum, rounded up to whole quanta
    std::int64_t most = 0;     // the maximum, rounded down to whole quanta
    std::int64_t weight = 1;   // 1 to 2^40
    std::int64_t current = 0;  // what is booked for it
};

// One per EVSE, in their order, all of weight 1. Takes an accepted snapshot and its tree.
void make_cars(Snapshot const& snapshot, Tree const& tree, std::vector<Car>& cars);

// Whole weights for cars that share with each other.
void set_weights(
    Snapshot const& snapshot, std::span<std::uint32_t const> members, std::vector<Car>& cars);

// Weights are scaled so that the largest has so many bits: they are read to about one part in a
// million million of it, and one that is smaller yet counts as that part. So are sums of three
// times greatest_count of them inside 64 bits, and exact: a plan does not depend on the order in
// which they are added.
inline constexpr int whole_weight_bits = 40;

// The step of an EVSE's limit in nA. Watts are reckoned at the lowest voltage that a grid may have
// (EN 50160: 230 V less 10 %), so that a limit in watts never lets more than this current through;
// a car whose phases are not known might take all watts on one.
std::int64_t quantum_of(Grid grid, Evse const& evse);
inline constexpr std::int64_t lowest_voltage = 207;

}
