// What every plan must keep, checked with the oracle's own sums.
#pragma once

#include "tests/oracle/model.hpp"

#include <span>
#include <string>
#include <vector>

namespace oracle {

// Each a sentence that names what is wrong; nothing if all is well.
// - No row is above its capacity by what is granted, beyond what was reserved.
// - Each EVSE has 0, its reservation, or whole quanta between its minimum and its maximum.
std::vector<std::string> broken_limits(Model const& model, std::span<Nano const> at);

// - Nobody could take a further quantum; nobody at 0 could take the minimum.
std::vector<std::string> left_over(Model const& model, std::span<Nano const> at);

// - The plan's node_current is what the granted and reserved currents amount to.
std::vector<std::string> wrong_node_currents(Model const& model, balancing::Plan const& plan);

}
