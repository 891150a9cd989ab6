#include "server/engine/wiring.hpp"

#include <algorithm>

namespace engine {

balancing::Grid grid_of(storage::GridType type)
{
    return type == storage::GridType::it_230 ? balancing::Grid::it : balancing::Grid::tn;
}

bool wiring_makes_sense(storage::GridType grid, std::array<std::uint8_t, 3> const& rotation)
{
    LineSet used{};
    for (auto const line : rotation) {
        if (line == 0) continue;
        if (line > used.size() || used[line - 1]) return false;
        used[line - 1] = true;
    }
    auto const wired = std::count(used.begin(), used.end(), true);
    return wired >= (grid == storage::GridType::it_230 ? 2 : 1);
}

balancing::Terminals terminals_of(
    balancing::Grid grid, storage::ChargePoint const& point, LineSet const& counted)
{
    balancing::Terminals all{.line = {}, .count = 0};
    balancing::Terminals some = all;
    for (auto const line : point.rotation) {
        if (line < 1 || line > balancing::line_count) continue;
        auto const index = static_cast<std::uint8_t>(line - 1);
        all.line[all.count++] = index;
        if (counted[index]) some.line[some.count++] = index;
    }
    std::uint8_t const least = grid == balancing::Grid::it ? 2 : 1;
    return some.count < least ? all : some;
}

NodeSums::NodeSums(balancing::Grid grid, std::span<balancing::Node const> nodes) : law_(grid)
{
    tree_.rebuild(nodes);
    balancing::make_rows(tree_, grid, nodes, {}, rows_);
    account_.reset(tree_, rows_, law_);
}

void NodeSums::add(std::size_t node, balancing::Loading loading, std::int64_t current_ma)
{
    account_.take(tree_.rank_of(node), loading, balancing::milliampere(current_ma));
}

std::array<std::int64_t, 3> NodeSums::line_ma(std::size_t node) const
{
    std::array<std::int64_t, 3> line_ma{};
    auto const currents = law_.currents(account_.sums(tree_.rank_of(node)));
    for (std::size_t line = 0; line < currents.size(); ++line) {
        std::int64_t const whole = currents[line].whole_milliamperes();
        bool const exact = balancing::milliampere(whole) == currents[line];
        line_ma[line] = exact ? whole : whole + 1;
    }
    return line_ma;
}

}
