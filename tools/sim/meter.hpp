// The energy meter of one outlet: a lifetime register that is integrated exactly, because currents
// change in steps and time is whole milliseconds. Power is apparent: the angle of the current is
// left aside.
#pragma once

#include "tools/sim/quantities.hpp"

#include <algorithm>
#include <cstdint>

namespace sim {

class Meter {
public:
    explicit Meter(std::int64_t start_wh, Instant now, Grid grid = Grid::tn)
        : grid_(grid), register_uj_(start_wh * microjoules_per_wh), now_(now)
    {
    }

    // The currents flowed unchanged up to `now`.
    void advance(Instant now)
    {
        if (now <= now_) return;
        register_uj_ += power_mw() * (now - now_).count();
        now_ = now;
    }

    // The currents from the last advance() on.
    void set_currents(BranchCurrents const& branch_ma) { branch_ma_ = branch_ma; }

    TerminalCurrents currents_ma() const { return terminal_currents(grid_, branch_ma_); }
    BranchCurrents const& branch_currents_ma() const { return branch_ma_; }
    std::int64_t power_mw() const
    {
        return (branch_ma_[0] + branch_ma_[1] + branch_ma_[2]) * nominal_voltage_v;
    }
    std::int64_t register_uj() const { return register_uj_; }
    std::int64_t register_wh() const { return register_uj_ / microjoules_per_wh; }

private:
    Grid grid_;
    std::int64_t register_uj_;
    BranchCurrents branch_ma_{};
    Instant now_;
};

}
