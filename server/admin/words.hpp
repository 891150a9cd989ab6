// The API's words for the enumerations of the engine and the store.
#pragma once

#include "server/engine/energy/energy.hpp"
#include "server/engine/live.hpp"
#include "storage/entities.hpp"
#include "storage/store.hpp"

#include <array>
#include <string_view>
#include <utility>

namespace admin {

template <class Enum>
using Word = std::pair<Enum, std::string_view>;

inline constexpr std::array<Word<storage::GridType>, 2> grid_words{{
    {storage::GridType::tn_400, "TN400"},
    {storage::GridType::it_230, "IT230"},
}};

inline constexpr std::array<Word<storage::SharingPolicy>, 5> policy_words{{
    {storage::SharingPolicy::equal_share, "equal_share"},
    {storage::SharingPolicy::most_cars, "most_cars"},
    {storage::SharingPolicy::first_come, "first_come"},
    {storage::SharingPolicy::priority, "priority"},
    {storage::SharingPolicy::departure, "departure"},
}};

inline constexpr std::array<Word<storage::TokenStatus>, 2> token_status_words{{
    {storage::TokenStatus::accepted, "accepted"},
    {storage::TokenStatus::blocked, "blocked"},
}};

inline constexpr std::array<Word<storage::TokenKind>, 8> token_kind_words{{
    {storage::TokenKind::any, "any"},
    {storage::TokenKind::central, "central"},
    {storage::TokenKind::emaid, "emaid"},
    {storage::TokenKind::iso14443, "iso14443"},
    {storage::TokenKind::iso15693, "iso15693"},
    {storage::TokenKind::key_code, "key_code"},
    {storage::TokenKind::local, "local"},
    {storage::TokenKind::mac_address, "mac_address"},
}};

inline constexpr std::array<Word<storage::Closing>, 4> closing_words{{
    {storage::Closing::open, "open"},
    {storage::Closing::station, "station"},
    {storage::Closing::replaced, "replaced"},
    {storage::Closing::by_hand, "by_hand"},
}};

inline constexpr std::array<Word<storage::UnbookedState>, 5> unbooked_words{{
    {storage::UnbookedState::waiting, "waiting"},
    {storage::UnbookedState::attached, "attached"},
    {storage::UnbookedState::made, "made"},
    {storage::UnbookedState::booked, "booked"},
    {storage::UnbookedState::set_aside, "set_aside"},
}};

inline constexpr std::array<Word<engine::EnergyRule>, 8> energy_rule_words{{
    {engine::EnergyRule::none, "none"},
    {engine::EnergyRule::session_registers, "session_registers"},
    {engine::EnergyRule::begin_end_readings, "begin_end_readings"},
    {engine::EnergyRule::registers, "registers"},
    {engine::EnergyRule::register_rises, "register_rises"},
    {engine::EnergyRule::intervals, "intervals"},
    {engine::EnergyRule::power, "power"},
    {engine::EnergyRule::currents, "currents"},
}};

inline constexpr std::array<Word<engine::EnergySource>, 3> energy_source_words{{
    {engine::EnergySource::meter_start, "meter_start"},
    {engine::EnergySource::meter_stop, "meter_stop"},
    {engine::EnergySource::sample, "sample"},
}};

inline constexpr std::array<Word<engine::EnergyDoubt>, engine::energy_doubt_count>
    energy_doubt_words{{
        {engine::EnergyDoubt::jump_left_out, "jump_left_out"},
        {engine::EnergyDoubt::fall_left_out, "fall_left_out"},
        {engine::EnergyDoubt::register_reset, "register_reset"},
        {engine::EnergyDoubt::begin_missing, "begin_missing"},
        {engine::EnergyDoubt::end_missing, "end_missing"},
        {engine::EnergyDoubt::zero_begin, "zero_begin"},
        {engine::EnergyDoubt::negative_difference, "negative_difference"},
        {engine::EnergyDoubt::registers_disagree, "registers_disagree"},
        {engine::EnergyDoubt::after_end_ignored, "after_end_ignored"},
        {engine::EnergyDoubt::before_start_ignored, "before_start_ignored"},
        {engine::EnergyDoubt::phase_sums, "phase_sums"},
        {engine::EnergyDoubt::other_location, "other_location"},
        {engine::EnergyDoubt::unit_corrected, "unit_corrected"},
        {engine::EnergyDoubt::gap, "gap"},
        {engine::EnergyDoubt::nominal_voltage, "nominal_voltage"},
        {engine::EnergyDoubt::power_disagrees, "power_disagrees"},
        {engine::EnergyDoubt::clock_backwards, "clock_backwards"},
    }};

inline constexpr std::array<Word<storage::GraphWidth>, 3> graph_width_words{{
    {storage::GraphWidth::minute, "minute"},
    {storage::GraphWidth::quarter_hour, "quarter_hour"},
    {storage::GraphWidth::hour, "hour"},
}};

inline constexpr std::array<Word<storage::ReadingContext>, 8> context_words{{
    {storage::ReadingContext::periodic, "periodic"},
    {storage::ReadingContext::clock, "clock"},
    {storage::ReadingContext::begin, "begin"},
    {storage::ReadingContext::end, "end"},
    {storage::ReadingContext::interruption_begin, "interruption_begin"},
    {storage::ReadingContext::interruption_end, "interruption_end"},
    {storage::ReadingContext::trigger, "trigger"},
    {storage::ReadingContext::other, "other"},
}};

inline constexpr std::array<Word<storage::Measurand>, storage::measurand_count> measurand_words{{
    {storage::Measurand::energy_active_import_register, "energy_active_import_register"},
    {storage::Measurand::energy_active_export_register, "energy_active_export_register"},
    {storage::Measurand::energy_reactive_import_register, "energy_reactive_import_register"},
    {storage::Measurand::energy_reactive_export_register, "energy_reactive_export_register"},
    {storage::Measurand::energy_active_import_interval, "energy_active_import_interval"},
    {storage::Measurand::energy_active_export_interval, "energy_active_export_interval"},
    {storage::Measurand::energy_reactive_import_interval, "energy_reactive_import_interval"},
    {storage::Measurand::energy_reactive_export_interval, "energy_reactive_export_interval"},
    {storage::Measurand::energy_active_net, "energy_active_net"},
    {storage::Measurand::energy_reactive_net, "energy_reactive_net"},
    {storage::Measurand::energy_apparent_net, "energy_apparent_net"},
    {storage::Measurand::energy_apparent_import, "energy_apparent_import"},
    {storage::Measurand::energy_apparent_export, "energy_apparent_export"},
    {storage::Measurand::power_active_import, "power_active_import"},
    {storage::Measurand::power_active_export, "power_active_export"},
    {storage::Measurand::power_reactive_import, "power_reactive_import"},
    {storage::Measurand::power_reactive_export, "power_reactive_export"},
    {storage::Measurand::power_offered, "power_offered"},
    {storage::Measurand::power_factor, "power_factor"},
    {storage::Measurand::current_import, "current_import"},
    {storage::Measurand::current_export, "current_export"},
    {storage::Measurand::current_offered, "current_offered"},
    {storage::Measurand::voltage, "voltage"},
    {storage::Measurand::frequency, "frequency"},
    {storage::Measurand::soc, "soc"},
    {storage::Measurand::temperature, "temperature"},
    {storage::Measurand::rpm, "rpm"},
}};

inline constexpr std::array<Word<storage::Phase>, 11> phase_words{{
    {storage::Phase::total, "total"},
    {storage::Phase::l1, "L1"},
    {storage::Phase::l2, "L2"},
    {storage::Phase::l3, "L3"},
    {storage::Phase::n, "N"},
    {storage::Phase::l1_n, "L1-N"},
    {storage::Phase::l2_n, "L2-N"},
    {storage::Phase::l3_n, "L3-N"},
    {storage::Phase::l1_l2, "L1-L2"},
    {storage::Phase::l2_l3, "L2-L3"},
    {storage::Phase::l3_l1, "L3-L1"},
}};

inline constexpr std::array<Word<storage::Location>, 6> location_words{{
    {storage::Location::outlet, "outlet"},
    {storage::Location::body, "body"},
    {storage::Location::cable, "cable"},
    {storage::Location::ev, "ev"},
    {storage::Location::inlet, "inlet"},
    {storage::Location::upstream, "upstream"},
}};

inline constexpr std::array<Word<engine::ChargePointState>, 12> state_words{{
    {engine::ChargePointState::no_station, "no_station"},
    {engine::ChargePointState::never_seen, "never_seen"},
    {engine::ChargePointState::offline, "offline"},
    {engine::ChargePointState::available, "available"},
    {engine::ChargePointState::preparing, "preparing"},
    {engine::ChargePointState::charging, "charging"},
    {engine::ChargePointState::suspended_ev, "suspended_ev"},
    {engine::ChargePointState::suspended_evse, "suspended_evse"},
    {engine::ChargePointState::finishing, "finishing"},
    {engine::ChargePointState::reserved, "reserved"},
    {engine::ChargePointState::unavailable, "unavailable"},
    {engine::ChargePointState::faulted, "faulted"},
}};

inline constexpr std::array<Word<engine::LimitReason>, 11> reason_words{{
    {engine::LimitReason::none, "none"},
    {engine::LimitReason::own_maximum, "own_maximum"},
    {engine::LimitReason::reclaimed, "reclaimed"},
    {engine::LimitReason::line_full, "line_full"},
    {engine::LimitReason::waiting, "waiting"},
    {engine::LimitReason::no_room, "no_room"},
    {engine::LimitReason::switched_off, "switched_off"},
    {engine::LimitReason::offline, "offline"},
    {engine::LimitReason::not_obeying, "not_obeying"},
    {engine::LimitReason::inactive, "inactive"},
    {engine::LimitReason::settling, "settling"},
}};

inline constexpr std::array<Word<balancing::LimitSource>, 5> source_words{{
    {balancing::LimitSource::rating, "rating"},
    {balancing::LimitSource::schedule, "schedule"},
    {balancing::LimitSource::temporary, "temporary"},
    {balancing::LimitSource::asymmetry, "asymmetry"},
    {balancing::LimitSource::energy_cap, "energy_cap"},
}};

// The word of a value; each table above has all values of its enumeration (a test counts them).
template <class Enum, std::size_t N>
constexpr std::string_view word_of(std::array<Word<Enum>, N> const& words, Enum value)
{
    for (auto const& [of, word] : words) {
        if (of == value) return word;
    }
    return "unknown";
}

}
