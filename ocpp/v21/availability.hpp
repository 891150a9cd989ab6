// OCPP 2.1, functional block G: the state of a connector, and taking it out of service.
#pragma once

#include "ocpp/v201/availability.hpp"
#include "ocpp/v21/types.hpp"

namespace ocpp::v21 {

using v201::ChangeAvailabilityStatus;
using v201::ConnectorStatus;
using v201::OperationalStatus;

// Use case G01. 2.1 prefers NotifyEvent on a connector's AvailabilityState.
struct StatusNotificationRequest {
    Timestamp timestamp{};  // of the change
    ConnectorStatus connectorStatus{};
    Integer<0> evseId{};
    Integer<0> connectorId{};
    V2_FIELDS(timestamp, connectorStatus, evseId, connectorId)
};
struct StatusNotificationResponse {
    V2_NO_FIELDS
};

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
