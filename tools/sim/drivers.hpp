// Drivers who come, charge and leave: a seeded stream of visits for one EVSE.
#pragma once

#include "tools/sim/random.hpp"
#include "tools/sim/station.hpp"

#include <optional>
#include <string>

namespace sim {

struct DriverConfig {
    Milliseconds gap_min{std::chrono::minutes{10}};  // the place is empty so long between two cars
    Milliseconds gap_max{std::chrono::hours{3}};
    Milliseconds park_min{std::chrono::minutes{30}};
    Milliseconds park_max{std::chrono::hours{10}};
    std::int64_t energy_min_wh = 5'000;
    std::int64_t energy_max_wh = 40'000;
    int three_phase_percent = 60;  // the others charge on one phase
    // IT only: what the three-phase cars do there; those left charge as one-phase cars.
    Grid grid = Grid::tn;
    int two_leg_percent = 0;
    int delta_percent = 0;
    int thirty_two_amp_percent = 40;  // the others take 16 A
    int sleepy_percent = 0;           // fall asleep when paused for sleeps_after
    Milliseconds sleeps_after{std::chrono::minutes{10}};
    Milliseconds reaction_max{5'000};
    std::string token;  // the card they all use; empty: free mode or remote start
};

// The angle of a car's current for a power factor from 0.98 to 1, leading or lagging
// (CarConfig::lag).
double draw_lag(Random& random);

struct Visit {
    Instant arrives{};
    Instant leaves{};
    CarConfig car;
};

class Drivers {
public:
    // The first car comes after a gap from `now`.
    Drivers(DriverConfig const& config, std::uint64_t seed, Instant now, int evse = 1);

    // Plugs in and out whatever is due at `now`.
    void on_time(Station& station, Instant now);
    Instant next_wake() const { return here_ ? visit_.leaves : visit_.arrives; }
    Visit const& visit() const { return visit_; }  // the one that is on, or the next
    bool here() const { return here_; }

private:
    Visit draw(Instant after);

    DriverConfig config_;
    Random random_;
    int evse_;
    Visit visit_;
    bool here_ = false;
};

}
