#include "balancing/tree.hpp"

namespace balancing {

Tree::Tree(std::vector<Node> const& nodes)
{
    parent_.reserve(nodes.size());
    for (Node const& node : nodes) parent_.push_back(node.parent.value_or(none));
}

}
