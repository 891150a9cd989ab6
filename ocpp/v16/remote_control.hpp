// OCPP 1.6: the central system starts and stops transactions, and frees a cable.
#pragma once

#include "ocpp/v16/authorization.hpp"
#include "ocpp/v16/smart_charging.hpp"

namespace ocpp::v16 {

enum class RemoteStartStopStatus { accepted, rejected };
constexpr auto wire_names(RemoteStartStopStatus) { return spelled("Accepted", "Rejected"); }

// Section 5.11 Remote Start Transaction. Accepted is no transaction yet: StartTransaction follows.
struct RemoteStartTransactionRequest {
    std::optional<Integer<>> connectorId{};
    IdTag idTag{};
    std::optional<ChargingProfile> chargingProfile{};  // a TxProfile without transactionId
    WIRE_FIELDS(connectorId, idTag, chargingProfile)
};
struct RemoteStartTransactionResponse {
    RemoteStartStopStatus status{};
    WIRE_FIELDS(status)
};

// Section 5.12 Remote Stop Transaction. Accepted is no end yet: StopTransaction follows.
struct RemoteStopTransactionRequest {
    Integer<> transactionId{};
    WIRE_FIELDS(transactionId)
};
struct RemoteStopTransactionResponse {
    RemoteStartStopStatus status{};
    WIRE_FIELDS(status)
};

enum class UnlockStatus { unlocked, unlock_failed, not_supported };
constexpr auto wire_names(UnlockStatus)
{
    return spelled("Unlocked", "UnlockFailed", "NotSupported");
}

// Section 5.18 Unlock Connector: frees a cable that is stuck. It is no remote stop.
struct UnlockConnectorRequest {
    Integer<> connectorId{};  // from 1
    WIRE_FIELDS(connectorId)
};
struct UnlockConnectorResponse {
    UnlockStatus status{};
    WIRE_FIELDS(status)
};

}
