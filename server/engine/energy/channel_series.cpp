#include "server/engine/energy/channel_series.hpp"

#include "server/engine/energy/bounds.hpp"

#include <algorithm>
#include <array>

namespace engine::metering {
namespace {

using storage::Location;
using storage::Measurand;
using storage::Phase;

struct PhaseValue {
    SeriesValue value;
    std::size_t line = 0;

    friend auto operator<=>(PhaseValue const&, PhaseValue const&) = default;
};

bool counts(std::int64_t value) { return value >= 0 && value <= largest_register_mwh; }

void sort_and_unify(std::vector<SeriesValue>& values)
{
    if (!std::is_sorted(values.begin(), values.end())) std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
}

Series totals(std::span<PlacedSample const> samples, Measurand measurand, Location location)
{
    Series series;
    storage::Channel const channel{measurand, Phase::total, location};
    for (auto const& placed : samples) {
        for (auto const& other : placed.sample->others) {
            if (other.channel != channel) continue;
            if (counts(other.milli)) {
                series.values.push_back(
                    {placed.at_ms, other.milli, placed.sample->context, placed.sample->at});
            } else {
                series.doubts.add(EnergyDoubt::jump_left_out);
            }
        }
    }
    sort_and_unify(series.values);
    return series;
}

// The phases of all reports of one instant belong together: some stations send each by itself. Only
// instants with every phase that the session ever has are summed.
std::vector<SeriesValue> sums_of_instants(std::vector<PhaseValue>& parts)
{
    std::sort(parts.begin(), parts.end());
    unsigned wanted = 0;
    for (auto const& part : parts) wanted |= 1U << part.line;
    std::vector<SeriesValue> sums;
    for (std::size_t from = 0; from < parts.size();) {
        std::array<std::int64_t, 3> largest{};
        unsigned seen = 0;
        std::size_t to = from;
        for (; to < parts.size() && parts[to].value.at_ms == parts[from].value.at_ms; ++to) {
            largest[parts[to].line] = std::max(largest[parts[to].line], parts[to].value.value);
            seen |= 1U << parts[to].line;
        }
        auto sum = parts[to - 1].value;
        sum.value = largest[0] + largest[1] + largest[2];
        if (seen == wanted && counts(sum.value)) sums.push_back(sum);
        from = to;
    }
    return sums;
}

Series phase_sums(std::span<PlacedSample const> samples, Measurand measurand, Location location)
{
    Series series;
    std::vector<PhaseValue> parts;
    for (auto const& placed : samples) {
        for (auto const& other : placed.sample->others) {
            if (other.channel.measurand != measurand || other.channel.location != location)
                continue;
            auto const line = line_of(other.channel.phase);
            if (!line) continue;
            if (!counts(other.milli)) {
                series.doubts.add(EnergyDoubt::jump_left_out);
                continue;
            }
            SeriesValue const value{
                placed.at_ms, other.milli, placed.sample->context, placed.sample->at};
            parts.push_back({value, *line});
        }
    }
    series.values = sums_of_instants(parts);
    if (!series.values.empty()) series.doubts.add(EnergyDoubt::phase_sums);
    return series;
}

bool two_instants(std::vector<SeriesValue> const& values)
{
    return !values.empty() && values.front().at_ms != values.back().at_ms;
}

}

std::optional<std::size_t> line_of(Phase phase)
{
    switch (phase) {
    case Phase::l1:
    case Phase::l1_n: return 0;
    case Phase::l2:
    case Phase::l2_n: return 1;
    case Phase::l3:
    case Phase::l3_n: return 2;
    default: return std::nullopt;
    }
}

Series best_energy_series(std::span<PlacedSample const> samples, Measurand measurand)
{
    Series second_best;
    for (auto const location : trusted_locations) {
        for (bool const by_phases : {false, true}) {
            auto series = by_phases ? phase_sums(samples, measurand, location)
                                    : totals(samples, measurand, location);
            if (location != Location::outlet && !series.values.empty()) {
                series.doubts.add(EnergyDoubt::other_location);
            }
            if (two_instants(series.values)) return series;
            if (second_best.values.empty()) second_best = std::move(series);
        }
    }
    return second_best;
}

}
