// Which samples are of the session, and when they count.
#pragma once

#include "server/engine/energy/energy.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace engine::metering {

// The session's time, in ms since the epoch.
struct Extent {
    std::int64_t start_ms = 0;
    std::int64_t end_ms = 0;  // of a running session: the end of all times
    bool closed = false;
    bool clock_backwards = false;  // then end_ms is made up, and only named edges are used
};
Extent extent_of(storage::Session const& session);

struct PlacedSample {
    std::int64_t at_ms = 0;  // within the extent
    storage::MeterSample const* sample = nullptr;
    bool stand_in = false;  // from before the start, good for the start register only
};

struct Placement {
    std::vector<PlacedSample> samples;  // ascending, stand-ins first; an instant's in any order
    EnergyDoubts doubts;
};
Placement place(storage::Session const& session, Extent const& extent,
    std::span<storage::MeterSample const> samples);

// ms since the epoch, within ±farthest_ms.
std::int64_t bounded_ms(storage::Timestamp at);

}
