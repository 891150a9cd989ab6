// The unused share: a car that draws less than it may gets a lower limit, and its share goes to
// others. It is the limit itself that is lowered, so that the sum of limits still holds at every
// instant and the car cannot take back by itself what was given away.
#pragma once

#include "balancing/units.hpp"

#include <optional>

namespace balancing {

struct ReclaimRules {
    Current headroom = milliampere(1500);   // left above what was measured
    Seconds settled_after{60};              // no lower limit so soon after a change
    Seconds fresh_for{30};                  // older measurements say nothing
    Current near_limit = milliampere(700);  // so close below the limit the car wants more
    Seconds first_pause{120};               // after a raise that was not used, doubled each time
    Seconds longest_pause{3600};
    Current step = ampere(1);  // caps are whole multiples
};

// What is known of a car's appetite.
struct Appetite {
    bool charging = false;              // the station says Charging
    Current limit{};                    // what it may take now
    Seconds limit_since{};              // since when
    std::optional<Current> greatest{};  // the largest phase current of the last 60 s
    Seconds measured{};                 // when the newest of them was measured
};

// What the rule remembers from one time to the next.
struct ReclaimState {
    std::optional<Current> cap{};     // nothing: not lowered
    std::optional<Current> raised{};  // the cap that was taken away last, until its use is seen
    Seconds pause{0};                 // how long the last raise that was not used keeps it quiet
    Seconds quiet_until = Seconds::min();

    friend bool operator==(ReclaimState const&, ReclaimState const&) = default;
};

// The state after looking once more; its cap is what Maxima::reclaimed is set to. `least` is the
// EVSE's minimum: a cap is never below it.
// - Not charging, or no fresh measurement: no cap (nothing is taken away on a guess).
// - Settled and drawing well below the limit: the cap is what was measured plus headroom, up to
//   whole steps. A cap that is there only falls.
// - Drawing as much as its cap lets it: the cap goes away at once, so that the car shows how much
//   it wants. If it then draws no more than before, the next such raise waits for first_pause, and
//   twice as long each time that this happens again in a row.
ReclaimState reclaim(ReclaimState state, Appetite const& appetite, Current least,
    ReclaimRules const& rules, Seconds now);

}
