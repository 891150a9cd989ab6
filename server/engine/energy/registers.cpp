#include "server/engine/energy/registers.hpp"

#include "server/engine/energy/bounds.hpp"
#include "server/engine/energy/channel_series.hpp"

#include <algorithm>

namespace engine::metering {
namespace {

using storage::ReadingContext;

Rank rank_of(ReadingContext context)
{
    if (context == ReadingContext::begin) return Rank::begin_context;
    if (context == ReadingContext::end) return Rank::end_context;
    return Rank::sample;
}

// A value within the bounds of registers; others are garbage, which the doubts tell.
void add_reading(Registers& registers, RegisterReading const& reading)
{
    if (reading.value < 0 || reading.value > largest_register_mwh) {
        registers.doubts.add(EnergyDoubt::jump_left_out);
        return;
    }
    registers.readings.push_back(reading);
}

void add_samples(Registers& registers, std::span<PlacedSample const> samples)
{
    auto const own = registers.readings.size();
    std::optional<std::int64_t> first;
    bool two_instants = false;
    for (auto const& placed : samples) {
        auto const& value = placed.sample->energy_mwh;
        if (!value) continue;
        two_instants |= first && *first != placed.at_ms;
        first = first ? *first : placed.at_ms;
        add_reading(
            registers, {placed.at_ms, rank_of(placed.sample->context), *value, placed.sample->at});
    }
    if (two_instants) return;
    auto const series = best_energy_series(
        samples, storage::Measurand::energy_active_import_register);
    auto const& values = series.values;
    bool const more = !values.empty() && values.front().at_ms != values.back().at_ms;
    if (values.empty() || (first && !more)) return;
    // Better one register throughout than one reading of another.
    registers.readings.resize(own);
    registers.doubts.add(series.doubts);
    for (auto const& value : values) {
        add_reading(registers, {value.at_ms, rank_of(value.context), value.value, value.stated_at});
    }
}

// Some stations send the begin's reading again beside every new one, with the new one's time
// (lbbrhzn/ocpp#1838), and 0 as the register at the start. The least of them is where the session
// began; its repetitions are no news, and a start of 0 beside it is none.
void put_begin_in_place(Registers& registers, std::int64_t start_ms)
{
    auto& readings = registers.readings;
    std::optional<std::int64_t> begin;
    for (auto const& reading : readings)
        if (reading.rank == Rank::begin_context)
            begin = std::min(begin.value_or(reading.value), reading.value);
    if (!begin) return;
    bool const zero_start = *begin > 0 &&
                            std::any_of(readings.begin(), readings.end(),
                                [](RegisterReading const& reading) {
                                    return reading.rank == Rank::start && reading.value == 0;
                                });
    auto const is_begin = [&](RegisterReading const& reading) {
        return reading.rank == Rank::begin_context && reading.value == *begin;
    };
    auto const first = std::find_if(readings.begin(), readings.end(), is_begin);
    bool const repeated = std::any_of(
        readings.begin(), readings.end(), [&](RegisterReading const& reading) {
            return is_begin(reading) && reading.at_ms != first->at_ms;
        });
    // A register that began at 0 may have its later readings called begins.
    if (!repeated && !(zero_start && first->at_ms <= start_ms + at_the_edge_ms)) return;
    for (auto& reading : readings)
        if (is_begin(reading)) reading.at_ms = start_ms;
    if (!zero_start) return;
    registers.doubts.add(EnergyDoubt::zero_begin);
    std::erase_if(readings, [](RegisterReading const& reading) {
        return reading.rank == Rank::start && reading.value == 0;
    });
}

struct Walk {
    std::int64_t total = 0;
    Curve curve;
    EnergyDoubts doubts;
    bool broken = false;
    bool fell_elsewhere = false;  // not to 0, as a register does that begins anew
};

// Adds one rise to the curve. It happened after the time at rest, unless that would have been too
// fast: then the register was stale, and the rise belongs to the time at rest as well.
void add_rise(Walk& walk, Plateau const& before, Plateau const& after, std::int64_t rise)
{
    bool const stale = before.first_ms < before.last_ms &&
                       rise > plausible_mwh(after.first_ms - before.last_ms);
    auto const since = stale ? std::max(before.first_ms, after.first_ms - stale_register_ms)
                             : before.last_ms;
    if (since > walk.curve.back().at_ms) walk.curve.push_back({since, walk.total});
    walk.total += rise;
    walk.curve.push_back({after.first_ms, walk.total});
}

// Sums the rises along the chain. After a new beginning the register counts from 0, if that can be.
Walk walk_along(std::span<Plateau const> plateaus, std::span<std::size_t const> chain)
{
    Walk walk;
    walk.curve.reserve(chain.size() + 2);
    walk.curve.push_back({plateaus[chain.front()].first_ms, 0});
    for (std::size_t i = 1; i < chain.size(); ++i) {
        auto const& before = plateaus[chain[i - 1]];
        auto const& after = plateaus[chain[i]];
        if (may_follow(before, after)) {
            add_rise(walk, before, after, after.value - before.value);
            continue;
        }
        walk.broken = true;
        bool const fell = after.value < before.value;
        walk.doubts.add(fell ? EnergyDoubt::register_reset : EnergyDoubt::jump_left_out);
        bool const anew = may_begin_anew(before, after);
        walk.fell_elsewhere |= fell && !anew;
        add_rise(walk, before, after, anew ? after.value : 0);
    }
    auto const end = plateaus[chain.back()].last_ms;
    if (end > walk.curve.back().at_ms) walk.curve.push_back({end, walk.total});
    return walk;
}

// What the errors between two neighbours of the chain look like. Differences within a register's
// step are not worth a word.
EnergyDoubts doubts_of_errors(std::span<Plateau const> plateaus, std::span<std::size_t const> chain)
{
    EnergyDoubts doubts;
    std::size_t next = 0;  // in the chain
    for (std::size_t i = 0; i < plateaus.size(); ++i) {
        if (next < chain.size() && chain[next] == i) {
            ++next;
            continue;
        }
        auto const value = plateaus[i].value;
        auto const low = plateaus[chain[next == 0 ? 0 : next - 1]].value;
        auto const high = plateaus[chain[next == chain.size() ? next - 1 : next]].value;
        if (next == 0 && plateaus[i].start && value == 0) {
            doubts.add(EnergyDoubt::zero_begin);
        } else if (next == 0) {  // low and high are the first right one
            if (value > high + register_step_mwh) doubts.add(EnergyDoubt::fall_left_out);
            if (value < low - register_step_mwh) doubts.add(EnergyDoubt::jump_left_out);
        } else if (value < low - register_step_mwh) {
            doubts.add(EnergyDoubt::fall_left_out);
        } else if (value > high + register_step_mwh ||
                   (value > low + register_step_mwh && value <= high)) {
            doubts.add(EnergyDoubt::jump_left_out);
        }
    }
    return doubts;
}

EnergyReading reading_of(RegisterReading const& reading)
{
    auto source = EnergySource::sample;
    if (reading.rank == Rank::start) source = EnergySource::meter_start;
    if (reading.rank == Rank::stop) source = EnergySource::meter_stop;
    return {reading.stated_at, reading.value, source};
}

void name_missing_ends(
    Energy& energy, Extent const& extent, Plateau const& first, Plateau const& last)
{
    if (first.first_ms > extent.start_ms + at_the_edge_ms) {
        energy.doubts.add(EnergyDoubt::begin_missing);
    }
    if (extent.closed && last.last_ms < extent.end_ms - at_the_edge_ms) {
        energy.doubts.add(EnergyDoubt::end_missing);
    }
}

RegisterReading const* of_rank(std::span<RegisterReading const> readings, Rank rank)
{
    auto const found = std::find_if(readings.begin(), readings.end(),
        [rank](RegisterReading const& reading) { return reading.rank == rank; });
    return found == readings.end() ? nullptr : &*found;
}

// Whether the chain's first (last) plateau is the session's start (stop) and hangs together with
// what comes after (before) it.
struct Connections {
    bool start = false;
    bool stop = false;
};
Connections connections_of(std::span<Plateau const> plateaus, std::span<std::size_t const> chain)
{
    auto const& first = plateaus[chain.front()];
    auto const& last = plateaus[chain.back()];
    if (chain.size() == 1) return {first.start, first.stop};
    auto const& second = plateaus[chain[1]];
    auto const& last_but_one = plateaus[chain[chain.size() - 2]];
    return {first.start && (first.first != first.last || may_follow(first, second)),
        last.stop && (last.first != last.last || may_follow(last_but_one, last))};
}

// Stop minus start, where the samples cannot be held against it: they hang together with neither;
// or with both, but fell in between to elsewhere than 0; or with the stop only, and tell of more
// energy than the start allows, which is not 0. In doubt the lesser energy is billed.
std::optional<std::int64_t> own_difference(RegisterReading const* start,
    RegisterReading const* stop, Connections connected, Walk const& walk)
{
    if (start == nullptr || stop == nullptr) return {};
    if (connected.start && (!connected.stop || !walk.fell_elsewhere)) return {};
    auto const difference = stop->value - start->value;
    auto const most = plausible_mwh(stop->at_ms - start->at_ms) + register_step_mwh;
    if (difference <= 0 || difference > most) return {};
    if (connected.stop && !connected.start && (start->value == 0 || difference > walk.total)) {
        return {};
    }
    return difference;
}

// Whether the samples tell of an energy more than a tenth apart, what may have flowed before the
// first and after the last of them taken into account.
bool disagree(
    Walk const& walk, std::int64_t own, RegisterReading const& start, RegisterReading const& stop)
{
    auto const margin = std::max(register_step_mwh, own / 10);
    if (walk.total > own + margin) return true;
    auto const seen = walk.curve.back().at_ms - walk.curve.front().at_ms;
    return own - walk.total > margin + plausible_mwh(stop.at_ms - start.at_ms - seen);
}

EnergyRule rule_of(Extent const& extent, std::span<RegisterReading const> readings,
    Plateau const& first, Plateau const& last, bool broken)
{
    if (broken) return EnergyRule::register_rises;
    if (first.start && last.stop) return EnergyRule::session_registers;
    auto const begins = std::span(readings).subspan(first.first, first.last - first.first + 1);
    auto const ends = std::span(readings).subspan(last.first, last.last - last.first + 1);
    bool const at_begin = first.first_ms <= extent.start_ms + at_the_edge_ms;
    if (at_begin && (first.start || of_rank(begins, Rank::begin_context) != nullptr) &&
        (last.stop || of_rank(ends, Rank::end_context) != nullptr)) {
        return EnergyRule::begin_end_readings;
    }
    return EnergyRule::registers;
}

}

Registers gather_registers(
    storage::Session const& session, Extent const& extent, std::span<PlacedSample const> samples)
{
    Registers registers;
    registers.readings.reserve(samples.size() + 2);
    if (session.meter_start_mwh) {
        add_reading(registers,
            {extent.start_ms, Rank::start, *session.meter_start_mwh, session.started_at});
    }
    add_samples(registers, samples);
    put_begin_in_place(registers, extent.start_ms);
    if (session.meter_stop_mwh && session.ended_at) {
        add_reading(
            registers, {extent.end_ms, Rank::stop, *session.meter_stop_mwh, *session.ended_at});
    }
    auto& readings = registers.readings;
    if (!std::is_sorted(readings.begin(), readings.end())) {
        std::sort(readings.begin(), readings.end());
    }
    readings.erase(std::unique(readings.begin(), readings.end()), readings.end());
    return registers;
}

RegisterEnergy energy_from_registers(Extent const& extent, Registers const& registers)
{
    RegisterEnergy result;
    auto const& readings = registers.readings;
    if (readings.empty()) return result;
    auto const plateaus = plateaus_of(readings);
    auto const chain = explain(plateaus);
    auto walk = walk_along(plateaus, chain);
    auto const& first = plateaus[chain.front()];
    auto const& last = plateaus[chain.back()];
    auto const* const start = of_rank(readings, Rank::start);
    auto const* const stop = of_rank(readings, Rank::stop);

    auto& energy = result.energy;
    energy.doubts.add(registers.doubts);
    energy.doubts.add(doubts_of_errors(plateaus, chain));
    if (start != nullptr && stop != nullptr && stop->value < start->value) {
        energy.doubts.add(EnergyDoubt::negative_difference);
    }
    result.always_zero = plateaus.size() == 1 && first.value == 0;
    if (auto const own = own_difference(start, stop, connections_of(plateaus, chain), walk)) {
        energy.doubts = registers.doubts;
        if (disagree(walk, *own, *start, *stop)) {
            energy.doubts.add(EnergyDoubt::registers_disagree);
        }
        energy.energy_mwh = *own;
        energy.rule = EnergyRule::session_registers;
        energy.first = reading_of(*start);
        energy.last = reading_of(*stop);
        if (walk.total == 0) walk.curve = {{start->at_ms, 0}, {stop->at_ms, 0}};
        result.curve = stretched(std::move(walk.curve), *own);
        result.enough = true;
        return result;
    }
    energy.doubts.add(walk.doubts);
    name_missing_ends(energy, extent, first, last);
    energy.energy_mwh = walk.total;
    energy.rule = rule_of(extent, readings, first, last, walk.broken);
    energy.first = reading_of(readings[first.first]);
    energy.last = reading_of(readings[last.last]);
    result.curve = std::move(walk.curve);
    result.broken = walk.broken;
    result.enough = chain.size() > 1 || first.last_ms > first.first_ms;
    return result;
}

}
