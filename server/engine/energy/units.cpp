#include "server/engine/energy/units.hpp"

#include "server/engine/energy/bounds.hpp"

#include <algorithm>
#include <utility>

namespace engine::metering {
namespace {

constexpr std::int64_t thousand = 1000;

// A lifetime register below this (100 kWh) may be met by chance.
constexpr std::int64_t telling_register_mwh = 100'000'000;
enum class Fault { none, too_small, too_large };  // by a thousand
enum class Whose { samples, session, all };

std::int64_t put_right(std::int64_t value, Fault fault)
{
    if (fault == Fault::too_large) return value / thousand;
    if (fault == Fault::none) return value;
    return value > largest_register_mwh / thousand ? largest_register_mwh : value * thousand;
}

bool of_session(RegisterReading const& reading)
{
    return reading.rank == Rank::start || reading.rank == Rank::stop;
}

Registers corrected(Registers registers, Whose whose, Fault fault)
{
    for (auto& reading : registers.readings) {
        bool const concerned = whose == Whose::all ||
                               (whose == Whose::session) == of_session(reading);
        if (concerned) reading.value = put_right(reading.value, fault);
    }
    std::sort(registers.readings.begin(), registers.readings.end());
    registers.doubts.add(EnergyDoubt::unit_corrected);
    return registers;
}

// The session's registers, to hold the samples against.
struct Own {
    RegisterReading const* start = nullptr;
    RegisterReading const* stop = nullptr;

    bool telling() const
    {
        return (start != nullptr && start->value >= telling_register_mwh) ||
               (stop != nullptr && stop->value >= telling_register_mwh);
    }
    bool admits(RegisterReading const& reading, Fault fault) const
    {
        auto const value = put_right(reading.value, fault);
        auto const can_be = [](std::int64_t rise, std::int64_t time_ms) {
            return rise >= -register_step_mwh && rise <= register_step_mwh + plausible_mwh(time_ms);
        };
        return (start == nullptr || can_be(value - start->value, reading.at_ms - start->at_ms)) &&
               (stop == nullptr || can_be(stop->value - value, stop->at_ms - reading.at_ms));
    }
};

}

Registers in_unit_of_the_session(Registers registers)
{
    auto const& readings = registers.readings;
    Own own;
    for (auto const& reading : readings) {
        if (reading.rank == Rank::start) own.start = &reading;
        if (reading.rank == Rank::stop) own.stop = &reading;
    }
    if (!own.telling()) return registers;
    auto const sample = std::find_if_not(readings.begin(), readings.end(), of_session);
    if (sample == readings.end() || own.admits(*sample, Fault::none)) return registers;
    for (auto const fault : {Fault::too_small, Fault::too_large}) {
        bool const all = std::all_of(readings.begin(), readings.end(),
            [&](auto const& each) { return of_session(each) || own.admits(each, fault); });
        if (all) return corrected(std::move(registers), Whose::samples, fault);
    }
    return registers;
}

RegisterEnergy in_unit_of_power(Extent const& extent, Registers const& registers,
    RegisterEnergy by_registers, std::int64_t by_power_mwh)
{
    auto const& energy = by_registers.energy;
    // In a unit too large every step is a jump, and nothing is left of the energy.
    bool const suspicious = energy.doubts.has(EnergyDoubt::jump_left_out) ||
                            energy.doubts.has(EnergyDoubt::registers_disagree) ||
                            energy.energy_mwh.value_or(0) <= by_power_mwh / (thousand / 2);
    if (by_power_mwh < least_evidence_mwh || !suspicious) return by_registers;
    if (alike(energy.energy_mwh.value_or(0), by_power_mwh)) return by_registers;
    constexpr std::pair<Whose, Fault> attempts[] = {{Whose::session, Fault::too_small},
        {Whose::all, Fault::too_small}, {Whose::all, Fault::too_large}};
    for (auto const& [whose, fault] : attempts) {
        auto attempt = energy_from_registers(extent, corrected(registers, whose, fault));
        if (!attempt.enough || attempt.broken) continue;
        auto const& doubts = attempt.energy.doubts;
        if (doubts.has(EnergyDoubt::jump_left_out)) continue;
        if (doubts.has(EnergyDoubt::registers_disagree)) continue;
        if (alike(attempt.energy.energy_mwh.value_or(0), by_power_mwh)) return attempt;
    }
    return by_registers;
}

bool alike(std::int64_t a_mwh, std::int64_t b_mwh)
{
    return a_mwh / 2 <= b_mwh && b_mwh / 2 <= a_mwh;
}

}
