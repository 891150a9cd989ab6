// The installations that fairness is measured on (the same shapes as the benchmark's).
#pragma once

#include "balancing/snapshot.hpp"

#include <cstddef>
#include <cstdint>

namespace fairness_test {

// Three-phase cars of up to 32 A on one 32 A fuse.
balancing::Snapshot one_fuse(balancing::Grid grid, std::size_t cars);

// main -> blocks of 4 panels -> panels of 4 circuits -> circuits of 8 cars; 40 % of the cars on one
// phase, wiring rotated; 16, 20 or 32 A each. All cars at their maximum would load main `overload`
// times its limit; lower boards are up to twice as large for their cars as main is for all, and
// have rated sizes, as real ones do.
balancing::Snapshot tree(
    balancing::Grid grid, std::size_t cars, double overload, std::uint64_t seed);

}
