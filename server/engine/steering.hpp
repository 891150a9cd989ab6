// From a plan to commands, so that the limits hold at every moment and not only at the end:
// decreases go at once, an increase only from headroom that the ceilings of all outlets leave free.
// Pure.
#pragma once

#include "balancing/snapshot.hpp"
#include "server/engine/now.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace engine {

struct SteeredOutlet {
    std::size_t node = 0;  // index into the snapshot's nodes
    balancing::Loading loading{};
    std::int64_t ceiling_ma = 0;       // the most it may draw now
    std::int64_t commanded_ma = 0;     // the newest limit sent, or its fallback
    std::int64_t target_ma = 0;        // what the plan grants
    std::int64_t min_ma = 0;           // smallest useful current
    bool free = false;                 // connected, with a session, and no CALL of ours outstanding
    Milliseconds earliest_increase{};  // unless it has nothing yet
    Milliseconds earliest_trifle{};    // an increase by less than SteeringRules::increase_step_ma
};

struct SteeringRules {
    // Smaller changes are trifles, hardly worth a message: a decrease by less is left out as long
    // as everybody's targets fit without it, an increase waits.
    std::int64_t increase_step_ma = 0;
    std::int64_t quantum_ma = 1;
};

struct LimitChange {
    std::size_t outlet = 0;
    std::int64_t limit_ma = 0;
};

struct Steering {
    std::vector<LimitChange> changes{};           // decreases first
    std::vector<bool> held_back{};                // per outlet: its increase waits for something
    std::optional<Milliseconds> next_increase{};  // the earliest time-out of a rate limit met
};

// What to send now. After it, and at every moment on the way, the ceilings' sum is at most what the
// larger of limit and present sum is: it never makes an overload, and never deepens one.
// Of the snapshot only grid, power factor, time and nodes matter.
Steering steer(balancing::Snapshot const& snapshot, std::span<SteeredOutlet const> outlets,
    SteeringRules const& rules, Milliseconds now);

}
