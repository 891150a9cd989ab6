// OCPP 2.0.1, functional block G: the state of a connector.
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
    WIRE_FIELDS(timestamp, connectorStatus, evseId, connectorId)
};
struct StatusNotificationResponse {
    WIRE_NO_FIELDS
};

}
