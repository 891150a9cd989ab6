// What is booked on every node while a plan grows, and what still fits. Integers only: this is the
// account that makes "no limit exceeded" exact.
#pragma once

#include "balancing/line_law.hpp"
#include "balancing/rows.hpp"
#include "balancing/tree.hpp"

#include <optional>
#include <span>
#include <vector>

namespace balancing {

class Account {
public:
    // Empties the account. Tree and rows must outlive it, or its next reset.
    void reset(Tree const& tree, std::span<NodeRows const> rows, LineLaw const& law);

    // Books the current on the node and all above it.
    void take(NodeRank node, Loading loading, Current current);

    // Whether `more` of the loading fits on the node and on all above it: every row it adds to
    // would be within its limit, also a row that is full already and would get 0 more.
    bool fits(NodeRank node, Loading loading, Current more) const;

    // The same for the root alone.
    bool fits_at_root(Loading loading, Current more) const;

    // Where `more` does not fit. Where it does not in several places, it is the one nearest to the
    // EVSE: the reader of a reason looks there first (in the own board), and a larger fuse further
    // up would not help while the nearer one is full. Within that node it is the row with the least
    // left, then the first.
    std::optional<Place> nearest_short_of(NodeRank node, Loading loading, Current more) const;

    // The most of the loading that may fit, up to `most`. On TN it is exact; on IT it may be a few
    // nanoamperes off either way, so what it gives is to be tested.
    Current room_for(NodeRank node, Loading loading, Current most) const;

    // Books `raises` (per rank, what is added on the node itself, not what is below it) if all of
    // it fits everywhere, and gives whether it did. The raises are used up.
    bool take_all(std::vector<ChannelSums>& raises);

    Current left(Place place) const;
    ChannelSums const& sums(NodeRank node) const { return slots_[node].sums; }

private:
    // One cache line, since walks up the tree are the inner loop of all sums.
    struct Slot {
        ChannelSums sums{};
        PerLine room{};  // of the lines; more than any sum where there is no limit
        NodeRank parent = Tree::none;
        RowSet limited = 0;
    };

    bool slot_fits(Slot const& slot, NodeRank node, Loading loading, Current more) const;
    bool rows_within(ChannelSums const& sums, RowSet rows, NodeRank node) const;

    std::span<NodeRows const> rows_;
    LineLaw law_{Grid::tn};
    RowsOfLoading rows_of_{law_};
    std::vector<Slot> slots_;
};

// Calls visit(row) for each row of the set, in order, as long as it gives true; gives whether all
// did.
template <class Visit>
bool all_rows(RowSet rows, Visit visit)
{
    for (std::size_t row = 0; rows != 0; ++row, rows = static_cast<RowSet>(rows >> 1))
        if ((rows & 1U) != 0 && !visit(row)) return false;
    return true;
}

}
