#include "server/engine/energy/derivation.hpp"

#include "server/engine/energy/bounds.hpp"
#include "server/engine/energy/intervals.hpp"
#include "server/engine/energy/power.hpp"
#include "server/engine/energy/registers.hpp"
#include "server/engine/energy/units.hpp"

#include <algorithm>
#include <utility>

namespace engine::metering {
namespace {

// The most that the session can have charged in its time. A last guard behind all rules.
std::int64_t most_in(Extent const& extent, std::span<PlacedSample const> samples)
{
    auto until = extent.closed ? extent.end_ms : extent.start_ms;
    if (!extent.closed && !samples.empty()) until = std::max(until, samples.back().at_ms);
    return plausible_mwh(until - extent.start_ms) + register_step_mwh;
}

// Power is no better than the meter; but where it was told throughout and says something entirely
// different, somebody should look.
void compare_with_power(RegisterEnergy& by_registers, PowerEstimate const& by_power)
{
    if (!by_power.energy.energy_mwh || by_registers.curve.empty()) return;
    auto const time = by_registers.curve.back().at_ms - by_registers.curve.front().at_ms;
    bool const throughout = by_power.covered_ms >= time - time / 10;
    auto const energy = *by_registers.energy.energy_mwh;
    auto const estimate = *by_power.energy.energy_mwh;
    auto const apart = energy > estimate ? energy - estimate : estimate - energy;
    if (throughout && apart > register_step_mwh && !alike(energy, estimate)) {
        by_registers.energy.doubts.add(EnergyDoubt::power_disagrees);
    }
}

// Whether a lesser rule has something to say where registers have not.
bool useful(Energy const& energy, std::int64_t most_mwh)
{
    return energy.energy_mwh && *energy.energy_mwh > 0 && *energy.energy_mwh <= most_mwh;
}

// Without a second reading: a running session has charged nothing yet that is known of, and a
// closed one nothing where its two registers are the same. Where they contradict each other, or
// one of them is missing, nothing is known: neither 0 nor anything else is made up.
Derivation from_little(
    RegisterEnergy by_registers, storage::Session const& session, Extent const& extent)
{
    Derivation derivation{by_registers.energy, std::move(by_registers.curve)};
    auto& energy = derivation.energy;
    bool const both = session.meter_start_mwh && session.meter_stop_mwh;
    bool const same = both && *session.meter_start_mwh == *session.meter_stop_mwh;
    if (energy.energy_mwh && (!extent.closed || same)) {
        if (both) energy.rule = EnergyRule::session_registers;
        energy.energy_mwh = 0;
        derivation.curve.clear();
        return derivation;
    }
    if (!energy.energy_mwh) {
        energy.doubts.add(EnergyDoubt::begin_missing);
        if (extent.closed) energy.doubts.add(EnergyDoubt::end_missing);
    }
    energy.energy_mwh.reset();
    energy.rule = EnergyRule::none;
    derivation.curve.clear();
    return derivation;
}

Derivation by_trust(
    storage::Session const& session, Extent const& extent, std::span<PlacedSample const> samples)
{
    auto const registers = in_unit_of_the_session(gather_registers(session, extent, samples));
    auto by_power = energy_from_power(extent, samples);
    auto const estimate = by_power.energy.energy_mwh.value_or(0);
    auto by_registers = in_unit_of_power(
        extent, registers, energy_from_registers(extent, registers), estimate);
    auto const most = most_in(extent, samples);
    if (by_registers.enough && *by_registers.energy.energy_mwh > most) {
        by_registers.enough = false;
        by_registers.energy.doubts.add(EnergyDoubt::jump_left_out);
    }
    if (by_registers.enough && !by_registers.always_zero) {
        compare_with_power(by_registers, by_power);
        return {by_registers.energy, std::move(by_registers.curve)};
    }
    // What made the registers useless stays known.
    auto const doubts_so_far = by_registers.energy.doubts;
    auto const with_doubts = [&](Energy energy, Curve curve) {
        for (auto const doubt : {EnergyDoubt::jump_left_out, EnergyDoubt::fall_left_out,
                 EnergyDoubt::zero_begin, EnergyDoubt::negative_difference}) {
            if (doubts_so_far.has(doubt)) energy.doubts.add(doubt);
        }
        return Derivation{energy, std::move(curve)};
    };
    // A register that stayed at 0 is no meter if something else measured energy, but for what is
    // less than registers count.
    auto const says_more = [&](Energy const& energy) {
        bool const little = by_registers.enough &&
                            energy.energy_mwh.value_or(0) < least_evidence_mwh;
        return useful(energy, most) && !little;
    };
    auto by_intervals = energy_from_intervals(extent, samples);
    if (says_more(by_intervals.energy)) {
        return with_doubts(by_intervals.energy, std::move(by_intervals.curve));
    }
    if (says_more(by_power.energy)) {
        return with_doubts(by_power.energy, std::move(by_power.curve));
    }
    auto by_currents = energy_from_currents(extent, samples);
    if (says_more(by_currents.energy)) {
        return with_doubts(by_currents.energy, std::move(by_currents.curve));
    }
    if (by_registers.enough) {
        return {by_registers.energy, std::move(by_registers.curve)};
    }
    // Nothing charged, but somebody measured it.
    for (auto const* const zero : {&by_intervals.energy, &by_power.energy, &by_currents.energy}) {
        if (zero->energy_mwh == 0) return with_doubts(*zero, {});
    }
    return from_little(std::move(by_registers), session, extent);
}

}

Derivation derive(storage::Session const& session, std::span<storage::MeterSample const> samples)
{
    auto const extent = extent_of(session);
    auto const placement = place(session, extent, samples);
    auto derivation = by_trust(session, extent, placement.samples);
    derivation.energy.doubts.add(placement.doubts);
    return derivation;
}

}

namespace engine {

Energy energy_of(storage::Session const& session, std::span<storage::MeterSample const> samples)
{
    return metering::derive(session, samples).energy;
}

}
