// The energy of a session that runs, by the function that gives the final one (energy/energy.hpp),
// from few of its readings: the store has them all, memory need not.
#pragma once

#include "server/engine/energy/energy.hpp"

#include <optional>
#include <vector>

namespace engine {

class RunningEnergy {
public:
    // A reading of the session, in any order.
    void add(storage::MeterSample const& sample);

    // The same as energy_of() with all readings, unless a register runs backwards among those that
    // were passed over.
    Energy of(storage::Session const& session) const;

private:
    void thin_out();

    std::vector<storage::MeterSample> kept_;  // in the order of time
};

}
