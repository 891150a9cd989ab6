// How outlets hang on the lines of their installation, in the words of the sums.
#pragma once

#include "balancing/account.hpp"
#include "balancing/grid.hpp"
#include "balancing/snapshot.hpp"
#include "server/engine/session_lines.hpp"
#include "storage/entities.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace engine {

balancing::Grid grid_of(storage::GridType type);

// Whether the wiring makes sense on the grid: each terminal on a line of its own or on none, at
// least one line on TN and two on IT.
bool wiring_makes_sense(storage::GridType grid, std::array<std::uint8_t, 3> const& rotation);

// The terminals of the point whose lines are in the set, in their order. On IT a car is on two
// lines at least: a set that leaves fewer is not believed, and all that are wired are given.
balancing::Terminals terminals_of(
    balancing::Grid grid, storage::ChargePoint const& point, LineSet const& counted);

// Sums of currents on every node of an installation, by the same account that plans are made with.
class NodeSums {
public:
    // The nodes must outlive the sums; other loads and limits beyond the ratings are left aside.
    NodeSums(balancing::Grid grid, std::span<balancing::Node const> nodes);

    // Adds the current to the node and all above it.
    void add(std::size_t node, balancing::Loading loading, std::int64_t current_ma);

    // What it amounts to on each line of the node, up to whole milliamperes.
    std::array<std::int64_t, 3> line_ma(std::size_t node) const;

private:
    balancing::LineLaw law_;
    balancing::Tree tree_;
    std::vector<balancing::NodeRows> rows_;
    balancing::Account account_;
};

}
