#include "balancing/account.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace balancing {

namespace {

constexpr RowSet line_rows = (1U << line_count) - 1;

// Half of what 64 bits hold: no sum of accepted currents comes near, and adding to it is safe.
constexpr Current endless{std::numeric_limits<std::int64_t>::max() / 2};

}

void Account::reset(Tree const& tree, std::span<NodeRows const> rows, LineLaw const& law)
{
    rows_ = rows;
    law_ = law;
    rows_of_ = RowsOfLoading(law);
    slots_.resize(tree.size());
    for (NodeRank rank = 0; rank < tree.size(); ++rank) {
        Slot& slot = slots_[rank];
        slot.sums = {};
        slot.parent = tree.parent(rank);
        slot.limited = rows[rank].limited;
        for (std::size_t line = 0; line < line_count; ++line)
            slot.room[line] = (unsigned{slot.limited} >> line & 1U) != 0 ? rows[rank].room[line]
                                                                         : endless;
    }
}

void Account::take(NodeRank node, Loading loading, Current current)
{
    for (; node != Tree::none; node = slots_[node].parent) add(slots_[node].sums, loading, current);
}

bool Account::rows_within(ChannelSums const& sums, RowSet rows, NodeRank node) const
{
    return all_rows(
        rows, [&](std::size_t row) { return row_within(law_, sums, row, rows_[node].room[row]); });
}

bool Account::slot_fits(Slot const& slot, NodeRank node, Loading loading, Current more) const
{
    auto const rows = static_cast<RowSet>(rows_of_[loading] & slot.limited);
    if (law_.grid() == Grid::tn && (rows & ~line_rows) == 0) {
        // The usual case without copying: a line carries its own channel and the balanced one.
        Current const on_each = slot.sums[balanced_channel] + more;
        for (std::size_t line = 0; line < line_count; ++line)
            if ((unsigned{rows} >> line & 1U) != 0 && slot.sums[line] + on_each > slot.room[line])
                return false;
        return true;
    }
    ChannelSums sums = slot.sums;
    add(sums, loading, more);
    return rows_within(sums, rows, node);
}

bool Account::fits(NodeRank node, Loading loading, Current more) const
{
    for (; node != Tree::none; node = slots_[node].parent)
        if (!slot_fits(slots_[node], node, loading, more)) return false;
    return true;
}

bool Account::fits_at_root(Loading loading, Current more) const
{
    return slot_fits(slots_.front(), 0, loading, more);
}

std::optional<Place> Account::nearest_short_of(NodeRank node, Loading loading, Current more) const
{
    while (node != Tree::none && slot_fits(slots_[node], node, loading, more))
        node = slots_[node].parent;
    if (node == Tree::none) return std::nullopt;
    ChannelSums sums = slots_[node].sums;
    add(sums, loading, more);
    std::optional<Place> tightest;
    Current least{};
    all_rows(static_cast<RowSet>(rows_of_[loading] & slots_[node].limited), [&](std::size_t row) {
        if (row_within(law_, sums, row, rows_[node].room[row])) return true;
        Current const here = left({node, row});
        if (!tightest || here < least) tightest = Place{node, row}, least = here;
        return true;
    });
    return tightest;
}

Current Account::room_for(NodeRank node, Loading loading, Current most) const
{
    ChannelValues slope{};
    for (std::size_t channel = 0; channel < channel_count; ++channel)
        slope[channel] = loading.has(channel) ? 1 : 0;
    for (; node != Tree::none; node = slots_[node].parent) {
        Slot const& slot = slots_[node];
        ChannelValues fixed{};
        for (std::size_t channel = 0; channel < channel_count; ++channel)
            fixed[channel] = slot.sums[channel].nanoamperes;
        all_rows(static_cast<RowSet>(rows_of_[loading] & slot.limited), [&](std::size_t row) {
            double const level = row_level(law_, fixed, slope, row, rows_[node].room[row]);
            // Where it is below `most` it is far inside 64 bits.
            if (level < static_cast<double>(most.nanoamperes))
                most = {static_cast<std::int64_t>(std::floor(level))};
            return true;
        });
    }
    return most;
}

bool Account::take_all(std::vector<ChannelSums>& raises)
{
    // Children come after their parents, so going backwards sums up the tree.
    for (auto rank = static_cast<NodeRank>(raises.size()); rank-- > 0;) {
        Slot const& slot = slots_[rank];
        ChannelSums sums = slot.sums;
        Loading raised;
        for (std::size_t channel = 0; channel < channel_count; ++channel) {
            Current const raise = raises[rank][channel];
            if (raise == Current{}) continue;
            raised.channels = static_cast<std::uint8_t>(raised.channels | (1U << channel));
            sums[channel] += raise;
            if (slot.parent != Tree::none) raises[slot.parent][channel] += raise;
        }
        if (!rows_within(sums, static_cast<RowSet>(rows_of_[raised] & slot.limited), rank))
            return false;
    }
    for (std::size_t rank = 0; rank < raises.size(); ++rank)
        for (std::size_t channel = 0; channel < channel_count; ++channel)
            slots_[rank].sums[channel] += raises[rank][channel];
    return true;
}

Current Account::left(Place place) const
{
    return rows_[place.node].room[place.row] - row_current(law_, sums(place.node), place.row);
}

}
