// OCPP 1.6, profile Remote Trigger: the central system asks for a message that the station would
// send by itself.
#pragma once

#include "ocpp/field_types.hpp"
#include "ocpp/fields.hpp"

namespace ocpp::v16 {

enum class MessageTrigger {
    boot_notification,
    diagnostics_status_notification,
    firmware_status_notification,
    heartbeat,
    meter_values,
    status_notification,
};
constexpr auto wire_names(MessageTrigger)
{
    return spelled("BootNotification", "DiagnosticsStatusNotification",
        "FirmwareStatusNotification", "Heartbeat", "MeterValues", "StatusNotification");
}

enum class TriggerMessageStatus { accepted, rejected, not_implemented };
constexpr auto wire_names(TriggerMessageStatus)
{
    return spelled("Accepted", "Rejected", "NotImplemented");
}

// Section 5.17 Trigger Message. The message itself follows the response, as a CALL of its own.
struct TriggerMessageRequest {
    MessageTrigger requestedMessage{};
    std::optional<Integer<>> connectorId{};  // absent: all that the message is about
    WIRE_FIELDS(requestedMessage, connectorId)
};
struct TriggerMessageResponse {
    TriggerMessageStatus status{};
    WIRE_FIELDS(status)
};

}
