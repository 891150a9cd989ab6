// A car that is plugged in: what it still wants, what it draws, and what the reclaim rule knows.
#pragma once

#include "balancing/plan.hpp"
#include "balancing/reclaim.hpp"
#include "balancing/snapshot.hpp"
#include "tools/plan/day/play_day.hpp"

#include <cstddef>
#include <optional>

namespace plan {

struct Parked {
    std::optional<std::size_t> session{};  // index into Day::sessions; none: only a reservation
    double wanted_wh = 0;
    double left_wh = 0;
    balancing::Appetite appetite{};
    balancing::ReclaimState reclaim{};
};

Parked parked_car(std::size_t index, DaySession const& session);
balancing::Evse parked_evse(balancing::Snapshot const& installation, DaySession const& session);

// Before a plan: what the car still wants and what the reclaim rule leaves it, into its EVSE.
void look_at(Parked& parked, balancing::Evse& evse, balancing::ReclaimRules const& rules,
    balancing::Seconds now);

// What it draws of its limit.
balancing::Current draw(Parked const& parked, balancing::Evse const& evse, balancing::Current limit,
    Taper const& taper);

// Takes its energy out of what is left, and gives it in Wh.
double take(Parked& parked, balancing::Current drawn, int phases, balancing::Seconds duration);

// After a plan has held for so long: what the station has measured.
void measure(Parked& parked, balancing::Current limit, balancing::Current drawn,
    balancing::Seconds now, balancing::Seconds duration);

}
