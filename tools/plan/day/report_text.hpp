// The answer of `kurs plan --day` for people.
#pragma once

#include "tools/plan/day/carries.hpp"
#include "tools/plan/day/day_json.hpp"

#include <optional>
#include <string>

namespace plan {

// The cars that got the least of what they wanted, the peaks of the nodes, and the day in a few
// sentences.
std::string day_text(
    PlannedDay const& planned, DayReport const& report, std::optional<Carries> const& carries);

// "17:05"; "07:30+1" is of the next day.
std::string clock_text(balancing::Seconds since_midnight);

}
