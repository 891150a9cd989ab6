#include "tools/sim/quantities.hpp"

#include <cmath>

namespace sim {

namespace {

std::int64_t of_pairs(std::int64_t a, std::int64_t b)
{
    if (a == 0 || b == 0) return a + b;
    return std::llround(std::sqrt(static_cast<double>(a * a + b * b + a * b)));
}

}

TerminalCurrents terminal_currents(Grid grid, BranchCurrents const& branch_ma)
{
    if (grid == Grid::tn) return branch_ma;
    auto const& [l1_l2, l2_l3, l3_l1] = branch_ma;
    return {of_pairs(l1_l2, l3_l1), of_pairs(l2_l3, l1_l2), of_pairs(l3_l1, l2_l3)};
}

}
