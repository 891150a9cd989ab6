// OCPP 2.0.1, functional block G: the state of a connector, and taking it out of service.
#pragma once

#include "ocpp/v201/types.hpp"

namespace ocpp::v201 {

enum class ConnectorStatus { available, occupied, reserved, unavailable, faulted };
constexpr auto wire_names(ConnectorStatus)
{
    return spelled("Available", "Occupied", "Reserved", "Unavailable", "Faulted");
}

// Use case G01.
struct StatusNotificationRequest {
    Timestamp timestamp{};  // of the change
    ConnectorStatus connectorStatus{};
    Integer<> evseId{};
    Integer<> connectorId{};
    V2_FIELDS(timestamp, connectorStatus, evseId, connectorId)
};
struct StatusNotificationResponse {
    V2_NO_FIELDS
};

enum class OperationalStatus { inoperative, operative };
constexpr auto wire_names(OperationalStatus) { return spelled("Inoperative", "Operative"); }

enum class ChangeAvailabilityStatus { accepted, rejected, scheduled };
constexpr auto wire_names(ChangeAvailabilityStatus)
{
    return spelled("Accepted", "Rejected", "Scheduled");
}

// Use cases G03 and G04. Scheduled means: after the transaction that still runs.
struct ChangeAvailabilityRequest {
    std::optional<Evse> evse{};  // absent: the whole station
    OperationalStatus operationalStatus{};
    V2_FIELDS(evse, operationalStatus)
};
struct ChangeAvailabilityResponse {
    ChangeAvailabilityStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

}
