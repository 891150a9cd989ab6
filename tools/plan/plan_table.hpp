// The answer of `kurs plan` for people.
#pragma once

#include "tools/plan/make_plan.hpp"

#include <string>

namespace plan {

// A table of the EVSEs in the order of the file, one of the nodes, and a line of totals. Limits
// are rounded down to hundredths of an ampere, and so is what lines carry; the part of a limit that
// is in use is rounded up to whole percent.
std::string plan_table(Answer const& answer);

}
