// The answer of `kurs plan --day --json`.
#pragma once

#include "tools/plan/day/carries.hpp"
#include "tools/plan/day/day_json.hpp"

#include <optional>
#include <string>

namespace plan {

// README.md lists the fields. One line per car and node.
std::string day_json(
    PlannedDay const& planned, DayReport const& report, std::optional<Carries> const& carries);

}
