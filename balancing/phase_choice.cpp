#include "balancing/phase_choice.hpp"

#include "balancing/phase_search.hpp"

#include <algorithm>

namespace balancing {

namespace {

// On how many phases (TN) or as how many-phase a load (IT) it charges by its wiring and its car.
int present_phases(Grid grid, Evse const& evse)
{
    if (grid == Grid::tn) return std::min<int>(evse.phases, evse.terminals.count);
    bool const one_pair = evse.terminals.count == 2 || evse.it_three_phase == ItThreePhase::off;
    return one_pair ? 1 : evse.phases;
}

// The same mode on the other terminals in turn. Two terminals are one pair on IT.
void add_other_lines(Grid grid, Mode mode, std::vector<Mode>& modes)
{
    auto& terminals = mode.terminals;
    if (grid == Grid::it && terminals.count < line_count) return;
    for (int turn = 1; turn < terminals.count; ++turn) {
        auto const first = terminals.line.begin();
        std::rotate(first, first + 1, first + terminals.count);
        modes.push_back(mode);
    }
}

bool can_drop(Grid grid, Evse const& evse)
{
    if (!evse.may_drop_to_one_phase) return false;
    int const phases = present_phases(grid, evse);
    if (grid == Grid::tn) return phases == 3;
    return phases > 1 && evse.it_three_phase == ItThreePhase::two_leg;
}

bool can_rise(Grid grid, Evse const& evse)
{
    return evse.may_rise_to_three_phases && grid == Grid::tn && evse.terminals.count == line_count;
}

}

std::vector<Mode> modes_of(Grid grid, Evse const& evse)
{
    std::vector<Mode> modes{{evse.phases, evse.terminals}};
    if (evse.phases == 0 || evse.reserved) return modes;
    if (present_phases(grid, evse) == 1) {
        if (evse.may_choose_line) add_other_lines(grid, modes.front(), modes);
        if (can_rise(grid, evse)) modes.push_back({3, evse.terminals});
    } else if (can_drop(grid, evse)) {
        Mode const one_phase{1, evse.terminals};
        modes.push_back(one_phase);
        if (evse.may_choose_line) add_other_lines(grid, one_phase, modes);
    }
    return modes;
}

bool may_switch(
    int from_phases, int to_phases, Seconds since, int switches, PhaseRules const& rules)
{
    if (switches >= rules.most_switches) return false;
    return since >= (to_phases > from_phases ? rules.dwell_to_three : rules.dwell_to_one);
}

void hold_phases(Evse& evse, Seconds since, int switches, PhaseRules const& rules)
{
    auto const may = [&](int from, int to) { return may_switch(from, to, since, switches, rules); };
    if (!may(3, 1)) evse.may_drop_to_one_phase = false;
    if (!may(1, 1)) evse.may_choose_line = false;
    if (!may(1, 3)) evse.may_rise_to_three_phases = false;
}

std::vector<Mode> choose_modes(
    Snapshot const& snapshot, Allocator& allocator, PhaseRules const& rules)
{
    std::vector<Mode> modes;
    modes.reserve(snapshot.evses.size());
    for (Evse const& evse : snapshot.evses) modes.push_back({evse.phases, evse.terminals});
    auto const cars = free_cars(snapshot);
    if (cars.empty()) return modes;
    auto const chosen = PhaseSearch(snapshot, cars, allocator, rules).run();
    for (std::size_t car = 0; car < cars.size(); ++car)
        modes[cars[car].evse] = cars[car].options[chosen[car]].mode;
    return modes;
}

void set_modes(Snapshot& snapshot, std::vector<Mode> const& modes)
{
    for (std::size_t index = 0; index < snapshot.evses.size(); ++index) {
        Evse& evse = snapshot.evses[index];
        evse.phases = modes[index].phases;
        evse.terminals = modes[index].terminals;
    }
}

}
