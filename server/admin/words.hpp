// The API's words for the enumerations of the engine and the store.
#pragma once

#include "server/engine/live.hpp"
#include "storage/entities.hpp"

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
