// One car's visit as the station's own meter saw it, to compare with what the server has booked.
#pragma once

#include "tests/integration/support/plant.hpp"
#include "tests/integration/support/stations.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace integration {

struct Ride {
    std::string station{};
    std::int64_t start_wh = 0;
    std::int64_t stop_wh = 0;
};

// The car leaves. Precondition: a session runs.
Ride end_ride(Stations& stations, std::string const& station);

// Waits until all has been told, and then checks that the server has these sessions and no others:
// ended, and each with the registers and the energy of the station's meter.
void check_booked(
    Stations const& stations, Operator const& someone, std::vector<Ride> const& rides);

}
