// Limits that change during the day, and energy caps that begin anew every hour.
#pragma once

#include "balancing/line_law.hpp"
#include "balancing/snapshot.hpp"

#include <vector>

namespace plan {

// Repeats the timed limits of the first day (those that begin and end within two days of its
// midnight) on every day until `ends`. Gives all moments at which a limit changes, in their order.
std::vector<balancing::Seconds> repeat_daily(
    std::vector<balancing::Node>& nodes, balancing::Seconds ends);

// The first of them after `now`; the end of time if there is none.
balancing::Seconds next_change(
    std::vector<balancing::Seconds> const& changes, balancing::Seconds now);

// The energy of the current hour, by node.
using HourEnergy = std::vector<double>;

// Sets the caps to the hour that `now` is in, with what is used of it.
void set_hours(std::vector<balancing::Node>& nodes, HourEnergy& used_wh, balancing::Seconds now);

// Adds what cars drew and other loads took.
void count_energy(balancing::Snapshot const& snapshot,
    std::vector<balancing::ChannelSums> const& drawn, HourEnergy& used_wh,
    balancing::Seconds duration);

}
