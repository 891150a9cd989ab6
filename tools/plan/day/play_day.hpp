// A day of sessions on an installation: planned at every arrival and departure, whenever a limit
// changes, and every step in between. Pure: the same day gives the same report.
#pragma once

#include "balancing/plan.hpp"
#include "balancing/queue.hpp"
#include "balancing/reclaim.hpp"
#include "balancing/snapshot.hpp"
#include "tools/plan/day/sessions.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <variant>
#include <vector>

namespace plan {

// How cars draw: as much as they may, until they are nearly full. Then the current falls evenly
// with the energy that is missing, to a last part of its maximum. Judgements.
struct Taper {
    double begins = 0.1;  // of the energy wanted, still missing; 0: they never taper
    double ends = 0.1;    // of the car's maximum
};

struct DayRules {
    balancing::PolicyRules policy{};
    balancing::ReclaimRules reclaim{};
    balancing::Seconds step{60};
    Taper taper{};
};

struct Day {
    // Nodes with their limits and other loads; EVSEs with wiring, maxima, weights and tiers, whose
    // sessions are not looked at. Reserved EVSEs keep their reservation all day and nobody charges
    // there. Timed limits of the first day hold on every day.
    balancing::Snapshot installation{};
    std::vector<DaySession> sessions{};
    balancing::Seconds begins{};  // since midnight of the first day
    balancing::Seconds ends{};
};

// Whether the session is played at all.
constexpr bool is_inside(Day const& day, DaySession const& session)
{
    return session.arrives < day.ends && session.departs > day.begins && session.wanted_wh > 0;
}

struct CarReport {
    double delivered_wh = 0;
    balancing::Seconds wanting{};  // plugged in and not full
    balancing::Seconds waited{};   // of these, at 0 A
    std::size_t switches = 0;      // starts and stops, the first start included
    double granted_ah = 0;         // per phase
    double fair_ah = 0;            // what balancing::fair_share() would have given
};

// The greatest current of a line of a node, other load included.
struct Peak {
    balancing::Current current{};
    balancing::Current limit{};  // at that moment
    balancing::Seconds at{};
};

struct DayReport {
    std::vector<CarReport> cars{};  // as Day::sessions; all zero for one outside the day
    std::vector<std::array<Peak, balancing::line_count>> peaks{};  // as the installation's nodes
    // Plans that granted more on some line than its limit less other load: never.
    std::size_t exceeded = 0;
    std::size_t plans = 0;
    double wanted_wh = 0;
    double delivered_wh = 0;
    std::size_t satisfied = 0;  // cars that left with what they wanted, but for 1 %
    balancing::Seconds mean_wait{};
    balancing::Seconds wait_of_90_percent{};  // nine of ten waited no longer
    balancing::Seconds longest_wait{};
    double jain = 1;                   // of granted / fair
    double switches_per_car_hour = 0;  // of hours in which a car wanted to charge
};

// Refused: what allocate() refuses.
std::variant<DayReport, balancing::Refusal> play_day(Day const& day, DayRules const& rules);

}
