// OCPP 1.6: the state of a connector, and taking it out of service.
#pragma once

#include "ocpp/field_types.hpp"
#include "ocpp/fields.hpp"

namespace ocpp::v16 {

enum class ChargePointErrorCode {
    connector_lock_failure,
    ev_communication_error,
    ground_failure,
    high_temperature,
    internal_error,
    local_list_conflict,
    no_error,
    other_error,
    over_current_failure,
    power_meter_failure,
    power_switch_failure,
    reader_failure,
    reset_failure,
    under_voltage,
    over_voltage,
    weak_signal,
};
constexpr auto wire_names(ChargePointErrorCode)
{
    return spelled("ConnectorLockFailure", "EVCommunicationError", "GroundFailure",
        "HighTemperature", "InternalError", "LocalListConflict", "NoError", "OtherError",
        "OverCurrentFailure", "PowerMeterFailure", "PowerSwitchFailure", "ReaderFailure",
        "ResetFailure", "UnderVoltage", "OverVoltage", "WeakSignal");
}
constexpr auto other_spellings(ChargePointErrorCode)
{
    return std::array{Spelling{"Error", ChargePointErrorCode::other_error}};
}

enum class ChargePointStatus {
    available,
    preparing,  // plugged in or authorised, not charging yet
    charging,
    suspended_evse,  // the station offers no current
    suspended_ev,    // the car takes none
    finishing,       // the transaction has ended, the cable is still in
    reserved,
    unavailable,
    faulted,
};
constexpr auto wire_names(ChargePointStatus)
{
    return spelled("Available", "Preparing", "Charging", "SuspendedEVSE", "SuspendedEV",
        "Finishing", "Reserved", "Unavailable", "Faulted");
}

// Section 4.9 Status Notification.
struct StatusNotificationRequest {
    Integer<> connectorId{};  // 0 speaks of the station's main controller
    ChargePointErrorCode errorCode{};
    std::optional<String<50>> info{};
    ChargePointStatus status{};
    std::optional<Timestamp> timestamp{};  // of the change; absent means: of receipt
    std::optional<String<255>> vendorId{};
    std::optional<String<50>> vendorErrorCode{};
    WIRE_FIELDS(connectorId, errorCode, info, status, timestamp, vendorId, vendorErrorCode)
};
struct StatusNotificationResponse {
    WIRE_NO_FIELDS
};

enum class AvailabilityType { inoperative, operative };
constexpr auto wire_names(AvailabilityType) { return spelled("Inoperative", "Operative"); }

enum class AvailabilityStatus { accepted, rejected, scheduled };
constexpr auto wire_names(AvailabilityStatus)
{
    return spelled("Accepted", "Rejected", "Scheduled");
}

// Section 5.2 Change Availability. Scheduled means: after the transaction that still runs. The
// setting outlives a reboot.
struct ChangeAvailabilityRequest {
    Integer<> connectorId{};  // 0: the station and all its connectors
    AvailabilityType type{};
    WIRE_FIELDS(connectorId, type)
};
struct ChangeAvailabilityResponse {
    AvailabilityStatus status{};
    WIRE_FIELDS(status)
};

}
