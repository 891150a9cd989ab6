// The member `day` of a plan file: the sessions to play. Field names live in day_json.cpp (reader)
// and report_json.cpp (answer).
#pragma once

#include "tools/plan/day/play_day.hpp"
#include "tools/plan/fault.hpp"
#include "tools/plan/snapshot_json.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <variant>

namespace plan {

// What the command line says instead of the file.
struct DayOverrides {
    std::optional<std::int64_t> hours{};
    std::optional<std::size_t> cars{};  // synthetic ones, also where the file lists sessions
    std::optional<std::uint64_t> seed{};
};

struct Synthetic {
    Mix mix = Mix::residential;
    std::size_t cars = 0;
    std::uint64_t seed = 1;
};

// A day that can be played. Where the file says nothing: a residential car for each EVSE that is
// not reserved, from the whole hour of the first arrival until the last departure, in steps of a
// minute, under equal_share, or priority where any EVSE is of a tier.
struct PlannedDay {
    Day day{};
    DayRules rules{};
    std::optional<Synthetic> synthetic{};  // none: the file lists the sessions
};

// The most that one day may have.
inline constexpr std::size_t most_day_cars = 10'000;
inline constexpr std::int64_t most_day_hours = 24 * 7;

// The fault names the field, like day.sessions[3].evse.
std::variant<PlannedDay, Fault> plan_day(PlanFile const& file, DayOverrides const& overrides);

}
