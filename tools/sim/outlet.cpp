#include "tools/sim/outlet.hpp"

#include <algorithm>
#include <utility>

namespace sim {

std::int64_t pilot_of(std::int64_t limit_ma, OutletConfig const& config)
{
    auto const allowed = std::min(limit_ma, config.max_ma);
    auto const stepped = allowed - allowed % config.quantum_ma;
    return stepped < lowest_pilot_ma ? 0 : stepped;
}

Outlet::Outlet(OutletConfig const& config, Instant now)
    : config_(config),
      meter_(config.register_start_wh, now, config.grid),
      now_(now),
      limit_ma_(config.max_ma),
      limit_phases_(config.phases),
      offered_phases_(config.phases)
{
}

void Outlet::plug(Car const& car, Instant now)
{
    advance(now);
    car_ = car;
    car_->on_plugged(now, config_.grid);
    if (offered_ma_ > 0) car_->on_pilot(offered_ma_, offered_phases_, now);
}

Car Outlet::unplug(Instant now)
{
    advance(now);
    auto car = *std::exchange(car_, std::nullopt);
    read_currents();
    return car;
}

void Outlet::change_car_max(std::int64_t max_ma, Instant now)
{
    advance(now);
    car_->change_max(max_ma, now);
    read_currents();
}

void Outlet::energise(bool on, Instant now)
{
    advance(now);
    if (on == energised_) return;
    energised_ = on;
    if (on) {
        request(now);
    } else {
        pending_.clear();
        offered_ma_ = 0;
        if (car_) car_->on_cut_off(now);
        read_currents();
    }
}

void Outlet::set_limit(std::int64_t limit_ma, int phases, Instant now)
{
    advance(now);
    limit_ma_ = limit_ma;
    limit_phases_ = std::min(phases, config_.phases);
    if (energised_) request(now);
}

// Queues the pilot's next value, unless it is already the last one decided.
void Outlet::request(Instant now)
{
    auto const offered = pilot_of(limit_ma_, config_);
    auto const last_ma = pending_.empty() ? offered_ma_ : pending_.back().offered_ma;
    auto const last_phases = pending_.empty() ? offered_phases_ : pending_.back().phases;
    if (offered == last_ma && limit_phases_ == last_phases) return;
    pending_.push_back({now + config_.reaction, offered, limit_phases_});
    advance(now);
}

void Outlet::show(std::int64_t offered_ma, int phases, Instant now)
{
    bool const resumes = offered_ma_ == 0 && offered_ma > 0;
    offered_ma_ = offered_ma;
    offered_phases_ = phases;
    if (!car_) return;
    car_->on_pilot(offered_ma, phases, now);
    if (resumes && config_.wakes_cars) car_->wake_up(now);
}

void Outlet::advance(Instant now)
{
    while (auto const next = next_event()) {
        if (*next > now) break;
        step(*next);
    }
    step(std::max(now, now_));
}

void Outlet::step(Instant to)
{
    meter_.advance(to);
    now_ = to;
    if (car_) car_->advance(to);
    while (!pending_.empty() && pending_.front().effective <= to) {
        auto const signal = pending_.front();
        pending_.pop_front();
        show(signal.offered_ma, signal.phases, to);
    }
    read_currents();
}

std::optional<Instant> Outlet::next_event() const
{
    std::optional<Instant> next;
    if (!pending_.empty()) next = pending_.front().effective;
    if (car_)
        if (auto const at = car_->next_event()) next = next ? std::min(*next, *at) : *at;
    return next;
}

// With the contactor open nothing flows, whatever the car would like.
void Outlet::read_currents()
{
    meter_.set_currents(car_ && energised_ ? car_->branch_currents_ma() : BranchCurrents{});
}

Draw Outlet::draw() const { return {meter_.branch_currents_ma(), car_ ? car_->config().lag : 0}; }

}
