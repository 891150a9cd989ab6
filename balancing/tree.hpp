// The limit tree as parents only: the walk from an EVSE to the root is the inner loop of every sum.
#pragma once

#include "balancing/snapshot.hpp"

#include <cstddef>
#include <limits>
#include <vector>

namespace balancing {

// One line of one node: the unit that a limit applies to.
struct Place {
    std::size_t node = 0;
    std::size_t line = 0;
};

class Tree {
public:
    // What parent() gives for the root.
    static constexpr std::size_t none = std::numeric_limits<std::size_t>::max();

    // Takes nodes that validation accepted: one root, no cycle.
    explicit Tree(std::vector<Node> const& nodes);

    std::size_t size() const { return parent_.size(); }
    std::size_t parent(std::size_t node) const { return parent_[node]; }

private:
    std::vector<std::size_t> parent_;
};

}
