// How many cars the plant carries.
#pragma once

#include "balancing/plan.hpp"
#include "balancing/snapshot.hpp"
#include "tools/plan/day/play_day.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <variant>

namespace plan {

// A plant carries a number of cars if it delivers so much of what all of them want, and nobody gets
// less than so much of what it wants. A car that can take nothing where it stands, so that it does
// not even want anything (sessions.hpp), is not carried.
inline constexpr double carried_part = 0.95;
inline constexpr double carried_part_of_each = 0.80;
bool is_carried(Day const& day, DayReport const& report);

// Beyond this nobody looks.
inline constexpr std::size_t most_cars = 4'096;

struct Carries {
    std::size_t cars = 0;   // carried
    bool at_least = false;  // most_cars were, and more may be
    std::size_t days = 0;   // how many were played to find it
};

// The largest number of synthetic cars of a kind that is carried, by doubling and then halving the
// gap. More cars are the same cars and some more; but a car can be so unlucky that a few more do
// not bring out another, so this is one place where carrying ends, not a proof that it is the only
// one. Refused: what allocate() refuses, and an installation without a free EVSE.
std::variant<Carries, balancing::Refusal> find_carried(
    balancing::Snapshot const& installation, Mix mix, std::uint64_t seed, DayRules const& rules);

// A day with these sessions, from the whole hour of the first arrival until the last departure.
Day day_of(balancing::Snapshot installation, std::vector<DaySession> sessions);

}
