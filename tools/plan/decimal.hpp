// Currents as decimal numbers, exact to the nanoampere.
#pragma once

#include "balancing/units.hpp"

#include <optional>
#include <string>

namespace plan {

// 16 A -> "16", 10.666666666 A -> "10.666666666", -0.4 A -> "-0.4": a JSON number without an
// exponent, and no digit more than the value has.
std::string exact_text(balancing::Current current);

// With two decimals, for people. Rounded towards zero: a limit is never shown higher than it is.
std::string short_text(balancing::Current current);

// Amperes to whole nanoamperes, the nearest. Up to a million amperes a double is within 0.12 nA of
// the decimal number that was written, and what the JSON parser and the product lose does not add
// up to half a nanoampere: exact for every number of up to nine decimals. Nothing for what is no
// number or beyond a million amperes.
std::optional<balancing::Current> current_of(double amperes);

}
