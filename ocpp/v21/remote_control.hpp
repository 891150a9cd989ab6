// OCPP 2.1, functional block F: the central system starts and stops transactions, frees a cable,
// and asks for messages.
#pragma once

#include "ocpp/v201/remote_control.hpp"
#include "ocpp/v21/charging_profiles.hpp"
#include "ocpp/v21/tokens.hpp"
#include "ocpp/v21/types.hpp"

namespace ocpp::v21 {

using v201::RequestStartStopStatus;
using v201::TriggerMessageStatus;
using v201::UnlockStatus;

// Use cases F01, F02 and F07. TransactionEvent tells what became of it.
struct RequestStartTransactionRequest {
    std::optional<Integer<1>> evseId{};
    std::optional<IdToken> groupIdToken{};
    IdToken idToken{};
    Integer<> remoteStartId{};                         // comes back in TransactionEvent
    std::optional<ChargingProfile> chargingProfile{};  // a TxProfile without transactionId
    V2_FIELDS(evseId, groupIdToken, idToken, remoteStartId, chargingProfile)
};
struct RequestStartTransactionResponse {
    RequestStartStopStatus status{};
    std::optional<StatusInfo> statusInfo{};
    std::optional<String<36>> transactionId{};  // only when the cable was in and it had begun
    V2_FIELDS(status, statusInfo, transactionId)
};

// Use case F03. TransactionEvent tells of the end.
struct RequestStopTransactionRequest {
    String<36> transactionId{};
    V2_FIELDS(transactionId)
};
struct RequestStopTransactionResponse {
    RequestStartStopStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

// Use case F05: frees a cable that is stuck. It is no remote stop.
struct UnlockConnectorRequest {
    Integer<0> evseId{};
    Integer<0> connectorId{};
    V2_FIELDS(evseId, connectorId)
};
struct UnlockConnectorResponse {
    UnlockStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

enum class MessageTrigger {
    boot_notification,
    log_status_notification,
    firmware_status_notification,
    heartbeat,
    meter_values,
    sign_charging_station_certificate,
    sign_v2g_certificate,
    sign_v2g20_certificate,
    status_notification,
    transaction_event,
    sign_combined_certificate,
    publish_firmware_status_notification,
    custom_trigger,
};
constexpr auto wire_names(MessageTrigger)
{
    return spelled("BootNotification", "LogStatusNotification", "FirmwareStatusNotification",
        "Heartbeat", "MeterValues", "SignChargingStationCertificate", "SignV2GCertificate",
        "SignV2G20Certificate", "StatusNotification", "TransactionEvent", "SignCombinedCertificate",
        "PublishFirmwareStatusNotification", "CustomTrigger");
}

// Use case F06. The message itself follows the response, as a CALL of its own.
struct TriggerMessageRequest {
    std::optional<Evse> evse{};  // absent: all that the message is about
    MessageTrigger requestedMessage{};
    std::optional<String<50>> customTrigger{};  // with requestedMessage CustomTrigger
    V2_FIELDS(evse, requestedMessage, customTrigger)
};
struct TriggerMessageResponse {
    TriggerMessageStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

}
