// Which phases a car charges on, where that can be chosen: three or one, and on which line.
#pragma once

#include "balancing/allocate.hpp"
#include "balancing/snapshot.hpp"

#include <cstddef>
#include <vector>

namespace balancing {

struct PhaseRules {
    Seconds dwell_to_three{10 * 60};  // after a switch, so long before going back to three phases
    Seconds dwell_to_one{60};         // and so long before going to one, or to another line
    int most_switches = 10;           // per session
    // What a switch of a car that charges must gain: the first share that differs by so much grows
    // by this part.
    double least_gain = 0.05;
    // How many plans the search may make, and how many grants in all of them, since the plans of
    // large installations take longer; at least a few plans are made however large it is.
    std::size_t most_plans = 400;
    std::size_t most_grants = 20'000;
};

// A way for an EVSE to charge: what to write into its `phases` and `terminals`. The first of the
// terminals carry the current. They are the EVSE's own ones, turned so that the chosen one comes
// first; which socket contact that is (phaseToUse of OCPP 2) is found in the station's wiring,
// which stays with the caller.
struct Mode {
    int phases = 0;
    Terminals terminals{};

    friend bool operator==(Mode const&, Mode const&) = default;
};

// All modes that the EVSE may use, the present one first; only that where nothing may be changed,
// and always for an EVSE that is reserved or whose phases are not known.
// TN: a car on one phase on any of its terminals (may_choose_line) or on all three
// (may_rise_to_three_phases); a car on three phases on its first terminal (may_drop_to_one_phase),
// or on any (and may_choose_line).
// IT: a socket's pair is fixed by an ordinary contactor, since L1 and N of the socket hang on two
// lines of the board. Only a station that can connect both contacts freely may choose, and only one
// that is wired to all three lines has another pair. may_choose_line is to be set for such alone;
// then it is any pair of its terminals. A three-phase mode is never chosen, and left only where it
// is known what stays connected: of two converters that share the first terminal (two_leg) the one
// to the second.
std::vector<Mode> modes_of(Grid grid, Evse const& evse);

// May a car that switched `since` before now (or began to charge then), `switches` times in this
// session, switch again? From one phase to one is a change of line.
bool may_switch(
    int from_phases, int to_phases, Seconds since, int switches, PhaseRules const& rules);

// Takes from the EVSE the permissions (may_...) that may_switch() does not grant now.
void hold_phases(Evse& evse, Seconds since, int switches, PhaseRules const& rules);

// The best modes found, one per EVSE. Takes an accepted snapshot. Which of two choices is better is
// told by their plans, made without quanta: tier by tier, the first that differs of
//   1. who is admitted, those first in the queue counting first;
//   2. how many cars leave three phases: the fewer the better, so none does unless somebody who
//      would wait gets a place by it;
//   3. the shares, the smallest first (in queue order where that is how they are shared): current /
//      weight, times the phases chosen / the present phases, so that a car which returns to three
//      phases is seen to get three times the power.
// A car that charges is switched away from its present mode only if that is worth it: somebody more
// is admitted, or of the sorted shares of the cars for which the change makes a difference, before
// and after, the first two that differ by least_gain are in favour. All others switch for any gain.
// So the result is never worse than the present modes.
// The search starts with the present modes and with good ones made in one walk (phase_start.hpp),
// then switches single cars and exchanges the modes of two as long as it gains; where few cars have
// a choice it tries more and more of them at once, which for up to five that choose among three
// lines means nearly all there is to try. Last it takes back switches that turn out not to be worth
// it, as long as the result stays within least_gain of the best found. Deterministic; the order of
// nodes does not matter. Meant for arrivals and departures: it makes up to most_plans plans.
// Weights stay as they are: where they share power (FairUnit::power, queue.hpp), apply the policy
// again after a car changed its number of phases.
std::vector<Mode> choose_modes(
    Snapshot const& snapshot, Allocator& allocator, PhaseRules const& rules);

// Writes the modes into the snapshot's EVSEs.
void set_modes(Snapshot& snapshot, std::vector<Mode> const& modes);

}
