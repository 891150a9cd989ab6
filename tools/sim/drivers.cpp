#include "tools/sim/drivers.hpp"

#include <cmath>

namespace sim {

namespace {

constexpr std::int64_t small_car_ma = 16'000;
constexpr std::int64_t large_car_ma = 32'000;

// Chargers with power factor correction; in thousandths.
constexpr std::int64_t worst_power_factor = 980;
constexpr std::int64_t best_power_factor = 1'000;

// Times are drawn to the millisecond, so that no two stations act at the same instant for long.
Milliseconds between(Random& random, Milliseconds low, Milliseconds high)
{
    return Milliseconds{random.between(low.count(), high.count())};
}

}

double draw_lag(Random& random)
{
    auto const thousandths = random.between(worst_power_factor, best_power_factor);
    double const angle = std::acos(static_cast<double>(thousandths) / best_power_factor);
    return random.chance(50) ? angle : -angle;
}

Drivers::Drivers(DriverConfig const& config, std::uint64_t seed, Instant now, int evse)
    : config_(config), random_(seed), evse_(evse), visit_(draw(now))
{
}

Visit Drivers::draw(Instant after)
{
    Visit visit;
    visit.arrives = after + between(random_, config_.gap_min, config_.gap_max);
    visit.leaves = visit.arrives + between(random_, config_.park_min, config_.park_max);
    auto& car = visit.car;
    car.phases = random_.chance(config_.three_phase_percent) ? most_phases : 1;
    car.max_ma = random_.chance(config_.thirty_two_amp_percent) ? large_car_ma : small_car_ma;
    car.energy_wanted_wh = random_.between(config_.energy_min_wh, config_.energy_max_wh);
    car.reaction = between(random_, Milliseconds{0}, config_.reaction_max);
    if (random_.chance(config_.sleepy_percent)) car.sleeps_after = config_.sleeps_after;
    if (config_.grid == Grid::it) {
        auto const habit = random_.between(1, 100);
        if (habit <= config_.two_leg_percent + config_.delta_percent) car.on_it = OnIt::two_leg;
        if (habit <= config_.delta_percent) car.on_it = OnIt::delta;
        car.lag = draw_lag(random_);
    }
    return visit;
}

void Drivers::on_time(Station& station, Instant now)
{
    while (next_wake() <= now) {
        if (here_) {
            if (station.plugged(evse_)) station.unplug(now, evse_);
            here_ = false;
            visit_ = draw(now);
        } else if (station.plugged(evse_)) {  // somebody else's car: this one drives on
            visit_ = draw(now);
        } else {
            station.plug_in(Car(visit_.car), config_.token, now, evse_);
            here_ = true;
        }
    }
}

}
