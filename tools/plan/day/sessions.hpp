// The cars of a day: when each comes and leaves, and how much it wants.
#pragma once

#include "balancing/snapshot.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace plan {

struct DaySession {
    std::size_t evse = 0;          // index into the installation's EVSEs
    balancing::Seconds arrives{};  // since midnight of the first day
    balancing::Seconds departs{};  // after it arrives
    std::int64_t wanted_wh = 0;
    std::optional<int> phases{};               // else as the EVSE says
    std::optional<balancing::Current> most{};  // of the car; else as the EVSE says
};

// What kind of people charge.
enum class Mix {
    residential,  // come home around 17:00 and leave about 07:30
    workplace,    // come around 08:00 and leave about 16:00
    mixed,        // half of the cars each
};

// Sessions for so many cars, one each, wanting 4 to 25 kWh, but no more than a car can take alone
// at its EVSE in nine tenths of its time. The same seed gives the same cars, and fewer of them are
// the first of these. They are spread over the EVSEs that are not reserved, of which there is at
// least one; where there are more cars than EVSEs, several share the wiring of one, as if more
// outlets like it were built.
std::vector<DaySession> synthetic_sessions(
    balancing::Snapshot const& installation, Mix mix, std::size_t cars, std::uint64_t seed);

}
