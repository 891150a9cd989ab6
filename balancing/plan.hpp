// What the allocator answers: a limit per EVSE, each with the reason that bound it.
#pragma once

#include "balancing/grid.hpp"
#include "balancing/limits.hpp"
#include "balancing/units.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace balancing {

enum class ReasonKind {
    own_maximum,  // it gets all that station, cable, car and wish allow: Reason::maximum says which
    reclaimed,    // it does not use more: the reclaim rule lowered its limit
    line,         // a line of a node has no room for a further quantum
    waiting,      // 0 A: its minimum does not fit beside the cars before it in the queue
    no_room,      // 0 A: its minimum would not fit even if no other car charged
    reserved,     // set aside: the station cannot be reached or does not obey
    switched_off,  // 0 A: its own maximum is below its minimum, both in whole quanta
};

enum class Maximum { station, cable, car, asked };

struct Reason {
    ReasonKind kind = ReasonKind::own_maximum;
    Maximum maximum = Maximum::station;  // for own_maximum and switched_off
    // For line, waiting and no_room: the place, and what limits it there.
    std::size_t node = 0;  // index into Snapshot::nodes
    std::size_t line = 0;  // 0 is L1; of no meaning if the source is energy_cap
    LimitSource source = LimitSource::rating;
    // What the plan leaves free there, down to whole nanoamperes; negative where reservations and
    // other load exceed the limit. For energy_cap: summed over the phases.
    Current left{};
    std::size_t queued = 0;  // for waiting: its place among those that wait, 1 is next
    // For waiting: when it can expect its turn, if those before it leave theirs as soon as they
    // may (rotation) or have what they want; nothing where that cannot be said.
    std::optional<Seconds> turn{};

    friend bool operator==(Reason const&, Reason const&) = default;
};

struct Grant {
    Current limit{};                        // per loaded phase
    std::optional<std::int64_t> limit_w{};  // for stations that take watts
    Loading loading{};                      // the channels it was counted on
    Reason reason{};

    friend bool operator==(Grant const&, Grant const&) = default;
};

struct Plan {
    std::vector<Grant> evses{};  // as Snapshot::evses
    // As Snapshot::nodes: what granted and reserved currents amount to on each line, by LineLaw; no
    // other load.
    std::vector<PerLine> node_current{};
    std::vector<PerLine> node_limit{};  // what held there, other load not yet taken off

    friend bool operator==(Plan const&, Plan const&) = default;
};

// A snapshot that makes no sense.
struct Refusal {
    std::string subject;  // the name of the node or EVSE, or "installation"
    std::string rule;     // what is wrong with it

    friend bool operator==(Refusal const&, Refusal const&) = default;
};

}
