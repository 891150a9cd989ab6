#include "balancing/grid.hpp"

#include <algorithm>

namespace balancing {

namespace {

constexpr Loading merged(Loading one, Loading other)
{
    return {static_cast<std::uint8_t>(one.channels | other.channels)};
}

Loading loading_on_tn(Terminals const& terminals, int phases)
{
    int const wired = terminals.count;
    if (phases >= 3 && wired == 3) return balanced_load;
    int const loaded = phases == 0 ? wired : std::min(phases, wired);
    Loading loading;
    for (std::size_t k = 0; k < static_cast<std::size_t>(loaded); ++k)
        loading = merged(loading, on_channel(terminals.line[k]));
    return loading;
}

Loading loading_on_it(Terminals const& terminals, int phases, ItThreePhase three_phase)
{
    auto const& line = terminals.line;
    Loading const first_pair = on_channel(pair_of(line[0], line[1]));
    if (phases == 1 || terminals.count == 2) return first_pair;
    switch (three_phase) {
    case ItThreePhase::off: return first_pair;
    case ItThreePhase::two_leg: return merged(first_pair, on_channel(pair_of(line[0], line[2])));
    case ItThreePhase::unknown:
    case ItThreePhase::delta: break;
    }
    return balanced_load;
}

}

Loading loading_of(Grid grid, Terminals const& terminals, int phases, ItThreePhase three_phase)
{
    return grid == Grid::tn ? loading_on_tn(terminals, phases)
                            : loading_on_it(terminals, phases, three_phase);
}

// Of two different lines one is the other's next, going round L1, L2, L3.
std::size_t pair_of(std::size_t one_line, std::size_t other_line)
{
    return (one_line + 1) % line_count == other_line ? one_line : other_line;
}

}
