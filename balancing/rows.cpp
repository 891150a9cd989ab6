#include "balancing/rows.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace balancing {

namespace {

constexpr bool is_line(std::size_t row) { return row < first_asymmetry_row; }

// What an asymmetry row counts. On TN what is balanced over all lines makes no difference between
// them. On IT it may be a car whose wiring is not known, so it counts.
template <class Values>
Values unbalanced(LineLaw const& law, Values values)
{
    if (law.grid() == Grid::tn) values[balanced_channel] = {};
    return values;
}

// Over all phases or pairs; three for what is balanced.
Current total(ChannelSums const& sums)
{
    std::int64_t const balanced = sums[balanced_channel].nanoamperes;
    return sums[0] + sums[1] + sums[2] + Current{3 * balanced};
}

// Other loads' part of the energy row. On IT all that is known of them is their line currents; a
// balanced load of line current i takes sqrt(3) x 230 V x i, any other with these lines less.
Current other_total(Grid grid, PerLine const& other_load)
{
    Current const sum = other_load[0] + other_load[1] + other_load[2];
    if (grid == Grid::tn) return sum;
    return {static_cast<std::int64_t>(
        std::ceil(static_cast<double>(sum.nanoamperes) * std::numbers::inv_sqrt3))};
}

void limit_row(NodeRows& rows, std::size_t row, Current room)
{
    rows.limited = static_cast<RowSet>(rows.limited | (1U << row));
    rows.room[row] = room;
}

NodeRows rows_of(Grid grid, Node const& node, Seconds now)
{
    NodeRows rows;
    for (std::size_t line = 0; line < line_count; ++line) {
        LineLimit const lowest = line_limit(node.rating, node.factor, node.timed, now, line);
        rows.limit[line] = lowest.limit;
        rows.source[line] = lowest.source;
        if (lowest.limit < greatest_current)
            limit_row(rows, line, lowest.limit - node.other_load[line]);
    }
    if (node.asymmetry) {
        auto const least = *std::min_element(node.other_load.begin(), node.other_load.end());
        for (std::size_t line = 0; line < line_count; ++line)
            limit_row(rows, first_asymmetry_row + line,
                *node.asymmetry - (node.other_load[line] - least));
    }
    if (node.energy) {
        Current const most = current_of(*node.energy, now);
        if (most < greatest_current)
            limit_row(rows, energy_row, most - other_total(grid, node.other_load));
    }
    return rows;
}

}

void make_rows(Tree const& tree, Grid grid, std::span<Node const> nodes, Seconds now,
    std::vector<NodeRows>& rows)
{
    rows.resize(tree.size());
    for (NodeRank rank = 0; rank < tree.size(); ++rank)
        rows[rank] = rows_of(grid, nodes[tree.node_at(rank)], now);
}

LimitSource source_of(NodeRows const& rows, std::size_t row)
{
    if (row == energy_row) return LimitSource::energy_cap;
    return is_line(row) ? rows.source[row] : LimitSource::asymmetry;
}

Current row_current(LineLaw const& law, ChannelSums const& sums, std::size_t row)
{
    if (is_line(row)) return law.current(sums, row);
    if (row == energy_row) return total(sums);
    return law.current(unbalanced(law, sums), line_of(row));
}

bool row_within(LineLaw const& law, ChannelSums const& sums, std::size_t row, Current room)
{
    if (is_line(row)) return law.within(sums, row, room);
    if (row == energy_row) return total(sums) <= room;
    return law.within(unbalanced(law, sums), line_of(row), room);
}

double row_level(LineLaw const& law, ChannelValues const& fixed, ChannelValues const& slope,
    std::size_t row, Current room)
{
    if (is_line(row)) return law.level(fixed, slope, row, room);
    if (row != energy_row)
        return law.level(unbalanced(law, fixed), unbalanced(law, slope), line_of(row), room);
    auto const sum = [](ChannelValues const& values) {
        return values[0] + values[1] + values[2] + 3 * values[balanced_channel];
    };
    return static_cast<double>(room.nanoamperes - sum(fixed)) / static_cast<double>(sum(slope));
}

Loading row_channels(LineLaw const& law, std::size_t row)
{
    if (row == energy_row) return {(1U << channel_count) - 1};
    Loading const line = law.channels_of(line_of(row));
    if (is_line(row) || law.grid() == Grid::it) return line;
    return {static_cast<std::uint8_t>(line.channels & ~balanced_load.channels)};
}

RowsOfLoading::RowsOfLoading(LineLaw const& law)
{
    for (std::size_t row = 0; row < row_count; ++row)
        for (std::size_t channels = 0; channels < rows_.size(); ++channels)
            if ((row_channels(law, row).channels & channels) != 0)
                rows_[channels] = static_cast<RowSet>(rows_[channels] | (1U << row));
}

}
