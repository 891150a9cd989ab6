// kWh that are called Wh, and Wh that are called kWh: only where the evidence is clear.
#pragma once

#include "server/engine/energy/registers.hpp"

#include <cstdint>

namespace engine::metering {

// The registers with the samples in the unit of the session's own, where that is known: as reported
// the samples do not fit the session's registers, a thousand times more (or less) every one does.
Registers in_unit_of_the_session(Registers registers);

// The energy with units put right by power over time (mWh), where the energy contradicts it and a
// factor of a thousand, on all registers or on the session's own, takes the contradiction away.
RegisterEnergy in_unit_of_power(Extent const& extent, Registers const& registers,
    RegisterEnergy by_registers, std::int64_t by_power_mwh);

// Whether two energies are the same by order of magnitude: within a factor of two.
bool alike(std::int64_t a_mwh, std::int64_t b_mwh);

}
