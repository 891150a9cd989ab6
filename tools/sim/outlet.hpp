// One outlet of a station: pilot, contactor, meter, and the car that hangs on it.
#pragma once

#include "tools/sim/car.hpp"
#include "tools/sim/meter.hpp"

#include <deque>
#include <optional>

namespace sim {

struct OutletConfig {
    Grid grid = Grid::tn;
    int phases = 3;
    std::int64_t max_ma = 32'000;
    std::int64_t quantum_ma = 100;  // steps of the pilot
    Milliseconds reaction{5'000};   // from a new limit to the pilot
    bool wakes_cars = false;
    std::int64_t register_start_wh = 0;
};

// What the pilot can show of a limit: whole steps, rounded down; nothing below 6 A (IEC 61851-1),
// and not more than the hardware allows.
std::int64_t pilot_of(std::int64_t limit_ma, OutletConfig const& config);

class Outlet {
public:
    Outlet(OutletConfig const& config, Instant now);

    void plug(Car const& car, Instant now);                 // precondition: no car
    Car unplug(Instant now);                                // precondition: a car
    void change_car_max(std::int64_t max_ma, Instant now);  // precondition: a car

    // Lets the outlet offer current, or takes it away: the contactor opens at once.
    void energise(bool on, Instant now);
    // The limit from now on; the pilot follows after the reaction time.
    void set_limit(std::int64_t limit_ma, int phases, Instant now);

    // Works off everything up to `now`, in order, metering exactly.
    void advance(Instant now);
    std::optional<Instant> next_event() const;

    std::optional<Car> const& car() const { return car_; }
    Meter const& meter() const { return meter_; }
    Draw draw() const;
    bool energised() const { return energised_; }
    std::int64_t limit_ma() const { return limit_ma_; }
    std::int64_t offered_ma() const { return offered_ma_; }
    // Neither the pilot nor the car has yet to follow something.
    bool settled() const { return pending_.empty() && (!car_ || !car_->reacting()); }

private:
    struct Signal {
        Instant effective;
        std::int64_t offered_ma;
        int phases;
        friend bool operator==(Signal const&, Signal const&) = default;
    };

    void step(Instant to);
    void show(std::int64_t offered_ma, int phases, Instant now);
    void request(Instant now);
    void read_currents();

    OutletConfig config_;
    Meter meter_;
    std::optional<Car> car_;
    std::deque<Signal> pending_;  // decided, and not yet on the pilot
    Instant now_;
    bool energised_ = false;
    std::int64_t limit_ma_ = 0;
    int limit_phases_ = most_phases;
    std::int64_t offered_ma_ = 0;
    int offered_phases_ = most_phases;
};

}
