// The order of trust: which rule gives a session's energy.
#pragma once

#include "server/engine/energy/curve.hpp"
#include "server/engine/energy/energy.hpp"

#include <span>

namespace engine::metering {

struct Derivation {
    Energy energy;
    Curve curve;  // ends at the energy; empty without one
};
Derivation derive(storage::Session const& session, std::span<storage::MeterSample const> samples);

}
