#include "tools/plan/day/sessions.hpp"

#include "tools/plan/day/seeded.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace plan {

namespace {

using namespace balancing;

constexpr double minute = 60;
constexpr double hour = 60 * minute;
constexpr double day = 24 * hour;
constexpr double shortest_stay = 30 * minute;
constexpr double part_of_stay = 0.9;
constexpr double least_wanted_wh = 4'000;
constexpr double greatest_wanted_wh = 25'000;

// Judgements, in seconds since midnight.
struct Habits {
    double arrival;
    double arrival_spread;  // standard deviation
    double departure;
    double departure_spread;
};
constexpr Habits at_home{17 * hour, 2 * hour, day + 7.5 * hour, hour};
constexpr Habits at_work{8 * hour, hour, 16 * hour, hour};

Habits const& habits_of(Mix mix, Seeded& seeded)
{
    bool const heads = seeded.part() < 0.5;  // drawn always: the mixes differ in nothing else
    if (mix == Mix::mixed) return heads ? at_home : at_work;
    return mix == Mix::residential ? at_home : at_work;
}

double whole_minutes(double seconds) { return std::round(seconds / minute) * minute; }

Seconds seconds_of(double seconds) { return Seconds{static_cast<std::int64_t>(seconds)}; }

// Wh that the car would take in so many seconds if it were alone.
double most_energy(Grid grid, Evse const& evse, double seconds)
{
    return most_watts_of(grid, evse) * seconds / hour;
}

std::vector<std::size_t> outlets_in_any_order(Snapshot const& installation, Seeded& seeded)
{
    std::vector<std::size_t> outlets;
    for (std::size_t i = 0; i < installation.evses.size(); ++i)
        if (!installation.evses[i].reserved) outlets.push_back(i);
    for (std::size_t left = outlets.size(); left > 1; --left)
        std::swap(outlets[left - 1], outlets[seeded.index(left)]);
    return outlets;
}

}

std::vector<DaySession> synthetic_sessions(
    Snapshot const& installation, Mix mix, std::size_t cars, std::uint64_t seed)
{
    Seeded seeded(seed);
    auto const outlets = outlets_in_any_order(installation, seeded);
    std::vector<DaySession> sessions;
    sessions.reserve(cars);
    for (std::size_t i = 0; i < cars; ++i) {
        Habits const& habits = habits_of(mix, seeded);
        double const arrives = std::max(
            0.0, whole_minutes(habits.arrival + habits.arrival_spread * seeded.near_normal()));
        double const departs = std::max(arrives + shortest_stay,
            whole_minutes(habits.departure + habits.departure_spread * seeded.near_normal()));
        DaySession session;
        session.evse = outlets[i % outlets.size()];
        session.arrives = seconds_of(arrives);
        session.departs = seconds_of(departs);
        double const possible_wh = part_of_stay *
                                   most_energy(installation.grid, installation.evses[session.evse],
                                       departs - arrives);
        double const wanted_wh = seeded.between(least_wanted_wh, greatest_wanted_wh);
        session.wanted_wh = static_cast<std::int64_t>(std::min(wanted_wh, possible_wh));
        sessions.push_back(session);
    }
    return sessions;
}

}
