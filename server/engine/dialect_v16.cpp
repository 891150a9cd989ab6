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

std::optional<Sample> sample_of(v16::SampledValue const& value)
{
    if (value.format == v16::ValueFormat::signed_data) return std::nullopt;
    auto const quantity = quantity_of(
        value.measurand.value_or(v16::Measurand::energy_active_import_register));
    if (!quantity) return std::nullopt;
    auto const terminal = value.phase ? terminal_of(*value.phase) : std::nullopt;
    if (value.phase && !terminal) return std::nullopt;
    // A unit that nobody knows is not the default one.
    if (value.unit && ocpp::wire_name(*value.unit).empty()) return std::nullopt;
    auto const exponent = exponent_to_base(
        *quantity, value.unit ? ocpp::wire_name(*value.unit) : std::string_view{});
    if (!exponent) return std::nullopt;
    auto const scaled = scaled_decimal(value.value, *exponent);
    if (!scaled) return std::nullopt;
    return Sample{.quantity = *quantity, .terminal = terminal, .value = *scaled};
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

Word word_of(v16::AuthorizeRequest const& r, Timestamp) { return TokenPresented{.token = r.idTag}; }

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
        .fault = fault ? std::string(ocpp::wire_name(r.errorCode)) : std::string()};
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
    report.token = r.idTag;
    report.at = r.timestamp;
    report.meter_mwh = wh_to_mwh(r.meterStart);
    return report;
}

Word word_of(v16::StopTransactionRequest const& r, Timestamp)
{
    TransactionReport report;
    report.phase = TransactionPhase::ended;
    report.session = storage::SessionId{r.transactionId};
    report.token = r.idTag.value_or("");
    report.at = r.timestamp;
    report.meter_mwh = wh_to_mwh(r.meterStop);
    report.stop_reason = ocpp::wire_name(r.reason.value_or(v16::Reason::local));
    if (r.transactionData) report.readings = readings_of<sample_of>(*r.transactionData);
    return report;
}

Word word_of(v16::MeterValuesRequest const& r, Timestamp received)
{
    auto readings = readings_of<sample_of>(r.meterValue);
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

v16::IdTagInfo tag_info(TokenVerdict verdict)
{
    v16::IdTagInfo info;
    switch (verdict) {
    case TokenVerdict::accepted: info.status = v16::AuthorizationStatus::accepted; break;
    case TokenVerdict::invalid: info.status = v16::AuthorizationStatus::invalid; break;
    case TokenVerdict::blocked: info.status = v16::AuthorizationStatus::blocked; break;
    case TokenVerdict::expired: info.status = v16::AuthorizationStatus::expired; break;
    }
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
    response.idTagInfo = tag_info(a.token.value_or(TokenVerdict::invalid));
    return ocpp::encode(response);
}

std::string answer_to(TransactionReport const& report, WordAnswer const& a)
{
    if (report.phase == TransactionPhase::updated) return ocpp::encode(v16::MeterValuesResponse{});
    if (report.phase == TransactionPhase::ended) {
        v16::StopTransactionResponse response;
        if (a.token) response.idTagInfo = tag_info(*a.token);
        return ocpp::encode(response);
    }
    v16::StartTransactionResponse response;
    response.idTagInfo = tag_info(a.token.value_or(TokenVerdict::invalid));
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
