#include "server/engine/energy/power.hpp"

#include "server/engine/energy/bounds.hpp"
#include "server/engine/energy/channel_series.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

namespace engine::metering {
namespace {

using storage::Location;
using storage::Measurand;
using storage::Phase;

// The largest of what was reported: any order of the reports gives the same.
using Most = std::optional<std::int64_t>;
void raise(Most& most, std::int64_t value)
{
    if (!most || *most < value) most = value;
}

using Group = std::span<PlacedSample const>;  // of one instant

// All that the reports of one instant say of currents and voltages.
struct Instant {
    std::array<Most, 3> current;
    Most current_total;  // of a DC outlet, or of a station that does not tell lines
    std::array<Most, 3> voltage;
    Most voltage_total;
    Most voltage_between_lines;
};

bool trusted(Location location)
{
    return std::find(std::begin(trusted_locations), std::end(trusted_locations), location) !=
           std::end(trusted_locations);
}

void add_voltage(Instant& instant, storage::ChannelValue const& value)
{
    if (value.milli <= 0 || value.milli > largest_voltage_mv) return;
    auto const phase = value.channel.phase;
    if (auto const line = line_of(phase)) {
        raise(instant.voltage[*line], value.milli);
    } else if (phase == Phase::total) {
        raise(instant.voltage_total, value.milli);
    } else if (phase != Phase::n) {
        raise(instant.voltage_between_lines, value.milli);
    }
}

void add_channel(Instant& instant, storage::ChannelValue const& value)
{
    if (!trusted(value.channel.location)) return;
    if (value.channel.measurand == Measurand::voltage) add_voltage(instant, value);
    if (value.channel.measurand != Measurand::current_import) return;
    if (auto const line = line_of(value.channel.phase)) raise(instant.current[*line], value.milli);
    if (value.channel.phase == Phase::total) raise(instant.current_total, value.milli);
}

Instant instant_of(Group group)
{
    Instant instant;
    for (auto const& placed : group) {
        for (std::size_t line = 0; line < instant.current.size(); ++line) {
            auto const& current = placed.sample->current_ma[line];
            if (current) raise(instant.current[line], *current);
        }
        for (auto const& other : placed.sample->others) add_channel(instant, other);
    }
    return instant;
}

struct Value {
    std::int64_t at_ms = 0;
    std::int64_t power_mw = 0;
    storage::Timestamp stated_at{};
};

struct Values {
    std::vector<Value> values;
    EnergyDoubts doubts;
};

// Nothing flows backwards here: what a car gives back is not charged.
void add_value(Values& values, Value value)
{
    if (value.power_mw > plausible_power_mw) {
        values.doubts.add(EnergyDoubt::jump_left_out);
        return;
    }
    value.power_mw = std::max<std::int64_t>(value.power_mw, 0);
    values.values.push_back(value);
}

// The power measured at one place: the total, or the sum of the lines.
Most power_at(Group group, Location location)
{
    Most total;
    std::array<Most, 3> lines;
    for (auto const& placed : group) {
        for (auto const& other : placed.sample->others) {
            if (other.channel.measurand != Measurand::power_active_import) continue;
            if (other.channel.location != location) continue;
            if (other.channel.phase == Phase::total) raise(total, other.milli);
            if (auto const line = line_of(other.channel.phase)) raise(lines[*line], other.milli);
        }
    }
    if (total) return total;
    for (auto const& line : lines) {
        // A line beyond what is plausible takes the sum there too.
        if (line)
            total = total.value_or(0) + std::clamp<std::int64_t>(*line, 0, plausible_power_mw + 1);
    }
    return total;
}

Most stated_power(Group group, EnergyDoubts& doubts)
{
    if (group.size() == 1 && group.front().sample->power_mw) return group.front().sample->power_mw;
    Most most;
    for (auto const& placed : group) {
        if (placed.sample->power_mw) raise(most, *placed.sample->power_mw);
    }
    if (most) return most;
    for (auto const location : trusted_locations) {
        if (auto const power = power_at(group, location)) {
            if (location != Location::outlet) doubts.add(EnergyDoubt::other_location);
            return power;
        }
    }
    return std::nullopt;
}

// The square root of 3, as a fraction.
constexpr std::int64_t root_of_three = 1732;
constexpr std::int64_t root_of_three_per = 1000;

Most power_of_currents(Group group, EnergyDoubts& doubts)
{
    auto const instant = instant_of(group);
    auto const voltage_for = [&](Most const& own) {
        if (own) return *own;
        if (instant.voltage_total) return *instant.voltage_total;
        if (instant.voltage_between_lines) {
            return *instant.voltage_between_lines * root_of_three_per / root_of_three;
        }
        doubts.add(EnergyDoubt::nominal_voltage);
        return nominal_voltage_mv;
    };
    // mA times mV is µW. No outlet carries 10 kA; such a current would not fit the product.
    constexpr std::int64_t largest_current_ma = 10'000'000;
    auto const power = [&](std::int64_t current_ma, Most const& voltage) {
        return std::clamp<std::int64_t>(current_ma, 0, largest_current_ma) * voltage_for(voltage) /
               1000;
    };
    Most sum;
    for (std::size_t line = 0; line < 3; ++line) {
        if (!instant.current[line]) continue;
        sum = sum.value_or(0) + power(*instant.current[line], instant.voltage[line]);
    }
    if (!sum && instant.current_total) sum = power(*instant.current_total, instant.voltage[0]);
    return sum;
}

// Reads a value off each instant with `power_of`.
template <class PowerOf>
Values values_of(std::span<PlacedSample const> samples, PowerOf const& power_of)
{
    // What stands in for the start register was measured before the start.
    std::size_t from = 0;
    while (from < samples.size() && samples[from].stand_in) ++from;
    Values values;
    values.values.reserve(samples.size());
    while (from < samples.size()) {
        auto to = from;
        auto stated_at = samples[from].sample->at;
        for (; to < samples.size() && samples[to].at_ms == samples[from].at_ms; ++to) {
            stated_at = std::min(stated_at, samples[to].sample->at);
        }
        auto const power = power_of(samples.subspan(from, to - from), values.doubts);
        if (power) add_value(values, {samples[from].at_ms, *power, stated_at});
        from = to;
    }
    return values;
}

// The area under straight lines between the values, exact in mW·ms, rounded down to mWh at each
// point without losing the rest.
void integrate(PowerEstimate& estimate, std::span<Value const> values)
{
    // Twice the mean power times the time; two of ms_per_hour make one mWh.
    constexpr std::int64_t per_mwh = 2 * ms_per_hour;
    std::int64_t total = 0;
    std::int64_t rest = 0;
    estimate.curve.reserve(values.size());
    estimate.curve.push_back({values.front().at_ms, 0});
    for (std::size_t i = 1; i < values.size(); ++i) {
        auto const& before = values[i - 1];
        auto const& after = values[i];
        auto const time = after.at_ms - before.at_ms;
        if (time > longest_bridge_ms) {
            estimate.energy.doubts.add(EnergyDoubt::gap);
        } else {
            rest += (before.power_mw + after.power_mw) * time;
            total += rest / per_mwh;
            rest %= per_mwh;
            estimate.covered_ms += time;
        }
        estimate.curve.push_back({after.at_ms, total});
    }
    if (estimate.covered_ms > 0) estimate.energy.energy_mwh = total;
}

PowerEstimate estimate_of(Extent const& extent, Values const& series, EnergyRule rule)
{
    PowerEstimate estimate;
    auto& energy = estimate.energy;
    auto const& values = series.values;
    energy.doubts = series.doubts;
    if (values.size() < 2) return estimate;
    energy.rule = rule;
    energy.estimated = true;
    integrate(estimate, values);
    auto const& first = values.front();
    auto const& last = values.back();
    energy.first = EnergyReading{first.stated_at, first.power_mw, EnergySource::sample};
    energy.last = EnergyReading{last.stated_at, last.power_mw, EnergySource::sample};
    if (first.at_ms > extent.start_ms + at_the_edge_ms) {
        energy.doubts.add(EnergyDoubt::begin_missing);
    }
    if (extent.closed && last.at_ms < extent.end_ms - at_the_edge_ms) {
        energy.doubts.add(EnergyDoubt::end_missing);
    }
    return estimate;
}

}

PowerEstimate energy_from_power(Extent const& extent, std::span<PlacedSample const> samples)
{
    return estimate_of(extent, values_of(samples, stated_power), EnergyRule::power);
}

PowerEstimate energy_from_currents(Extent const& extent, std::span<PlacedSample const> samples)
{
    return estimate_of(extent, values_of(samples, power_of_currents), EnergyRule::currents);
}

}
