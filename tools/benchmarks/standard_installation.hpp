// The installation that allocations are measured on: main -> blocks -> panels -> circuits of 8
// EVSEs, 40 % of the cars on one phase, wired in rotation.
#pragma once

#include "balancing/snapshot.hpp"

#include <cstddef>
#include <cstdint>
#include <random>

namespace bench {

// The same numbers on every machine.
class Random {
public:
    explicit Random(std::uint64_t seed) : engine_(seed) {}
    std::size_t below(std::size_t end) { return static_cast<std::size_t>(engine_() % end); }

private:
    std::mt19937_64 engine_;
};

struct Standard {
    balancing::Grid grid = balancing::Grid::tn;
    std::size_t cars = 0;
    double demand = 1;            // what all cars want, as a multiple of what main carries
    bool weights_differ = false;  // from 1 to 5; otherwise all alike
};

// Lower boards are up to twice as large for their cars as main is for all, as real ones are. On IT
// half of the three-phase cars load all pairs, half take it in two legs.
balancing::Snapshot standard_installation(Standard const& standard);

// One more car on a random circuit.
void add_car(balancing::Snapshot& snapshot, Random& random);

// Another moment: other loads of up to a twentieth of the limit on every node and line.
void change_other_load(balancing::Snapshot& snapshot, Random& random);

}
