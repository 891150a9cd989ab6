// The rows of a node: everything there that may not be exceeded. Three lines; where asked for, the
// same three without what is surely balanced (asymmetry); where asked for, the sum over the phases
// (energy per hour).
#pragma once

#include "balancing/line_law.hpp"
#include "balancing/snapshot.hpp"
#include "balancing/tree.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace balancing {

inline constexpr std::size_t first_asymmetry_row = line_count;
inline constexpr std::size_t energy_row = 2 * line_count;
inline constexpr std::size_t row_count = energy_row + 1;

// A set of rows, bit k is row k.
using RowSet = std::uint8_t;

// One row of one node.
struct Place {
    NodeRank node = 0;
    std::size_t row = 0;

    friend bool operator==(Place const&, Place const&) = default;
};

// What a node allows to the loads of the snapshot, other load already taken off.
struct NodeRows {
    RowSet limited = 0;                     // the rows that have a limit
    std::array<Current, row_count> room{};  // negative where other load alone exceeds the limit
    PerLine limit{};                        // of the lines, other load not taken off
    std::array<LimitSource, line_count> source{};
};

// One per node, by rank. Takes accepted nodes.
void make_rows(Tree const& tree, Grid grid, std::span<Node const> nodes, Seconds now,
    std::vector<NodeRows>& rows);

LimitSource source_of(NodeRows const& rows, std::size_t row);

// The line that a row is about; 0 for the energy row.
constexpr std::size_t line_of(std::size_t row) { return row == energy_row ? 0 : row % line_count; }

// What a row carries, given what is in the node's channels.
Current row_current(LineLaw const& law, ChannelSums const& sums, std::size_t row);

bool row_within(LineLaw const& law, ChannelSums const& sums, std::size_t row, Current room);

// LineLaw::level() for a row.
double row_level(LineLaw const& law, ChannelValues const& fixed, ChannelValues const& slope,
    std::size_t row, Current room);

// The channels that add to a row.
Loading row_channels(LineLaw const& law, std::size_t row);

// For each set of channels the rows that it adds to.
class RowsOfLoading {
public:
    explicit RowsOfLoading(LineLaw const& law);

    RowSet operator[](Loading loading) const { return rows_[loading.channels]; }

private:
    std::array<RowSet, 1U << channel_count> rows_{};
};

}
