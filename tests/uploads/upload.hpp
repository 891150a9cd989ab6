// Brings a fleet's messages to a server, the smooth way or with everything that goes wrong, and
// tells what the server made of them.
#pragma once

#include "tests/uploads/fleet.hpp"

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace uploads {

// What must not depend on the way.
struct Outcome {
    std::int64_t started_at_ms = 0;
    std::optional<std::int64_t> ended_at_ms;
    storage::Closing closing{};
    std::string token;
    std::optional<std::int64_t> meter_start_mwh;
    std::optional<std::int64_t> meter_stop_mwh;
    std::string stop_reason;
    std::size_t samples = 0;
    std::int64_t reports = 0;  // by number (2.x)
    std::optional<std::int64_t> energy_mwh;

    friend bool operator==(Outcome const&, Outcome const&) = default;
};

// By charge point and the station's name for it.
using Outcomes = std::map<std::pair<std::int64_t, std::string>, Outcome>;

struct Result {
    Outcomes sessions;
    std::size_t waiting = 0;  // messages that were not booked
    int crashes = 0;
    int repeats = 0;
    int look_ups = 0;
};

// All in order, each answered.
Result upload_in_order(std::vector<Station> const& fleet);

// With repetitions, lost answers, lost connections and crashes of the server; 2.x: in any order.
// Every message is sent until it is answered.
Result upload_somehow(std::vector<Station> const& fleet, Dice& dice);

}
