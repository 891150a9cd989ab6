// Energy by the hours of a zone's clock.
#include "server/engine/energy/bounds.hpp"
#include "server/engine/energy/derivation.hpp"

#include <date/tz.h>

#include <algorithm>
#include <string>

namespace engine {
namespace {

using metering::CurvePoint;
using metering::ms_per_hour;

// The hours of a zone's clock, looked up for ascending times.
class HourClock {
public:
    explicit HourClock(std::string_view iana_zone)
    {
        try {
            zone_ = date::locate_zone(std::string(iana_zone));
        } catch (std::runtime_error const&) {  // unknown, or no time zones on this machine
            zone_ = nullptr;
        }
    }

    // The hour that holds `at_ms`.
    struct Hour {
        std::int64_t start_ms = 0;
        std::int64_t end_ms = 0;
    };
    Hour hour_of(std::int64_t at_ms)
    {
        if (zone_ == nullptr) return whole_hour(at_ms, 0);
        if (at_ms < valid_from_ms_ || at_ms >= valid_until_ms_) look_up(at_ms);
        auto hour = whole_hour(at_ms, offset_ms_);
        // Where the clock is put by whole hours, its hours go on as they were.
        if (hour.end_ms > valid_until_ms_) {
            auto const next = zone_->get_info(at(valid_until_ms_)).offset;
            if (phase(to_ms(next)) != phase(offset_ms_)) hour.end_ms = valid_until_ms_;
        }
        if (hour.start_ms < valid_from_ms_) {
            auto const earlier = zone_->get_info(at(valid_from_ms_ - 1)).offset;
            if (phase(to_ms(earlier)) != phase(offset_ms_)) hour.start_ms = valid_from_ms_;
        }
        return hour;
    }

private:
    static storage::Timestamp at(std::int64_t ms)
    {
        return storage::Timestamp{std::chrono::milliseconds{ms}};
    }
    static std::int64_t to_ms(std::chrono::seconds offset)
    {
        return std::chrono::milliseconds{offset}.count();
    }
    static std::int64_t phase(std::int64_t ms)
    {
        auto const rest = ms % ms_per_hour;
        return rest < 0 ? rest + ms_per_hour : rest;
    }
    static Hour whole_hour(std::int64_t at_ms, std::int64_t offset_ms)
    {
        auto const start = at_ms - phase(at_ms + offset_ms);
        return {start, start + ms_per_hour};
    }
    void look_up(std::int64_t at_ms)
    {
        auto const info = zone_->get_info(at(at_ms));
        offset_ms_ = to_ms(info.offset);
        constexpr auto far = std::chrono::milliseconds{metering::farthest_ms};
        auto const bounded = [&](date::sys_seconds time) {
            return std::clamp<std::chrono::milliseconds>(time.time_since_epoch(), -far, far)
                .count();
        };
        valid_from_ms_ = bounded(info.begin);
        valid_until_ms_ = bounded(info.end);
    }

    date::time_zone const* zone_ = nullptr;
    std::int64_t offset_ms_ = 0;
    std::int64_t valid_from_ms_ = 0;
    std::int64_t valid_until_ms_ = 0;
};

void add(std::vector<HourEnergy>& hours, std::int64_t hour_ms, std::int64_t energy_mwh)
{
    if (energy_mwh == 0) return;
    storage::Timestamp const start{std::chrono::milliseconds{hour_ms}};
    if (hours.empty() || hours.back().start != start) hours.push_back({start, 0});
    hours.back().energy_mwh += energy_mwh;
}

// One straight line of the curve, cut at the hours.
void add_line(
    std::vector<HourEnergy>& hours, HourClock& clock, CurvePoint const& from, CurvePoint const& to)
{
    auto const time = to.at_ms - from.at_ms;
    auto const rise = to.energy_mwh - from.energy_mwh;
    if (rise == 0) return;
    // The last instant of the line belongs to the hour before it, not to one that begins with it.
    auto const last_ms = std::max(from.at_ms, to.at_ms - 1);
    if (time > metering::longest_spread_ms) {
        add(hours, clock.hour_of(last_ms).start_ms, rise);
        return;
    }
    std::int64_t done = 0;
    for (auto at = from.at_ms; done < rise;) {
        auto const hour = clock.hour_of(at);
        auto const until = hour.end_ms > last_ms
                               ? rise
                               : metering::scaled(rise, hour.end_ms - from.at_ms, time);
        add(hours, hour.start_ms, until - done);
        done = until;
        at = hour.end_ms;
    }
}

}

std::vector<HourEnergy> hourly_energy(storage::Session const& session,
    std::span<storage::MeterSample const> samples, std::string_view iana_zone)
{
    auto const curve = metering::derive(session, samples).curve;
    std::vector<HourEnergy> hours;
    if (curve.size() < 2 || curve.back().energy_mwh == 0) return hours;
    HourClock clock(iana_zone);
    for (std::size_t i = 1; i < curve.size(); ++i) add_line(hours, clock, curve[i - 1], curve[i]);
    return hours;
}

}
