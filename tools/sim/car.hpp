// A car as its charging station sees it: it follows the pilot with some delay, draws at most what
// is offered, and stops when it has what it wants.
#pragma once

#include "tools/sim/quantities.hpp"

#include <cstdint>
#include <deque>
#include <optional>

namespace sim {

// How a car with more than one phase takes its current from an IT grid. `I` is what it draws of the
// pilot's offer.
enum class OnIt {
    one_phase,  // between terminals L1 and L2 alone: I, I, 0
    two_leg,    // two converters, L1-L2 and L3-L1, that share L1: sqrt(3) I, I, I
    delta,      // all three pairs: sqrt(3) I on each
};

struct CarConfig {
    int phases = 3;                         // TN: its charger uses terminals 1..phases: 1, 2 or 3
    OnIt on_it = OnIt::one_phase;           // IT, unless it has one phase only
    double lag = 0;                         // of its current behind its voltage, radians; see Draw
    std::int64_t max_ma = 32'000;           // its charger's maximum in each branch
    std::int64_t min_ma = lowest_pilot_ma;  // offered less than this, it draws nothing
    std::int64_t energy_wanted_wh = 20'000;
    // From a change of the pilot to the new current; IEC 61851-1 allows 5 s.
    Milliseconds reaction{5'000};
    // Paused (offered nothing) for so long, it falls asleep and does not resume. Empty: never.
    std::optional<Milliseconds> sleeps_after;
    // How often a sleeping car can be woken without being replugged.
    int wake_ups = 1;
};

class Car {
public:
    explicit Car(CarConfig const& config = {});

    // Plugging in wakes it and forgets what it was offered before.
    void on_plugged(Instant now, Grid grid = Grid::tn);

    // The pilot shows `offered_ma` (0: nothing is offered) on `phases` terminals from now on. Calls
    // come in the order of time.
    void on_pilot(std::int64_t offered_ma, int phases, Instant now);

    // From now on it draws so much at most: a battery has warmed up, a driver changed a setting.
    void change_max(std::int64_t max_ma, Instant now);

    // The contactor opened: the current is gone at once, and nothing is offered any more.
    void on_cut_off(Instant now);

    // A station that toggles its pilot can wake a sleeping car. False when the car was awake or has
    // been woken as often as it can.
    bool wake_up(Instant now);

    // Lets time pass. Its current must be read at each next_event(), or energy is counted wrongly.
    void advance(Instant now);

    // When the current changes next although the pilot does not: a reaction, full, asleep.
    std::optional<Instant> next_event() const;

    std::int64_t current_ma() const { return current_ma_; }  // in each branch in use
    int phases_used() const { return phases_used_; }         // how many branches that are
    BranchCurrents branch_currents_ma() const;

    bool full() const;
    bool asleep() const { return asleep_; }
    bool reacting() const { return !signals_.empty(); }  // has yet to follow the pilot
    std::int64_t energy_received_uj() const { return received_uj_; }
    CarConfig const& config() const { return config_; }

private:
    struct Signal {
        Instant effective;
        std::int64_t offered_ma;
        int phases;
    };

    void draw();
    int branches() const;
    std::int64_t power_mw() const { return current_ma_ * phases_used_ * nominal_voltage_v; }

    CarConfig config_;
    Grid grid_ = Grid::tn;
    std::deque<Signal> signals_;  // seen and not yet followed
    std::int64_t offered_ma_ = 0;
    int offered_phases_ = most_phases;
    std::int64_t current_ma_ = 0;
    int phases_used_ = 0;
    std::int64_t received_uj_ = 0;
    int wake_ups_left_ = 0;
    bool asleep_ = false;
    Instant now_{};
    std::optional<Instant> paused_since_;
};

}
