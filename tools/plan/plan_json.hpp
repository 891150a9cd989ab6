// The answer of `kurs plan --json`.
#pragma once

#include "tools/plan/make_plan.hpp"

#include <string>

namespace plan {

// {"evses":[...],"nodes":[...]} in the order of the file, one line per EVSE and node; currents are
// exact decimal numbers, which is why the text is written here and not by way of doubles.
// README.md lists the fields.
std::string plan_json(Answer const& answer);

}
