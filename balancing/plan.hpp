// What the allocator answers: a limit per EVSE, each with the reason that bound it.
#pragma once

#include "balancing/units.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace balancing {

enum class ReasonKind {
    own_maximum,   // it gets all that station, cable and car take
    line,          // a line of a node has no room for more (a further quantum; or, at 0 A, for its
                   // minimum, even if no other car charged): Reason::node and line say which
    minimum,       // its minimum does not fit beside the cars before it in the queue: 0 A
    reserved,      // set aside: the station cannot be reached or does not obey
    switched_off,  // its own maximum is below its minimum, both in whole quanta: 0 A
};

struct Reason {
    ReasonKind kind = ReasonKind::own_maximum;
    std::size_t node = 0;  // for line and minimum: index into Snapshot::nodes
    std::size_t line = 0;  // for line and minimum: 0 is L1
    // For line and minimum: what the plan leaves free on that line of that node; negative where
    // reservations and other load exceed the limit.
    Milliampere left{};
    std::size_t queued = 0;  // for minimum: its place among those that wait, 1 is next

    friend bool operator==(Reason const&, Reason const&) = default;
};

struct Grant {
    Milliampere limit{};  // per loaded line
    Reason reason;

    friend bool operator==(Grant const&, Grant const&) = default;
};

struct Plan {
    std::vector<Grant> evses;           // as Snapshot::evses
    std::vector<PerLine> node_current;  // as Snapshot::nodes: granted and reserved, no other load

    friend bool operator==(Plan const&, Plan const&) = default;
};

// A snapshot that makes no sense.
struct Refusal {
    std::string subject;  // the name of the node or EVSE
    std::string rule;     // what is wrong with it

    friend bool operator==(Refusal const&, Refusal const&) = default;
};

}
