// OCPP 1.6 <-> the engine's words.
#include "ocpp/codec.hpp"
#include "ocpp/v16/actions.hpp"
#include "server/engine/dialects.hpp"
#include "server/engine/readings.hpp"
#include "server/engine/scaled.hpp"

#include <array>
#include <string>
#include <utility>

namespace engine {

namespace v16 = ocpp::v16;

namespace {

void take(v16::SampledValue const& value, storage::ReadingContext context, ReadingBuilder& builder)
{
    if (value.format == v16::ValueFormat::signed_data)
        return builder.add(SignedValue{.data = value.value}, context);
    auto const channel = channel_of(value);
    // A unit that nobody knows is not the default one.
    if (!channel || (value.unit && ocpp::wire_name(*value.unit).empty())) return;
    auto const unit = value.unit ? ocpp::wire_name(*value.unit) : std::string_view{};
    auto const number = milli_of(channel->measurand, std::string_view(value.value), unit, 0);
    if (number) builder.add(Sample{.channel = *channel, .context = context, .milli = *number});
}

std::int64_t wh_to_mwh(std::int64_t energy_wh)
{
    constexpr std::int64_t mwh_per_wh = 1000;
    std::int64_t energy_mwh = 0;
    return __builtin_mul_overflow(energy_wh, mwh_per_wh, &energy_mwh) ? 0 : energy_mwh;
}

Word word_of(v16::BootNotificationRequest const& r, Timestamp)
{
    auto const& serial = r.chargePointSerialNumber ? r.chargePointSerialNumber
                                                   : r.chargeBoxSerialNumber;
    return Booted{.vendor = r.chargePointVendor,
        .model = r.chargePointModel,
        .serial_number = serial.value_or(""),
        .firmware = r.firmwareVersion.value_or("")};
}

Word word_of(v16::HeartbeatRequest const&, Timestamp) { return Beat{}; }

Word word_of(v16::AuthorizeRequest const& r, Timestamp)
{
    return TokenPresented{.token = {.value = r.idTag, .presented = true}};
}

OutletStatus status_of(v16::ChargePointStatus status)
{
    switch (status) {
    case v16::ChargePointStatus::available: return OutletStatus::available;
    case v16::ChargePointStatus::preparing: return OutletStatus::preparing;
    case v16::ChargePointStatus::charging: return OutletStatus::charging;
    case v16::ChargePointStatus::suspended_evse: return OutletStatus::suspended_evse;
    case v16::ChargePointStatus::suspended_ev: return OutletStatus::suspended_ev;
    case v16::ChargePointStatus::finishing: return OutletStatus::finishing;
    case v16::ChargePointStatus::reserved: return OutletStatus::reserved;
    case v16::ChargePointStatus::unavailable: return OutletStatus::unavailable;
    case v16::ChargePointStatus::faulted: return OutletStatus::faulted;
    }
    return OutletStatus::unknown;
}

Word word_of(v16::StatusNotificationRequest const& r, Timestamp)
{
    using Code = v16::ChargePointErrorCode;
    bool const fault = r.errorCode != Code::no_error && r.errorCode != ocpp::unknown_name<Code>;
    return StatusChanged{.evse = evse_number(r.connectorId),
        .status = status_of(r.status),
        .fault = fault ? std::string(ocpp::wire_name(r.errorCode)) : std::string(),
        .at = r.timestamp};
}

Word word_of(v16::StartTransactionRequest const& r, Timestamp)
{
    TransactionReport report;
    report.phase = TransactionPhase::started;
    // What a repeated StartTransaction has in common with the first, whatever its message id.
    report.session = "start " + std::to_string(std::int64_t{r.connectorId}) + ' ' + r.idTag + ' ' +
                     ocpp::to_string(r.timestamp) + ' ' +
                     std::to_string(std::int64_t{r.meterStart});
    report.evse = evse_number(r.connectorId);
    report.token = {.value = r.idTag, .presented = true};
    report.at = r.timestamp;
    report.meter_mwh = wh_to_mwh(r.meterStart);
    return report;
}

Word word_of(v16::StopTransactionRequest const& r, Timestamp)
{
    TransactionReport report;
    report.phase = TransactionPhase::ended;
    report.session = storage::SessionId{r.transactionId};
    if (r.idTag) report.token = {.value = *r.idTag, .presented = true};
    report.at = r.timestamp;
    report.meter_mwh = wh_to_mwh(r.meterStop);
    report.stop_reason = ocpp::wire_name(r.reason.value_or(v16::Reason::local));
    if (r.transactionData) report.readings = readings_of<take>(*r.transactionData);
    return report;
}

Word word_of(v16::MeterValuesRequest const& r, Timestamp received)
{
    auto readings = readings_of<take>(r.meterValue);
    if (!r.transactionId)
        return Measured{.evse = evse_number(r.connectorId), .readings = std::move(readings)};
    TransactionReport report;
    report.session = storage::SessionId{*r.transactionId};
    report.evse = evse_number(r.connectorId);
    report.at = r.meterValue.empty() ? received : r.meterValue.front().timestamp;
    report.readings = std::move(readings);
    return report;
}

constexpr std::array understood_calls{
    understood<v16::AuthorizeRequest, &word_of>(),
    understood<v16::BootNotificationRequest, &word_of>(),
    understood<v16::HeartbeatRequest, &word_of>(),
    understood<v16::MeterValuesRequest, &word_of>(),
    understood<v16::StartTransactionRequest, &word_of>(),
    understood<v16::StatusNotificationRequest, &word_of>(),
    understood<v16::StopTransactionRequest, &word_of>(),
};

// 1.6 has no word for a place where a token may not charge.
v16::AuthorizationStatus status_of(TokenVerdict verdict)
{
    switch (verdict) {
    case TokenVerdict::accepted: return v16::AuthorizationStatus::accepted;
    case TokenVerdict::blocked: return v16::AuthorizationStatus::blocked;
    case TokenVerdict::expired: return v16::AuthorizationStatus::expired;
    case TokenVerdict::concurrent: return v16::AuthorizationStatus::concurrent_tx;
    case TokenVerdict::not_allowed_here:
    case TokenVerdict::invalid: break;
    }
    return v16::AuthorizationStatus::invalid;
}

v16::IdTagInfo tag_info(WordAnswer const& answer)
{
    v16::IdTagInfo info;
    info.status = status_of(answer.token.value_or(TokenVerdict::invalid));
    if (!answer.group.empty()) info.parentIdTag = answer.group;
    return info;
}

std::string answer_to(Booted const&, WordAnswer const& a)
{
    v16::BootNotificationResponse response;
    response.status = a.boot == BootVerdict::accepted ? v16::RegistrationStatus::accepted
                                                      : v16::RegistrationStatus::pending;
    response.currentTime = a.now;
    response.interval = a.interval.count();
    return ocpp::encode(response);
}

std::string answer_to(Beat const&, WordAnswer const& a)
{
    v16::HeartbeatResponse response;
    response.currentTime = a.now;
    return ocpp::encode(response);
}

std::string answer_to(StatusChanged const&, WordAnswer const&)
{
    return ocpp::encode(v16::StatusNotificationResponse{});
}

std::string answer_to(TokenPresented const&, WordAnswer const& a)
{
    v16::AuthorizeResponse response;
    response.idTagInfo = tag_info(a);
    return ocpp::encode(response);
}

std::string answer_to(TransactionReport const& report, WordAnswer const& a)
{
    if (report.phase == TransactionPhase::updated) return ocpp::encode(v16::MeterValuesResponse{});
    if (report.phase == TransactionPhase::ended) {
        v16::StopTransactionResponse response;
        if (a.token) response.idTagInfo = tag_info(a);
        return ocpp::encode(response);
    }
    v16::StartTransactionResponse response;
    response.idTagInfo = tag_info(a);
    response.transactionId = a.session.value_or(storage::SessionId{}).value;
    return ocpp::encode(response);
}

std::string answer_to(Measured const&, WordAnswer const&)
{
    return ocpp::encode(v16::MeterValuesResponse{});
}

v16::ChargingProfile profile(int id, std::int64_t limit_ma, Timestamp now)
{
    v16::ChargingSchedulePeriod period;
    period.limit = ocpp::Tenths{tenths_of_ampere(limit_ma)};
    v16::ChargingProfile profile;
    profile.chargingProfileId = id;
    profile.stackLevel = profile_stack_level;
    profile.chargingProfileKind = v16::ChargingProfileKind::absolute;
    profile.chargingSchedule.chargingRateUnit = v16::ChargingRateUnit::a;
    profile.chargingSchedule.startSchedule = now - schedule_starts_before;
    profile.chargingSchedule.chargingSchedulePeriod.push_back(period);
    return profile;
}

v16::SetChargingProfileRequest request(SetFallback const& order, Timestamp now)
{
    v16::SetChargingProfileRequest request;
    request.connectorId = order.evse.value;
    request.csChargingProfiles = profile(fallback_profile_id(order.evse), order.limit_ma, now);
    request.csChargingProfiles.chargingProfilePurpose =
        v16::ChargingProfilePurpose::tx_default_profile;
    return request;
}

v16::SetChargingProfileRequest request(SetSessionLimit const& order, Timestamp now)
{
    v16::SetChargingProfileRequest request;
    request.connectorId = order.evse.value;
    request.csChargingProfiles = profile(session_profile_id(order.evse), order.limit_ma, now);
    request.csChargingProfiles.chargingProfilePurpose = v16::ChargingProfilePurpose::tx_profile;
    request.csChargingProfiles.transactionId = order.session.value;
    return request;
}

}

std::variant<Heard, ocpp::Fault> read_v16(
    std::string_view action, ocpp::Payload payload, ocpp::Level level, Timestamp received)
{
    return read_with(understood_calls, action, payload, level, received);
}

std::string answer_v16(Word const& word, WordAnswer const& answer)
{
    return std::visit([&](auto const& w) { return answer_to(w, answer); }, word);
}

OutgoingCall order_v16(Order const& order, Timestamp now)
{
    auto const message = std::visit([&](auto const& o) { return request(o, now); }, order);
    return {.action = std::string(ocpp::ActionOf<v16::SetChargingProfileRequest>::name),
        .payload = ocpp::encode(message)};
}

OrderOutcome outcome_v16(Order const&, ocpp::Payload payload)
{
    using Response = v16::SetChargingProfileResponse;
    auto const decoded = ocpp::decode_tolerantly<Response>(payload);
    if (auto const* fault = std::get_if<ocpp::Fault>(&decoded))
        return {.accepted = false, .why = ocpp::describe(*fault)};
    auto const status = std::get<ocpp::Tolerated<Response>>(decoded).message.status;
    return {.accepted = status == v16::ChargingProfileStatus::accepted,
        .why = std::string(ocpp::wire_name(status))};
}

}
