#include "balancing/snapshot.hpp"

#include <algorithm>

namespace balancing {

Current most_of(Maxima const& max)
{
    return std::min({max.station, max.cable, max.car, max.asked, max.reclaimed});
}

Loading loading_of(Grid grid, Evse const& evse)
{
    return loading_of(grid, evse.terminals, evse.phases, evse.it_three_phase);
}

double most_watts_of(Grid grid, Evse const& evse)
{
    return most_of(evse.max).amperes() * phases_of(loading_of(grid, evse)) * nominal_voltage;
}

}
