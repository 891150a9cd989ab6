// The limit tree in an order that suits sums: every node after its parent, every subtree in one
// piece.
#pragma once

#include "balancing/snapshot.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace balancing {

// A node's place in the tree's own order. Narrower than size_t: a hundred thousand cars are sorted
// and walked by it.
using NodeRank = std::uint32_t;

class Tree {
public:
    static constexpr NodeRank none = std::numeric_limits<NodeRank>::max();

    // Nothing if the nodes are one tree; otherwise the first node at fault and what is wrong.
    struct Fault {
        std::size_t node = 0;
        char const* rule = nullptr;
    };

    // Takes nodes of which each parent is an index of the span.
    std::optional<Fault> rebuild(std::span<Node const> nodes);

    std::size_t size() const { return parent_.size(); }
    NodeRank parent(NodeRank rank) const { return parent_[rank]; }
    // The first rank after the node's subtree, which starts with the node itself.
    NodeRank end_of(NodeRank rank) const { return end_[rank]; }

    NodeRank rank_of(std::size_t node) const { return rank_of_[node]; }
    std::size_t node_at(NodeRank rank) const { return node_at_[rank]; }

private:
    std::vector<NodeRank> parent_;
    std::vector<NodeRank> end_;
    std::vector<NodeRank> rank_of_;
    std::vector<std::uint32_t> node_at_;
    // Of the nodes as given, while ranks are made.
    std::vector<std::uint32_t> first_child_;
    std::vector<std::uint32_t> next_sibling_;
};

}
