// What is still free on every line of every node while a plan grows. Integers only: this is the
// account that makes "no limit exceeded" exact.
#pragma once

#include "balancing/snapshot.hpp"
#include "balancing/tree.hpp"

#include <optional>
#include <vector>

namespace balancing {

class Headroom {
public:
    // Starts with each limit less the other load; negative where that load alone exceeds the limit.
    // The tree must outlive the headroom.
    Headroom(Tree const& tree, std::vector<Node> const& nodes);

    // Books the current on the lines of the node and of all nodes above it.
    void take(std::size_t node, LineSet const& lines, Milliampere current);

    // Where the way from the node to the root has less than `need` left on one of the lines. Where
    // several places do, it is the one nearest to the EVSE: the reader of a reason looks there
    // first (in the own board), and a larger fuse further up would not help while the nearer one is
    // full. Within that node it is the line with the least left, then the lower line.
    std::optional<Place> nearest_short_of(
        Milliampere need, std::size_t node, LineSet const& lines) const;

    Milliampere left(Place place) const { return left_[place.node][place.line]; }

private:
    Tree const* tree_;
    std::vector<PerLine> left_;
};

}
