// OCPP 2.0.1 <-> the engine's words.
#include "ocpp/codec.hpp"
#include "ocpp/v201/actions.hpp"
#include "server/engine/dialects.hpp"
#include "server/engine/readings.hpp"
#include "server/engine/scaled.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace engine {

namespace v201 = ocpp::v201;

namespace {

constexpr std::int64_t absurd = 1000;  // a multiplier that no value has

void take(v201::SampledValue const& value, storage::ReadingContext context, ReadingBuilder& builder)
{
    if (auto const& sign = value.signedMeterValue)
        builder.add(SignedValue{.encoding = sign->encodingMethod,
                        .method = sign->signingMethod,
                        .public_key = sign->publicKey,
                        .data = sign->signedMeterData},
            context);
    auto const channel = channel_of(value);
    if (!channel) return;
    std::string_view unit;
    std::int64_t multiplier = 0;
    if (value.unitOfMeasure) {
        if (value.unitOfMeasure->unit) unit = *value.unitOfMeasure->unit;
        multiplier = value.unitOfMeasure->multiplier.value_or(0);
    }
    auto const number = milli_of(channel->measurand, value.value.value, unit,
        static_cast<int>(std::clamp<std::int64_t>(multiplier, -absurd, absurd)));
    if (number) builder.add(Sample{.channel = *channel, .context = context, .milli = *number});
}

// The register at the event: the first or the last reading that has one.
std::optional<std::int64_t> register_at(
    TransactionPhase phase, std::vector<Reading> const& readings)
{
    std::optional<std::int64_t> found;
    for (auto const& reading : readings) {
        if (!reading.energy_mwh) continue;
        found = reading.energy_mwh;
        if (phase == TransactionPhase::started) break;
    }
    return found;
}

storage::TokenKind kind_of(v201::IdTokenType type)
{
    switch (type) {
    case v201::IdTokenType::central: return storage::TokenKind::central;
    case v201::IdTokenType::emaid: return storage::TokenKind::emaid;
    case v201::IdTokenType::iso14443: return storage::TokenKind::iso14443;
    case v201::IdTokenType::iso15693: return storage::TokenKind::iso15693;
    case v201::IdTokenType::key_code: return storage::TokenKind::key_code;
    case v201::IdTokenType::local: return storage::TokenKind::local;
    case v201::IdTokenType::mac_address: return storage::TokenKind::mac_address;
    case v201::IdTokenType::no_authorization: break;
    }
    return storage::TokenKind::any;
}

// Who pressed a button has presented nothing, whatever the station writes beside it.
TokenName token_of(v201::IdToken const& token)
{
    if (token.type == v201::IdTokenType::no_authorization) return {.presented = true};
    return {.value = token.idToken, .kind = kind_of(token.type), .presented = true};
}

Word word_of(v201::BootNotificationRequest const& r, Timestamp)
{
    return Booted{.vendor = r.chargingStation.vendorName,
        .model = r.chargingStation.model,
        .serial_number = r.chargingStation.serialNumber.value_or(""),
        .firmware = r.chargingStation.firmwareVersion.value_or("")};
}

Word word_of(v201::HeartbeatRequest const&, Timestamp) { return Beat{}; }

Word word_of(v201::AuthorizeRequest const& r, Timestamp)
{
    return TokenPresented{.token = token_of(r.idToken)};
}

OutletStatus status_of(v201::ConnectorStatus status)
{
    switch (status) {
    case v201::ConnectorStatus::available: return OutletStatus::available;
    case v201::ConnectorStatus::occupied: return OutletStatus::occupied;
    case v201::ConnectorStatus::reserved: return OutletStatus::reserved;
    case v201::ConnectorStatus::unavailable: return OutletStatus::unavailable;
    case v201::ConnectorStatus::faulted: return OutletStatus::faulted;
    }
    return OutletStatus::unknown;
}

OutletStatus status_of(v201::ChargingState state)
{
    switch (state) {
    case v201::ChargingState::charging: return OutletStatus::charging;
    case v201::ChargingState::ev_connected: return OutletStatus::preparing;
    case v201::ChargingState::suspended_ev: return OutletStatus::suspended_ev;
    case v201::ChargingState::suspended_evse: return OutletStatus::suspended_evse;
    case v201::ChargingState::idle: return OutletStatus::finishing;
    }
    return OutletStatus::unknown;
}

Word word_of(v201::StatusNotificationRequest const& r, Timestamp)
{
    return StatusChanged{.evse = evse_number(r.evseId),
        .status = status_of(r.connectorStatus),
        .fault = "",
        .at = r.timestamp};
}

TransactionPhase phase_of(v201::TransactionEventType type)
{
    switch (type) {
    case v201::TransactionEventType::started: return TransactionPhase::started;
    case v201::TransactionEventType::ended: return TransactionPhase::ended;
    case v201::TransactionEventType::updated: break;
    }
    return TransactionPhase::updated;
}

Word word_of(v201::TransactionEventRequest const& r, Timestamp)
{
    TransactionReport report;
    report.phase = phase_of(r.eventType);
    report.session = std::string(r.transactionInfo.transactionId);
    if (r.evse) report.evse = evse_number(r.evse->id);
    if (r.idToken) report.token = token_of(*r.idToken);
    report.at = r.timestamp;
    report.offline = r.offline.value_or(false);
    report.sequence = r.seqNo;
    if (r.transactionInfo.chargingState)
        report.status = status_of(*r.transactionInfo.chargingState);
    if (r.meterValue) report.readings = readings_of<take>(*r.meterValue);
    if (report.phase != TransactionPhase::updated)
        report.meter_mwh = register_at(report.phase, report.readings);
    if (report.phase == TransactionPhase::ended)
        report.stop_reason = ocpp::wire_name(
            r.transactionInfo.stoppedReason.value_or(v201::Reason::local));
    return report;
}

Word word_of(v201::MeterValuesRequest const& r, Timestamp)
{
    return Measured{.evse = evse_number(r.evseId), .readings = readings_of<take>(r.meterValue)};
}

constexpr std::array understood_calls{
    understood<v201::AuthorizeRequest, &word_of>(),
    understood<v201::BootNotificationRequest, &word_of>(),
    understood<v201::HeartbeatRequest, &word_of>(),
    understood<v201::MeterValuesRequest, &word_of>(),
    understood<v201::StatusNotificationRequest, &word_of>(),
    understood<v201::TransactionEventRequest, &word_of>(),
};

v201::AuthorizationStatus status_of(TokenVerdict verdict)
{
    switch (verdict) {
    case TokenVerdict::accepted: return v201::AuthorizationStatus::accepted;
    case TokenVerdict::blocked: return v201::AuthorizationStatus::blocked;
    case TokenVerdict::expired: return v201::AuthorizationStatus::expired;
    case TokenVerdict::concurrent: return v201::AuthorizationStatus::concurrent_tx;
    case TokenVerdict::not_allowed_here: return v201::AuthorizationStatus::not_at_this_location;
    case TokenVerdict::invalid: break;
    }
    return v201::AuthorizationStatus::unknown;
}

v201::IdTokenInfo token_info(WordAnswer const& answer)
{
    v201::IdTokenInfo info;
    info.status = status_of(answer.token.value_or(TokenVerdict::invalid));
    if (!answer.group.empty()) {
        v201::IdToken group;
        group.idToken = answer.group;
        group.type = v201::IdTokenType::central;
        info.groupIdToken = group;
    }
    return info;
}

std::string answer_to(Booted const&, WordAnswer const& a)
{
    v201::BootNotificationResponse response;
    response.status = a.boot == BootVerdict::accepted ? v201::RegistrationStatus::accepted
                                                      : v201::RegistrationStatus::pending;
    response.currentTime = a.now;
    response.interval = a.interval.count();
    return ocpp::encode(response);
}

std::string answer_to(Beat const&, WordAnswer const& a)
{
    v201::HeartbeatResponse response;
    response.currentTime = a.now;
    return ocpp::encode(response);
}

std::string answer_to(StatusChanged const&, WordAnswer const&)
{
    return ocpp::encode(v201::StatusNotificationResponse{});
}

std::string answer_to(TokenPresented const&, WordAnswer const& a)
{
    v201::AuthorizeResponse response;
    response.idTokenInfo = token_info(a);
    return ocpp::encode(response);
}

std::string answer_to(TransactionReport const&, WordAnswer const& a)
{
    v201::TransactionEventResponse response;
    if (a.token) response.idTokenInfo = token_info(a);
    return ocpp::encode(response);
}

std::string answer_to(Measured const&, WordAnswer const&)
{
    return ocpp::encode(v201::MeterValuesResponse{});
}

v201::ChargingProfile profile(int id, std::int64_t limit_ma, Timestamp now)
{
    constexpr double tenths_per_ampere = 10;
    v201::ChargingSchedulePeriod period;
    period.limit.value = static_cast<double>(tenths_of_ampere(limit_ma)) / tenths_per_ampere;
    v201::ChargingSchedule schedule;
    schedule.id = id;
    schedule.startSchedule = now - schedule_starts_before;
    schedule.chargingRateUnit = v201::ChargingRateUnit::a;
    schedule.chargingSchedulePeriod.push_back(period);
    v201::ChargingProfile profile;
    profile.id = id;
    profile.stackLevel = profile_stack_level;
    profile.chargingProfileKind = v201::ChargingProfileKind::absolute;
    profile.chargingSchedule.push_back(schedule);
    return profile;
}

v201::SetChargingProfileRequest request(SetFallback const& order, Timestamp now)
{
    v201::SetChargingProfileRequest request;
    request.evseId = order.evse.value;
    request.chargingProfile = profile(fallback_profile_id(order.evse), order.limit_ma, now);
    request.chargingProfile.chargingProfilePurpose =
        v201::ChargingProfilePurpose::tx_default_profile;
    return request;
}

v201::SetChargingProfileRequest request(SetSessionLimit const& order, Timestamp now)
{
    v201::SetChargingProfileRequest request;
    request.evseId = order.evse.value;
    request.chargingProfile = profile(session_profile_id(order.evse), order.limit_ma, now);
    request.chargingProfile.chargingProfilePurpose = v201::ChargingProfilePurpose::tx_profile;
    request.chargingProfile.transactionId = ocpp::String<36>(order.station_key);
    return request;
}

}

std::variant<Heard, ocpp::Fault> read_v201(
    std::string_view action, ocpp::Payload payload, ocpp::Level level, Timestamp received)
{
    return read_with(understood_calls, action, payload, level, received);
}

std::string answer_v201(Word const& word, WordAnswer const& answer)
{
    return std::visit([&](auto const& w) { return answer_to(w, answer); }, word);
}

OutgoingCall order_v201(Order const& order, Timestamp now)
{
    auto const message = std::visit([&](auto const& o) { return request(o, now); }, order);
    return {.action = std::string(ocpp::ActionOf<v201::SetChargingProfileRequest>::name),
        .payload = ocpp::encode(message)};
}

OrderOutcome outcome_v201(Order const&, ocpp::Payload payload)
{
    auto const decoded = ocpp::decode<v201::SetChargingProfileResponse>(payload);
    if (auto const* fault = std::get_if<ocpp::Fault>(&decoded))
        return {.accepted = false, .why = ocpp::describe(*fault)};
    auto const& response = std::get<v201::SetChargingProfileResponse>(decoded);
    std::string why(ocpp::wire_name(response.status));
    if (response.statusInfo) why += " " + response.statusInfo->reasonCode;
    return {.accepted = response.status == v201::ChargingProfileStatus::accepted,
        .why = std::move(why)};
}

}
