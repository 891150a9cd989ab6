#include "balancing/limits.hpp"

#include "balancing/snapshot.hpp"
#include "balancing/wide.hpp"

#include <algorithm>
#include <cmath>

namespace balancing {

namespace {

bool holds(TimedLimit const& timed, Seconds now) { return timed.from <= now && now < timed.until; }

Current part_of(Current rating, double factor)
{
    if (factor >= 1 || rating >= greatest_current) return rating;
    return {
        static_cast<std::int64_t>(std::floor(static_cast<double>(rating.nanoamperes) * factor))};
}

}

LineLimit line_limit(PerLine const& rating, double factor, std::vector<TimedLimit> const& timed,
    Seconds now, std::size_t line)
{
    LineLimit lowest{part_of(rating[line], factor), LimitSource::rating};
    for (TimedLimit const& one : timed)
        if (holds(one, now) && one.limit[line] < lowest.limit)
            lowest = {one.limit[line], one.source};
    return lowest;
}

Current current_of(EnergyCap const& cap, Seconds now)
{
    if (cap.hour_ends <= now) return greatest_current;
    Wide const seconds_left = Wide{cap.hour_ends.count()} - now.count();
    constexpr std::int64_t seconds_per_hour = 3600;
    constexpr std::int64_t nanoamperes_per_ampere = 1'000'000'000;
    Wide const left_wh = std::max<std::int64_t>(0, cap.cap_wh - cap.used_wh);
    Wide const watt_seconds = left_wh * seconds_per_hour;
    Wide const volts = static_cast<std::int64_t>(nominal_voltage);
    Wide const current = watt_seconds * nanoamperes_per_ampere / (volts * seconds_left);
    return {static_cast<std::int64_t>(std::min<Wide>(current, greatest_current.nanoamperes))};
}

}
