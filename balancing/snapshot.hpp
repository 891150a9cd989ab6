// What the allocator is given: one installation at one instant. Plain values, no ids of the
// database: names are for reasons and refusals.
#pragma once

#include "balancing/grid.hpp"
#include "balancing/limits.hpp"
#include "balancing/line_law.hpp"
#include "balancing/units.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace balancing {

// A car gets nothing or at least this much (IEC 61851-1, the pilot's smallest duty cycle).
inline constexpr Current least_charging_current = ampere(6);

// Bounds of what a snapshot may say, far above any installation: they keep every sum inside 64
// bits. A limit of greatest_current means: no limit.
inline constexpr Current greatest_current = ampere(1'000'000);
inline constexpr Current greatest_evse_current = ampere(1'000);
inline constexpr Current greatest_quantum = ampere(10);
inline constexpr std::int64_t greatest_quantum_w = 100'000;  // more than any station takes at all
inline constexpr std::int64_t greatest_energy_wh = 1'000'000'000;  // of a cap: 1 GWh in an hour
inline constexpr std::size_t greatest_count = 1'000'000;           // of nodes, and of EVSEs
inline constexpr double nominal_voltage = 230;  // of a phase (TN) or a pair of lines (IT)

// A place in the limit tree: the main fuse, a circuit, a sub-board.
struct Node {
    std::string name{};
    // Index into Snapshot::nodes; exactly one node, the root, has none.
    std::optional<std::size_t> parent{};
    PerLine rating = on_all_lines(greatest_current);  // of the overcurrent device, per line
    double factor = 1;                // how much of the rating may be used for ever, above 0 to 1
    std::vector<TimedLimit> timed{};  // what else limits it, and when
    PerLine other_load{};             // what loads other than ours take, measured or assumed
    // The largest difference between the currents of two lines. Kept without counting on any load
    // of the other lines: what is on one line alone (not balanced over all three), and what other
    // loads differ by, must fit in it. On IT what is balanced counts as well: it may be a car whose
    // wiring is not known.
    std::optional<Current> asymmetry{};
    std::optional<EnergyCap> energy{};
};

// The most that an EVSE may give, by who says so.
struct Maxima {
    Current station = greatest_evse_current;
    Current cable = greatest_evse_current;
    Current car = greatest_evse_current;    // known or learned
    Current asked = greatest_evse_current;  // the driver's or an app's wish, a schedule of its own
    Current reclaimed = greatest_evse_current;  // the reclaim rule's (reclaim.hpp)
};

// What fairness over time, queues and deadlines need to know of a car (queue.hpp).
struct Session {
    Seconds arrived{};
    std::optional<Seconds> departs{};
    std::optional<std::int64_t> wanted_wh{};  // energy still wanted
    bool charging = false;                    // it may charge now, by the last plan
    std::optional<Seconds> switched{};        // when that last changed
    Current last_current{};                   // what it was granted when it last charged
    bool must_not_pause = false;              // a car that does not wake up again
    // When it will leave its turn to others, or have what it wants, as far as that is known
    // (apply_policy() says so); for telling others when theirs comes.
    std::optional<Seconds> yields{};
    double deficit_ah = 0;  // what it got less than its fair share, per phase (rotation.hpp)
};

// One outlet with a car that may charge, in the order of the queue (Snapshot::evses).
struct Evse {
    std::string name{};
    std::size_t node = 0;  // index into Snapshot::nodes
    // Wiring and car.
    Terminals terminals{};
    int phases = 0;  // on how many the car charges, 1 to 3; 0: not known yet
    ItThreePhase it_three_phase = ItThreePhase::unknown;
    // What choose_modes() may change (phase_choice.hpp).
    bool may_drop_to_one_phase = false;     // a three-phase car, to its first terminal
    bool may_rise_to_three_phases = false;  // one that was dropped, back to all its terminals
    bool may_choose_line = false;           // a car on one phase, among its terminals
    // How much.
    Current min = least_charging_current;  // smallest useful current; below it the car gets 0
    Maxima max{};
    Current quantum{};           // limits are whole multiples of it; 0: any
    std::int64_t quantum_w = 0;  // instead: of so many watts, for stations that take power only
    double weight = 1;           // share relative to the others, > 0
    int tier = 0;                // all of a lower number are served before any of a higher
    // What must be set aside for it whatever the plan says: a station that cannot be reached now,
    // or does not obey. Such an EVSE gets exactly this and takes no part in the sharing.
    std::optional<Current> reserved{};
    Session session{};
};

// How the current is shared among those of a tier.
enum class Sharing {
    fair,      // minima in queue order, and what is left weighted max-min fair
    in_order,  // each in queue order as much as it can take, before the next gets anything
};

struct Snapshot {
    Grid grid = Grid::tn;
    double power_factor = usual_power_factor;  // of the cars, IT only
    Seconds now{};
    Sharing sharing = Sharing::fair;
    std::vector<Node> nodes{};
    std::vector<Evse> evses{};
};

// The least of all that limits the EVSE.
Current most_of(Maxima const& max);

// The channels it is counted on, by its wiring and its car.
Loading loading_of(Grid grid, Evse const& evse);

// What it takes at its maximum, at nominal voltage.
double most_watts_of(Grid grid, Evse const& evse);

}
