#include "tools/sim/car.hpp"

#include <algorithm>

namespace sim {

Car::Car(CarConfig const& config) : config_(config) {}

void Car::on_plugged(Instant now, Grid grid)
{
    grid_ = grid;
    signals_.clear();
    offered_ma_ = 0;
    asleep_ = false;
    wake_ups_left_ = config_.wake_ups;
    now_ = now;
    paused_since_ = now;
    draw();
}

void Car::on_pilot(std::int64_t offered_ma, int phases, Instant now)
{
    signals_.push_back({now + config_.reaction, offered_ma, phases});
    advance(now);
}

void Car::change_max(std::int64_t max_ma, Instant now)
{
    advance(now);
    config_.max_ma = max_ma;
    draw();
}

void Car::on_cut_off(Instant now)
{
    advance(now);
    signals_.clear();
    if (offered_ma_ != 0) paused_since_ = now;
    offered_ma_ = 0;
    draw();
}

bool Car::wake_up(Instant now)
{
    if (!asleep_ || wake_ups_left_ == 0) return false;
    --wake_ups_left_;
    asleep_ = false;
    if (offered_ma_ == 0) paused_since_ = now;
    draw();
    return true;
}

void Car::advance(Instant now)
{
    if (now > now_) received_uj_ += power_mw() * (now - now_).count();
    now_ = std::max(now_, now);
    while (!signals_.empty() && signals_.front().effective <= now_) {
        auto const signal = signals_.front();
        signals_.pop_front();
        if (signal.offered_ma == 0 && offered_ma_ != 0) paused_since_ = signal.effective;
        if (signal.offered_ma != 0) paused_since_.reset();
        offered_ma_ = signal.offered_ma;
        offered_phases_ = signal.phases;
    }
    if (paused_since_ && config_.sleeps_after && !full() &&
        now_ >= *paused_since_ + *config_.sleeps_after) {
        asleep_ = true;
        paused_since_.reset();
    }
    draw();
}

void Car::draw()
{
    bool const draws = !asleep_ && !full() && offered_ma_ >= config_.min_ma && offered_ma_ > 0;
    phases_used_ = draws ? std::min(branches(), offered_phases_) : 0;
    current_ma_ = draws ? std::min(offered_ma_, config_.max_ma) : 0;
}

int Car::branches() const
{
    if (grid_ == Grid::tn || config_.phases == 1) return config_.phases;
    switch (config_.on_it) {
    case OnIt::one_phase: return 1;
    case OnIt::two_leg: return 2;
    case OnIt::delta: return 3;
    }
    return 1;
}

bool Car::full() const { return received_uj_ >= config_.energy_wanted_wh * microjoules_per_wh; }

std::optional<Instant> Car::next_event() const
{
    std::optional<Instant> next;
    auto const consider = [&](Instant at) { next = next ? std::min(*next, at) : at; };
    if (!signals_.empty()) consider(signals_.front().effective);
    if (paused_since_ && config_.sleeps_after && !full())
        consider(*paused_since_ + *config_.sleeps_after);
    if (auto const power = power_mw(); power > 0) {
        auto const missing = config_.energy_wanted_wh * microjoules_per_wh - received_uj_;
        consider(now_ + Milliseconds{(missing + power - 1) / power});
    }
    return next;
}

// Two on IT are the two that meet in terminal L1: L1-L2 and L3-L1.
BranchCurrents Car::branch_currents_ma() const
{
    std::int64_t const current = current_ma_;
    switch (phases_used_) {
    case 1: return {current, 0, 0};
    case 2:
        return grid_ == Grid::tn ? BranchCurrents{current, current, 0}
                                 : BranchCurrents{current, 0, current};
    case 3: return {current, current, current};
    default: return {};
    }
}

}
