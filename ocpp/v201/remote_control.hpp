// OCPP 2.0.1, functional block F: the central system starts and stops transactions, frees a cable,
// and asks for messages.
#pragma once

#include "ocpp/v201/authorization.hpp"
#include "ocpp/v201/smart_charging.hpp"
#include "ocpp/v201/types.hpp"

namespace ocpp::v201 {

enum class RequestStartStopStatus { accepted, rejected };
constexpr auto wire_names(RequestStartStopStatus) { return spelled("Accepted", "Rejected"); }

// Use cases F01 and F02. TransactionEvent tells what became of it.
struct RequestStartTransactionRequest {
    std::optional<Integer<>> evseId{};
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

enum class UnlockStatus {
    unlocked,
    unlock_failed,
    ongoing_authorized_transaction,
    unknown_connector,
};
constexpr auto wire_names(UnlockStatus)
{
    return spelled("Unlocked", "UnlockFailed", "OngoingAuthorizedTransaction", "UnknownConnector");
}

// Use case F05: frees a cable that is stuck. It is no remote stop.
struct UnlockConnectorRequest {
    Integer<> evseId{};
    Integer<> connectorId{};
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
    status_notification,
    transaction_event,
    sign_combined_certificate,
    publish_firmware_status_notification,
};
constexpr auto wire_names(MessageTrigger)
{
    return spelled("BootNotification", "LogStatusNotification", "FirmwareStatusNotification",
        "Heartbeat", "MeterValues", "SignChargingStationCertificate", "SignV2GCertificate",
        "StatusNotification", "TransactionEvent", "SignCombinedCertificate",
        "PublishFirmwareStatusNotification");
}

enum class TriggerMessageStatus { accepted, rejected, not_implemented };
constexpr auto wire_names(TriggerMessageStatus)
{
    return spelled("Accepted", "Rejected", "NotImplemented");
}

// Use case F06. The message itself follows the response, as a CALL of its own.
struct TriggerMessageRequest {
    std::optional<Evse> evse{};  // absent: all that the message is about
    MessageTrigger requestedMessage{};
    V2_FIELDS(evse, requestedMessage)
};
struct TriggerMessageResponse {
    TriggerMessageStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

}
