// What limits a node: its fuse, the timetable, whatever somebody ordered for now, a cap on energy.
#pragma once

#include "balancing/units.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace balancing {

// Where a limit comes from, for reasons.
enum class LimitSource {
    rating,      // the overcurrent device, times its permanent factor
    schedule,    // scheduled power
    temporary,   // an order for some time: the grid operator's, a price signal's, an operator's
    asymmetry,   // the largest allowed difference between lines
    energy_cap,  // energy per hour
};

// A limit that holds from a moment (included) until another (not included).
struct TimedLimit {
    LimitSource source = LimitSource::schedule;  // schedule or temporary
    PerLine limit{};
    Seconds from = Seconds::min();
    Seconds until = Seconds::max();
};

// At most so much energy in the hour that ends at `hour_ends` (the Norwegian capacity tariff counts
// whole hours).
struct EnergyCap {
    std::int64_t cap_wh = 0;   // of the whole hour
    std::int64_t used_wh = 0;  // of it, up to now, by all that the node feeds
    Seconds hour_ends{};
};

// The limit of one line, and what makes it so.
struct LineLimit {
    Current limit{};
    LimitSource source = LimitSource::rating;
};

// The lowest of rating times factor and of what the timetable says at `now`; of equal ones the
// first, the rating before all. The product is rounded down.
LineLimit line_limit(PerLine const& rating, double factor, std::vector<TimedLimit> const& timed,
    Seconds now, std::size_t line);

// How much current, summed over the phases (TN) or pairs (IT), spends exactly what is left of the
// cap until the hour ends; 0 where nothing is left, and no limit (greatest_current) once the hour
// has ended. Reckoned at 230 V, rounded down.
Current current_of(EnergyCap const& cap, Seconds now);

}
