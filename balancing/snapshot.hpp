// What the allocator is given: one installation at one instant. Plain values, no ids of the
// database: names are for reasons and refusals.
#pragma once

#include "balancing/units.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace balancing {

enum class Grid { tn };  // star with neutral: magnitudes on one line add

// A car gets nothing or at least this much (IEC 61851-1, the pilot's smallest duty cycle).
inline constexpr Milliampere least_charging_current = ampere(6);

// Bounds of what a snapshot may say, far above any installation: they keep every sum inside 64
// bits. A limit of greatest_current means: no limit.
inline constexpr Milliampere greatest_current = ampere(1'000'000);
inline constexpr Milliampere greatest_quantum = ampere(10);

// A place in the limit tree: the main fuse, a circuit, a sub-board.
struct Node {
    std::string name{};
    std::optional<std::size_t>
        parent;            // index into Snapshot::nodes; exactly one node, the root, has none
    PerLine limit{};       // the most that may flow, per line
    PerLine other_load{};  // what loads other than ours take, measured or assumed
};

// One outlet with a car that may charge, in the order of the queue (Snapshot::evses).
struct Evse {
    std::string name{};
    std::size_t node = 0;  // index into Snapshot::nodes
    LineSet lines{};       // the lines that the car loads, or might load while that is not known
    Milliampere min = least_charging_current;  // smallest useful current; below it the car gets 0
    Milliampere max{};                         // the most that station, cable and car take
    Milliampere quantum{};                     // limits are whole multiples of it; 0: of 1 mA
    double weight = 1;                         // share relative to the others, > 0
    // What must be set aside for it whatever the plan says: a station that cannot be reached now,
    // or does not obey. Such an EVSE gets exactly this and takes no part in the sharing.
    std::optional<Milliampere> reserved{};
};

struct Snapshot {
    Grid grid = Grid::tn;
    std::vector<Node> nodes;
    std::vector<Evse> evses;
};

}
