#include "balancing/tree.hpp"

#include <optional>

namespace balancing {

std::optional<Tree::Fault> Tree::rebuild(std::span<Node const> nodes)
{
    std::size_t const size = nodes.size();
    first_child_.assign(size, none);
    next_sibling_.assign(size, none);
    rank_of_.assign(size, none);
    parent_.resize(size);
    end_.resize(size);
    node_at_.resize(size);

    std::optional<std::uint32_t> root;
    for (std::uint32_t node = static_cast<std::uint32_t>(size); node-- > 0;) {
        auto const parent = nodes[node].parent;
        if (!parent) {
            if (root) return Fault{*root, "only one node may be without a parent"};
            root = node;
        } else {
            next_sibling_[node] = first_child_[*parent];
            first_child_[*parent] = node;
        }
    }
    if (!root) return Fault{0, "one node must be the root, without a parent"};

    // Down to the first child, across to the sibling, up when there is none.
    NodeRank rank = 0;
    std::uint32_t node = *root;
    NodeRank parent = none;
    while (true) {
        rank_of_[node] = rank;
        node_at_[rank] = node;
        parent_[rank] = parent;
        ++rank;
        if (first_child_[node] != none) {
            parent = rank - 1;
            node = first_child_[node];
            continue;
        }
        end_[rank - 1] = rank;
        while (next_sibling_[node] == none && parent != none) {
            end_[parent] = rank;
            node = node_at_[parent];
            parent = parent_[parent];
        }
        if (parent == none) break;
        node = next_sibling_[node];
    }
    if (rank == size) return std::nullopt;
    for (node = 0; rank_of_[node] != none;) ++node;
    return Fault{node, "its parents lead round in a circle"};
}

}
