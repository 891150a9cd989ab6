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

// The versions' names for what a value is about. Names that a version does not know yet are none of
// ours either.
template <class M>
constexpr std::optional<storage::Measurand> measurand_of(M measurand)
{
    using Ours = storage::Measurand;
    switch (measurand) {
    case M::energy_active_import_register: return Ours::energy_active_import_register;
    case M::energy_active_export_register: return Ours::energy_active_export_register;
    case M::energy_reactive_import_register: return Ours::energy_reactive_import_register;
    case M::energy_reactive_export_register: return Ours::energy_reactive_export_register;
    case M::energy_active_import_interval: return Ours::energy_active_import_interval;
    case M::energy_active_export_interval: return Ours::energy_active_export_interval;
    case M::energy_reactive_import_interval: return Ours::energy_reactive_import_interval;
    case M::energy_reactive_export_interval: return Ours::energy_reactive_export_interval;
    case M::power_active_import: return Ours::power_active_import;
    case M::power_active_export: return Ours::power_active_export;
    case M::power_reactive_import: return Ours::power_reactive_import;
    case M::power_reactive_export: return Ours::power_reactive_export;
    case M::power_offered: return Ours::power_offered;
    case M::power_factor: return Ours::power_factor;
    case M::current_import: return Ours::current_import;
    case M::current_export: return Ours::current_export;
    case M::current_offered: return Ours::current_offered;
    case M::voltage: return Ours::voltage;
    case M::frequency: return Ours::frequency;
    case M::soc: return Ours::soc;
    default: break;
    }
    if constexpr (requires { M::rpm; }) {  // 1.6
        if (measurand == M::temperature) return Ours::temperature;
        if (measurand == M::rpm) return Ours::rpm;
    }
    if constexpr (requires { M::energy_active_net; }) {  // 2.x
        if (measurand == M::energy_active_net) return Ours::energy_active_net;
        if (measurand == M::energy_reactive_net) return Ours::energy_reactive_net;
        if (measurand == M::energy_apparent_net) return Ours::energy_apparent_net;
        if (measurand == M::energy_apparent_import) return Ours::energy_apparent_import;
        if (measurand == M::energy_apparent_export) return Ours::energy_apparent_export;
    }
    return std::nullopt;
}

template <class P>
constexpr std::optional<storage::Phase> phase_of(P phase)
{
    using Ours = storage::Phase;
    switch (phase) {
    case P::l1: return Ours::l1;
    case P::l2: return Ours::l2;
    case P::l3: return Ours::l3;
    case P::n: return Ours::n;
    case P::l1_n: return Ours::l1_n;
    case P::l2_n: return Ours::l2_n;
    case P::l3_n: return Ours::l3_n;
    case P::l1_l2: return Ours::l1_l2;
    case P::l2_l3: return Ours::l2_l3;
    case P::l3_l1: return Ours::l3_l1;
    }
    return std::nullopt;
}

template <class L>
constexpr storage::Location location_of(L location)
{
    switch (location) {
    case L::body: return storage::Location::body;
    case L::cable: return storage::Location::cable;
    case L::ev: return storage::Location::ev;
    case L::inlet: return storage::Location::inlet;
    case L::outlet: break;
    }
    return storage::Location::outlet;  // also what an unknown place is taken for
}

template <class C>
constexpr storage::ReadingContext context_of(C context)
{
    using Ours = storage::ReadingContext;
    switch (context) {
    case C::interruption_begin: return Ours::interruption_begin;
    case C::interruption_end: return Ours::interruption_end;
    case C::sample_clock: return Ours::clock;
    case C::sample_periodic: return Ours::periodic;
    case C::transaction_begin: return Ours::begin;
    case C::transaction_end: return Ours::end;
    case C::trigger: return Ours::trigger;
    case C::other: break;
    }
    return Ours::other;  // also what an unknown context is taken for
}

// What a sampled value is about; what is absent takes the standard's default (1.6 4.7, 2.0.1 J02).
// Nothing when its measurand or phase is unknown.
template <class SampledValue>
std::optional<storage::Channel> channel_of(SampledValue const& value)
{
    storage::Channel channel;
    if (value.measurand) {
        auto const measurand = measurand_of(*value.measurand);
        if (!measurand) return std::nullopt;
        channel.measurand = *measurand;
    }
    if (value.phase) {
        auto const phase = phase_of(*value.phase);
        if (!phase) return std::nullopt;
        channel.phase = *phase;
    }
    if (value.location) channel.location = location_of(*value.location);
    return channel;
}

// The readings of a version's MeterValues; `take` understands one sampled value.
template <auto take, class MeterValue>
std::vector<Reading> readings_of(std::vector<MeterValue> const& values)
{
    std::vector<Reading> readings;
    for (auto const& value : values) {
        ReadingBuilder builder(value.timestamp);
        for (auto const& sampled : value.sampledValue) {
            auto const context = sampled.context ? context_of(*sampled.context)
                                                 : storage::ReadingContext::periodic;
            take(sampled, context, builder);
        }
        builder.finish(readings);
    }
    return readings;
}

// What stations write as the value of a setting.
std::optional<std::int64_t> whole_number(std::string_view text);
bool is_true(std::string_view text);

// The answer to a question about the local list; `say` what it means.
template <class Response, ListReply (*say)(Response const&)>
ListReply list_reply(ocpp::Payload payload)
{
    auto const decoded = ocpp::decode_tolerantly<Response>(payload);
    if (auto const* fault = std::get_if<ocpp::Fault>(&decoded))
        return ListTrouble{.why = ocpp::describe(*fault)};
    return say(std::get<ocpp::Tolerated<Response>>(decoded).message);
}

// Finds the action in the table; unknown ones are the fault not_implemented.
std::variant<Heard, ocpp::Fault> read_with(std::span<Understood const> table,
    std::string_view action, ocpp::Payload payload, ocpp::Level level, Timestamp received);

std::variant<Heard, ocpp::Fault> read_v16(
    std::string_view action, ocpp::Payload payload, ocpp::Level level, Timestamp received);
std::string answer_v16(Word const& word, WordAnswer const& answer);
OutgoingCall order_v16(Order const& order, Timestamp now);
OrderOutcome outcome_v16(Order const& order, ocpp::Payload payload);
OutgoingCall list_call_v16(ListQuestion const& question);
ListReply list_reply_v16(ListQuestion const& question, ocpp::Payload payload);

std::variant<Heard, ocpp::Fault> read_v201(
    std::string_view action, ocpp::Payload payload, ocpp::Level level, Timestamp received);
std::string answer_v201(Word const& word, WordAnswer const& answer);
OutgoingCall order_v201(Order const& order, Timestamp now);
OrderOutcome outcome_v201(Order const& order, ocpp::Payload payload);
OutgoingCall list_call_v201(ListQuestion const& question);
ListReply list_reply_v201(ListQuestion const& question, ocpp::Payload payload);

}
