// The functions that the dialects' table points to, and what they share. Only dialect*.cpp include
// this.
#pragma once

#include "ocpp/action.hpp"
#include "ocpp/codec.hpp"
#include "server/engine/dialect.hpp"
#include "server/engine/readings.hpp"

#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace engine {

// An action that a station may call, and the function that understands it.
struct Understood {
    std::string_view action;
    std::variant<Heard, ocpp::Fault> (*read)(
        ocpp::Payload payload, ocpp::Level level, Timestamp received);
};

// The table's row for a request: decode it, and `say` what it means.
template <class Request, Word (*say)(Request const&, Timestamp received)>
constexpr Understood understood()
{
    auto const read = [](ocpp::Payload payload, ocpp::Level level,
                          Timestamp received) -> std::variant<Heard, ocpp::Fault> {
        Request request;
        std::vector<ocpp::Fault> remarks;
        if (auto fault = ocpp::read_message(
                ocpp::message_layout<Request>(), &request, payload, level, remarks))
            return std::move(*fault);
        return Heard{say(request, received), std::move(remarks)};
    };
    return {ocpp::ActionOf<Request>::name, read};
}

// A connector or EVSE as stations number them; absurd numbers become one that no outlet has.
constexpr storage::EvseNumber evse_number(std::int64_t number)
{
    constexpr std::int64_t sane_numbers = 1000;
    return {number >= 0 && number <= sane_numbers ? static_cast<std::int32_t>(number) : -1};
}

// The terminal (0..2) that a phase name stands for. Voltages between phases and the neutral's
// current are not booked.
template <class Phase>
constexpr std::optional<int> terminal_of(Phase phase)
{
    switch (phase) {
    case Phase::l1:
    case Phase::l1_n: return 0;
    case Phase::l2:
    case Phase::l2_n: return 1;
    case Phase::l3:
    case Phase::l3_n: return 2;
    default: return std::nullopt;
    }
}

template <class Measurand>
constexpr std::optional<Quantity> quantity_of(Measurand measurand)
{
    switch (measurand) {
    case Measurand::energy_active_import_register: return Quantity::energy_import_register;
    case Measurand::current_import: return Quantity::current_import;
    case Measurand::power_active_import: return Quantity::power_import;
    case Measurand::soc: return Quantity::soc;
    default: return std::nullopt;
    }
}

// The readings of a version's MeterValues; `sample_of` understands one sampled value.
template <auto sample_of, class MeterValue>
std::vector<Reading> readings_of(std::vector<MeterValue> const& values)
{
    std::vector<Reading> readings;
    for (auto const& value : values) {
        ReadingBuilder builder(value.timestamp);
        for (auto const& sampled : value.sampledValue)
            if (auto const sample = sample_of(sampled)) builder.add(*sample);
        if (auto const reading = builder.finish()) readings.push_back(*reading);
    }
    return readings;
}

// Finds the action in the table; unknown ones are the fault not_implemented.
std::variant<Heard, ocpp::Fault> read_with(std::span<Understood const> table,
    std::string_view action, ocpp::Payload payload, ocpp::Level level, Timestamp received);

std::variant<Heard, ocpp::Fault> read_v16(
    std::string_view action, ocpp::Payload payload, ocpp::Level level, Timestamp received);
std::string answer_v16(Word const& word, WordAnswer const& answer);
OutgoingCall order_v16(Order const& order, Timestamp now);
OrderOutcome outcome_v16(Order const& order, ocpp::Payload payload);

std::variant<Heard, ocpp::Fault> read_v201(
    std::string_view action, ocpp::Payload payload, ocpp::Level level, Timestamp received);
std::string answer_v201(Word const& word, WordAnswer const& answer);
OutgoingCall order_v201(Order const& order, Timestamp now);
OrderOutcome outcome_v201(Order const& order, ocpp::Payload payload);

}
