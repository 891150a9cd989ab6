#include "tools/plan/day/parked.hpp"

#include <algorithm>
#include <cmath>

namespace plan {

using namespace balancing;

namespace {

constexpr double seconds_per_hour = 3600;

double hours_of(Seconds duration)
{
    return static_cast<double>(duration.count()) / seconds_per_hour;
}

}

Parked parked_car(std::size_t index, DaySession const& session)
{
    Parked parked;
    parked.session = index;
    parked.wanted_wh = static_cast<double>(session.wanted_wh);
    parked.left_wh = parked.wanted_wh;
    return parked;
}

Evse parked_evse(Snapshot const& installation, DaySession const& session)
{
    Evse evse = installation.evses[session.evse];
    evse.session = {};
    evse.session.arrived = session.arrives;
    evse.session.departs = session.departs;
    evse.session.wanted_wh = session.wanted_wh;
    if (session.phases) evse.phases = *session.phases;
    if (session.most) evse.max.car = std::min(evse.max.car, *session.most);
    evse.max.reclaimed = greatest_evse_current;
    return evse;
}

void look_at(Parked& parked, Evse& evse, ReclaimRules const& rules, Seconds now)
{
    parked.reclaim = reclaim(parked.reclaim, parked.appetite, evse.min, rules, now);
    evse.max.reclaimed = parked.reclaim.cap.value_or(greatest_evse_current);
    evse.session.wanted_wh = static_cast<std::int64_t>(std::ceil(parked.left_wh));
}

Current draw(Parked const& parked, Evse const& evse, Current limit, Taper const& taper)
{
    Maxima own = evse.max;
    own.reclaimed = greatest_evse_current;  // not the car's
    Current const most = most_of(own);
    double const tail_wh = taper.begins * parked.wanted_wh;
    if (parked.left_wh >= tail_wh) return std::min(limit, most);
    double const part = std::max(taper.ends, parked.left_wh / tail_wh);
    auto const tapered = static_cast<double>(most.nanoamperes) * part;
    return std::min(limit, Current{static_cast<std::int64_t>(tapered)});
}

double take(Parked& parked, Current drawn, int phases, Seconds duration)
{
    double const offered_wh = drawn.amperes() * phases * nominal_voltage * hours_of(duration);
    double const taken_wh = std::min(parked.left_wh, offered_wh);
    parked.left_wh -= taken_wh;
    return taken_wh;
}

void measure(Parked& parked, Current limit, Current drawn, Seconds now, Seconds duration)
{
    Appetite& appetite = parked.appetite;
    if (limit != appetite.limit) appetite.limit_since = now;
    appetite.limit = limit;
    appetite.charging = drawn > Current{};
    appetite.greatest = drawn;
    appetite.measured = now + duration;
}

}
