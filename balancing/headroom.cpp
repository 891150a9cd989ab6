#include "balancing/headroom.hpp"

namespace balancing {

Headroom::Headroom(Tree const& tree, std::vector<Node> const& nodes)
    : tree_(&tree), left_(nodes.size())
{
    for (std::size_t node = 0; node < nodes.size(); ++node)
        for (std::size_t line = 0; line < line_count; ++line)
            left_[node][line] = nodes[node].limit[line] - nodes[node].other_load[line];
}

void Headroom::take(std::size_t node, LineSet const& lines, Milliampere current)
{
    for (; node != Tree::none; node = tree_->parent(node))
        for (std::size_t line = 0; line < line_count; ++line)
            if (lines[line]) left_[node][line] -= current;
}

std::optional<Place> Headroom::nearest_short_of(
    Milliampere need, std::size_t node, LineSet const& lines) const
{
    for (; node != Tree::none; node = tree_->parent(node)) {
        std::optional<Place> tightest;
        for (std::size_t line = 0; line < line_count; ++line) {
            if (!lines[line] || left_[node][line] >= need) continue;
            if (!tightest || left_[node][line] < left(*tightest)) tightest = Place{node, line};
        }
        if (tightest) return tightest;
    }
    return std::nullopt;
}

}
