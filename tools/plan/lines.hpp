// The lines of the board that an EVSE is counted on.
#pragma once

#include "balancing/line_law.hpp"
#include "balancing/snapshot.hpp"

#include <cstddef>
#include <vector>

namespace plan {

// Indices of lines (0 is L1), in the order of the EVSE's terminals.
inline std::vector<std::size_t> lines_of(
    balancing::Snapshot const& snapshot, balancing::Evse const& evse, balancing::Loading loading)
{
    balancing::LineLaw const law(snapshot.grid, snapshot.power_factor);
    unsigned const loaded = law.lines_of(loading);
    std::vector<std::size_t> lines;
    for (std::size_t terminal = 0; terminal < evse.terminals.count; ++terminal) {
        std::size_t const line = evse.terminals.line[terminal];
        if (((loaded >> line) & 1U) != 0) lines.push_back(line);
    }
    return lines;
}

}
