// Charging profiles in words that fit both versions (1.6 section 7.8, 2.0.1 part 2 section 2.10).
#pragma once

#include "ocpp/timestamp.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sim {

enum class Purpose {
    station_max,           // ChargePointMaxProfile, ChargingStationMaxProfile
    external_constraints,  // ChargingStationExternalConstraints: set by others than the central
                           // system
    tx_default,
    tx,
};
enum class Kind { absolute, recurring, relative };
enum class Recurrency { daily, weekly };
enum class RateUnit { amperes, watts };

struct Period {
    std::int64_t start_s = 0;      // from the start of the schedule
    std::int64_t limit_milli = 0;  // mA per phase, or mW in total
    std::optional<int> phases;     // absent: 3 (2.0.1 K01.FR.49, 1.6 section 7.14)
    std::optional<int> phase_to_use;

    friend bool operator==(Period const&, Period const&) = default;
};

struct Schedule {
    std::optional<ocpp::Timestamp> start;
    std::optional<std::int64_t> duration_s;  // absent: for ever
    RateUnit unit = RateUnit::amperes;
    std::vector<Period> periods;

    friend bool operator==(Schedule const&, Schedule const&) = default;
};

struct Profile {
    std::int64_t id = 0;
    std::int64_t stack_level = 0;
    Purpose purpose = Purpose::tx_default;
    Kind kind = Kind::absolute;
    std::optional<Recurrency> recurrency;
    std::optional<ocpp::Timestamp> valid_from;  // included
    std::optional<ocpp::Timestamp> valid_to;    // excluded
    std::optional<std::string> transaction;  // as its version writes the id, 1.6's number as text
    Schedule schedule;

    friend bool operator==(Profile const&, Profile const&) = default;
};

// The period of `profile` that is in force at `t`, or nothing. `relative_to` is where a Relative
// schedule starts (and a 1.6 Absolute one without startSchedule): the moment that the transaction
// could deliver energy.
Period const* period_at(
    Profile const& profile, ocpp::Timestamp t, std::optional<ocpp::Timestamp> relative_to);

// The first instant after `t` at which period_at() may change, if there is one.
std::optional<ocpp::Timestamp> next_switch(
    Profile const& profile, ocpp::Timestamp t, std::optional<ocpp::Timestamp> relative_to);

}
