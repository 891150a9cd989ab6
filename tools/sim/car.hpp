// A car as its charging station sees it: it follows the pilot with some delay, draws at most what
// is offered, and stops when it has what it wants.
#pragma once

#include "tools/sim/quantities.hpp"

#include <cstdint>
#include <deque>
#include <optional>

namespace sim {

struct CarConfig {
    int phases = 3;                         // its charger uses terminals 1..phases: 1, 2 or 3
    std::int64_t max_ma = 32'000;           // its charger's maximum on each of them
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
    void on_plugged(Instant now);

    // The pilot shows `offered_ma` (0: nothing is offered) on `phases` terminals from now on. Calls
    // come in the order of time.
    void on_pilot(std::int64_t offered_ma, int phases, Instant now);

    // The contactor opened: the current is gone at once, and nothing is offered any more.
    void on_cut_off(Instant now);

    // A station that toggles its pilot can wake a sleeping car. False when the car was awake or has
    // been woken as often as it can.
    bool wake_up(Instant now);

    // Lets time pass. Its current must be read at each next_event(), or energy is counted wrongly.
    void advance(Instant now);

    // When the current changes next although the pilot does not: a reaction, full, asleep.
    std::optional<Instant> next_event() const;

    std::int64_t current_ma() const { return current_ma_; }  // on each terminal in use
    int phases_used() const { return phases_used_; }
    TerminalCurrents terminal_currents_ma() const;

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
    std::int64_t power_mw() const { return current_ma_ * phases_used_ * nominal_voltage_v; }

    CarConfig config_;
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
