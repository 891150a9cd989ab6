#include "tools/sim/profiles.hpp"

#include <algorithm>
#include <chrono>

namespace sim {

namespace {

using ocpp::Timestamp;
using std::chrono::milliseconds;
using std::chrono::seconds;

// Daily is every 24 hours and weekly every 7 days from startSchedule, whatever the local clock does
// (1.6 errata 3.79, 2.0.1 RecurrencyKindEnumType).
milliseconds recurrence(Recurrency kind)
{
    return kind == Recurrency::daily ? std::chrono::hours{24} : std::chrono::hours{24 * 7};
}

// Where the schedule that governs `t` begins, or nothing when none does. A recurring schedule
// begins anew with each recurrence, and never before its startSchedule (2.0.1 K01.FR.30).
std::optional<Timestamp> anchor_at(
    Profile const& profile, Timestamp t, std::optional<Timestamp> relative_to)
{
    auto const& start = profile.schedule.start;
    if (profile.kind == Kind::relative || !start) return relative_to;
    if (profile.kind == Kind::absolute || !profile.recurrency || t < *start) return start;
    auto const every = recurrence(*profile.recurrency);
    return *start + (t - *start) / every * every;
}

}

Period const* period_at(Profile const& profile, Timestamp t, std::optional<Timestamp> relative_to)
{
    if (profile.valid_from && t < *profile.valid_from) return nullptr;
    if (profile.valid_to && t >= *profile.valid_to) return nullptr;
    auto const anchor = anchor_at(profile, t, relative_to);
    if (!anchor || t < *anchor) return nullptr;
    auto const& schedule = profile.schedule;
    auto const elapsed = t - *anchor;
    if (schedule.duration_s && elapsed >= seconds{*schedule.duration_s}) return nullptr;
    Period const* found = nullptr;
    for (auto const& period : schedule.periods)
        if (seconds{period.start_s} <= elapsed) found = &period;
    return found;
}

std::optional<Timestamp> next_switch(
    Profile const& profile, Timestamp t, std::optional<Timestamp> relative_to)
{
    std::optional<Timestamp> next;
    auto const consider = [&](Timestamp at) {
        if (at > t && (!next || at < *next)) next = at;
    };
    if (profile.valid_from) consider(*profile.valid_from);
    if (profile.valid_to) consider(*profile.valid_to);
    if (auto const anchor = anchor_at(profile, t, relative_to)) {
        consider(*anchor);
        for (auto const& period : profile.schedule.periods)
            consider(*anchor + seconds{period.start_s});
        if (profile.schedule.duration_s) consider(*anchor + seconds{*profile.schedule.duration_s});
        if (profile.kind == Kind::recurring && profile.recurrency)
            consider(*anchor + recurrence(*profile.recurrency));
    }
    return next;
}

}
