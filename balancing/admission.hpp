// Admission: who takes part in the sharing. Greedy in queue order at the minima.
#pragma once

#include "balancing/account.hpp"
#include "balancing/cars.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace balancing {

enum class Standing : std::uint8_t {
    reserved,      // booked at exactly its reservation, whether that fits or not
    switched_off,  // no whole quantum lies between its minimum and its maximum
    no_room,       // its minimum would not fit even if nobody else charged
    waiting,       // its minimum does not fit beside the minima of those admitted before it
    admitted,      // booked at its minimum
};

struct Admission {
    Standing standing = Standing::switched_off;
    Place obstacle{};  // for no_room and waiting: the nearest place that lacked room
};

// Decides for the cars named in `queue` and books the minima of the admitted. `empty` is the
// account with the reservations only. What fits together also fits without one of its members, so
// taking each car that fits, in queue order, gives the best set in that order: no set admits an
// earlier car that this one leaves out while keeping all before it.
void admit(std::span<std::uint32_t const> queue, std::vector<Car>& cars, Account const& empty,
    Account& account, std::vector<Admission>& admissions);

}
