// The energy meter of one outlet: a lifetime register that is integrated exactly, because currents
// change in steps and time is whole milliseconds.
#pragma once

#include "tools/sim/quantities.hpp"

#include <algorithm>
#include <cstdint>

namespace sim {

class Meter {
public:
    explicit Meter(std::int64_t start_wh, Instant now)
        : register_uj_(start_wh * microjoules_per_wh), now_(now)
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
    void set_currents(TerminalCurrents const& currents_ma) { currents_ma_ = currents_ma; }

    TerminalCurrents const& currents_ma() const { return currents_ma_; }
    std::int64_t power_mw() const
    {
        return (currents_ma_[0] + currents_ma_[1] + currents_ma_[2]) * nominal_voltage_v;
    }
    std::int64_t register_uj() const { return register_uj_; }
    std::int64_t register_wh() const { return register_uj_ / microjoules_per_wh; }

private:
    std::int64_t register_uj_;
    TerminalCurrents currents_ma_{};
    Instant now_;
};

}
