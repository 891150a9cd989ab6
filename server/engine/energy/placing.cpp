#include "server/engine/energy/placing.hpp"

#include "server/engine/energy/bounds.hpp"

#include <algorithm>
#include <limits>
#include <optional>

namespace engine::metering {
namespace {

using storage::ReadingContext;

// Stations that write the time of the stop on all of StopTransaction's readings give themselves
// away by a reading of the begin at the end. Those that call every reading one of the begin do not
// count.
bool begin_at_end(Extent const& extent, std::span<storage::MeterSample const> samples)
{
    if (!extent.closed) return false;
    std::optional<std::int64_t> only;
    for (auto const& sample : samples) {
        if (sample.context != ReadingContext::begin) continue;
        auto const at = bounded_ms(sample.at);
        if (only && *only != at) return false;
        only = at;
    }
    return only && *only >= extent.end_ms;
}

// When the sample counts, if it does. `of_begin`: what is said to be of the begin is of the start.
std::optional<std::int64_t> place_one(
    Extent const& extent, storage::MeterSample const& sample, bool of_begin)
{
    auto const at = bounded_ms(sample.at);
    bool const begin = sample.context == ReadingContext::begin;
    bool const end = sample.context == ReadingContext::end;
    if (extent.clock_backwards) {
        if (begin) return extent.start_ms;
        return end ? std::optional{extent.end_ms} : std::nullopt;
    }
    if (begin && of_begin) return extent.start_ms;
    if (at < extent.start_ms) {
        if (begin && at >= extent.start_ms - named_edge_ms) return extent.start_ms;
        return std::nullopt;
    }
    if (at > extent.end_ms) {
        if (end && at <= extent.end_ms + named_edge_ms) return extent.end_ms;
        return std::nullopt;
    }
    return at;
}

// Without a start register: the latest instant before the start, if it is not too old.
std::optional<std::int64_t> stand_in_instant(
    Extent const& extent, std::span<storage::MeterSample const> samples)
{
    std::optional<std::int64_t> latest;
    for (auto const& sample : samples) {
        auto const at = bounded_ms(sample.at);
        if (at >= extent.start_ms || at < extent.start_ms - stand_in_ms) continue;
        if (!latest || at > *latest) latest = at;
    }
    return latest;
}

}

std::int64_t bounded_ms(storage::Timestamp at)
{
    return std::clamp<std::int64_t>(at.time_since_epoch().count(), -farthest_ms, farthest_ms);
}

Extent extent_of(storage::Session const& session)
{
    Extent extent;
    extent.start_ms = bounded_ms(session.started_at);
    extent.end_ms = std::numeric_limits<std::int64_t>::max() / 2;
    if (!session.ended_at) return extent;
    extent.closed = true;
    extent.end_ms = bounded_ms(*session.ended_at);
    bool const something_in_no_time = extent.end_ms == extent.start_ms && session.meter_start_mwh &&
                                      session.meter_stop_mwh &&
                                      *session.meter_start_mwh != *session.meter_stop_mwh;
    if (extent.end_ms < extent.start_ms || something_in_no_time) {
        extent.clock_backwards = true;
        extent.end_ms = extent.start_ms + unclocked_session_ms;
    }
    return extent;
}

Placement place(storage::Session const& session, Extent const& extent,
    std::span<storage::MeterSample const> samples)
{
    Placement placement;
    if (extent.clock_backwards) placement.doubts.add(EnergyDoubt::clock_backwards);
    bool const of_begin = begin_at_end(extent, samples);
    auto const stand_in = session.meter_start_mwh || extent.clock_backwards
                              ? std::optional<std::int64_t>{}
                              : stand_in_instant(extent, samples);
    placement.samples.reserve(samples.size());
    for (auto const& sample : samples) {
        if (auto const at = place_one(extent, sample, of_begin)) {
            placement.samples.push_back({*at, &sample, false});
            continue;
        }
        if (extent.clock_backwards) continue;
        auto const at = bounded_ms(sample.at);
        if (stand_in && at == *stand_in) {
            placement.samples.push_back({extent.start_ms, &sample, true});
            continue;
        }
        placement.doubts.add(at < extent.start_ms ? EnergyDoubt::before_start_ignored
                                                  : EnergyDoubt::after_end_ignored);
    }
    auto const earlier = [](PlacedSample const& a, PlacedSample const& b) {
        if (a.at_ms != b.at_ms) return a.at_ms < b.at_ms;
        return a.stand_in && !b.stand_in;
    };
    if (!std::is_sorted(placement.samples.begin(), placement.samples.end(), earlier)) {
        std::sort(placement.samples.begin(), placement.samples.end(), earlier);
    }
    return placement;
}

}
