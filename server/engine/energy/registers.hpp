// Energy from registers: the session's own and those of its samples.
#pragma once

#include "server/engine/energy/curve.hpp"
#include "server/engine/energy/explanation.hpp"
#include "server/engine/energy/placing.hpp"

#include <optional>
#include <span>
#include <vector>

namespace engine::metering {

// All register readings of a session, ascending, each once.
struct Registers {
    std::vector<RegisterReading> readings;
    EnergyDoubts doubts;
};
Registers gather_registers(
    storage::Session const& session, Extent const& extent, std::span<PlacedSample const> samples);

// What registers tell. With a single reading (`enough` is false) the energy is 0.
struct RegisterEnergy {
    Energy energy;
    Curve curve;
    bool enough = false;       // two readings at least
    bool always_zero = false;  // as of a station that has no meter and says 0
    bool broken = false;       // the register began anew or jumped
};
RegisterEnergy energy_from_registers(Extent const& extent, Registers const& registers);

}
