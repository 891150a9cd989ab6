#include "server/engine/energy/intervals.hpp"

#include "server/engine/energy/bounds.hpp"
#include "server/engine/energy/channel_series.hpp"

#include <algorithm>

namespace engine::metering {
namespace {

using storage::ReadingContext;

enum class Kind { none, sampled, clock, rest };

Kind kind_of(ReadingContext context)
{
    switch (context) {
    case ReadingContext::begin: return Kind::none;  // what it measured was before the session
    case ReadingContext::periodic:
    case ReadingContext::end:
    case ReadingContext::interruption_begin:
    case ReadingContext::interruption_end: return Kind::sampled;
    case ReadingContext::clock: return Kind::clock;
    default: return Kind::rest;
    }
}

// Sampled where there is any by the period, else by the clock, else what there is.
Kind best_kind(std::span<SeriesValue const> values)
{
    bool clock = false;
    bool sampled = false;
    for (auto const& value : values) {
        if (value.context == ReadingContext::periodic) return Kind::sampled;
        clock |= value.context == ReadingContext::clock;
        sampled |= kind_of(value.context) == Kind::sampled;
    }
    if (clock) return Kind::clock;
    return sampled ? Kind::sampled : Kind::rest;
}

// One value per instant, the largest: a second report at once has nothing more to tell.
std::vector<SeriesValue> one_kind(Extent const& extent, std::span<SeriesValue const> values)
{
    auto const kind = best_kind(values);
    std::vector<SeriesValue> kept;
    for (auto const& value : values) {
        if (value.at_ms <= extent.start_ms || kind_of(value.context) != kind) continue;
        if (!kept.empty() && kept.back().at_ms == value.at_ms) {
            kept.back() = value;  // they ascend
        } else {
            kept.push_back(value);
        }
    }
    return kept;
}

// Whether some interval must be missing: a distance of more than twice the usual one.
bool has_gap(std::span<SeriesValue const> values)
{
    std::vector<std::int64_t> distances;
    for (std::size_t i = 1; i < values.size(); ++i) {
        distances.push_back(values[i].at_ms - values[i - 1].at_ms);
    }
    if (distances.size() < 2) return false;
    auto const middle = distances.begin() + static_cast<std::ptrdiff_t>(distances.size() / 2);
    std::nth_element(distances.begin(), middle, distances.end());
    return std::any_of(distances.begin(), distances.end(),
        [usual = *middle](std::int64_t distance) { return distance > 2 * usual; });
}

}

IntervalEnergy energy_from_intervals(Extent const& extent, std::span<PlacedSample const> samples)
{
    IntervalEnergy result;
    auto& energy = result.energy;
    auto const series = best_energy_series(
        samples, storage::Measurand::energy_active_import_interval);
    auto const values = one_kind(extent, series.values);
    if (values.empty()) return result;
    energy.rule = EnergyRule::intervals;
    energy.doubts = series.doubts;
    std::int64_t total = 0;
    auto since = extent.start_ms;
    result.curve.push_back({since, 0});
    for (auto const& value : values) {
        if (value.value > plausible_mwh(value.at_ms - since) + register_step_mwh) {
            energy.doubts.add(EnergyDoubt::jump_left_out);
            continue;
        }
        total += value.value;
        since = value.at_ms;
        result.curve.push_back({since, total});
        EnergyReading const reading{value.stated_at, value.value, EnergySource::sample};
        if (!energy.first) energy.first = reading;
        energy.last = reading;
    }
    energy.energy_mwh = total;
    if (has_gap(values)) energy.doubts.add(EnergyDoubt::gap);
    if (extent.closed && since < extent.end_ms - at_the_edge_ms) {
        energy.doubts.add(EnergyDoubt::end_missing);
    }
    return result;
}

}
