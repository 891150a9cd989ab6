#include "tools/sim/grid.hpp"

namespace sim {

std::array<std::int64_t, 3> line_currents_ma(std::span<Wired const> stations)
{
    std::array<std::int64_t, 3> lines{};
    for (auto const& wired : stations) {
        auto const currents = wired.station->terminal_currents_ma();
        for (std::size_t terminal = 0; terminal < currents.size(); ++terminal)
            lines[wired.rotation[terminal] - 1U] += currents[terminal];
    }
    return lines;
}

}
