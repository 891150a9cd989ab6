// Admission: who takes part in the sharing. Greedy in queue order at the minima.
#pragma once

#include "balancing/headroom.hpp"
#include "balancing/snapshot.hpp"

#include <vector>

namespace balancing {

enum class Standing {
    reserved,      // booked at exactly its reservation, whether that fits or not
    switched_off,  // no whole quantum lies between its minimum and its maximum
    shut_out,      // its minimum would not fit even if nobody else charged
    waiting,       // its minimum does not fit beside the minima of those admitted before it
    admitted,      // booked at its minimum
};

struct Admission {
    Standing standing = Standing::switched_off;
    Milliampere quantum{1};
    Milliampere least{};  // the minimum, rounded up to whole quanta
    Milliampere most{};   // the maximum, rounded down to whole quanta
    Place obstacle{};  // for shut_out and waiting: the nearest place that lacked room for `least`
};

// One admission per EVSE. Takes an accepted snapshot and the headroom beside other load, and books
// the reservations and the minima of the admitted in it.
// What fits together also fits without one of its members, so taking each car that fits, in queue
// order, gives the best set in that order: no set admits an earlier car that this one leaves out
// while keeping all before it.
std::vector<Admission> admit(Snapshot const& snapshot, Headroom& headroom);

}
