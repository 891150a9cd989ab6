// OCPP 1.6: the begin and the end of a transaction, as the station tells them.
#pragma once

#include "ocpp/v16/authorization.hpp"
#include "ocpp/v16/metering.hpp"

namespace ocpp::v16 {

// Section 4.8 Start Transaction.
struct StartTransactionRequest {
    Integer<> connectorId{};
    IdTag idTag{};
    Integer<> meterStart{};  // Wh
    std::optional<Integer<>> reservationId{};
    Timestamp timestamp{};
    WIRE_FIELDS(connectorId, idTag, meterStart, reservationId, timestamp)
};
struct StartTransactionResponse {
    IdTagInfo idTagInfo{};
    Integer<> transactionId{};  // given by the central system, unique for the station
    WIRE_FIELDS(idTagInfo, transactionId)
};

// Why a transaction ended. An absent reason means local.
enum class Reason {
    emergency_stop,
    ev_disconnected,
    hard_reset,
    local,
    other,
    power_loss,
    reboot,
    remote,
    soft_reset,
    unlock_command,
    de_authorized,
};
constexpr auto wire_names(Reason)
{
    return spelled("EmergencyStop", "EVDisconnected", "HardReset", "Local", "Other", "PowerLoss",
        "Reboot", "Remote", "SoftReset", "UnlockCommand", "DeAuthorized");
}

// Section 4.10 Stop Transaction.
struct StopTransactionRequest {
    std::optional<IdTag> idTag{};  // who stopped it; absent when nobody with a token did
    Integer<> meterStop{};         // Wh
    Timestamp timestamp{};
    Integer<> transactionId{};
    std::optional<Reason> reason{};
    std::optional<List<MeterValue, 0>> transactionData{};
    WIRE_FIELDS(idTag, meterStop, timestamp, transactionId, reason, transactionData)
};
struct StopTransactionResponse {
    std::optional<IdTagInfo> idTagInfo{};  // only of a token that the request named
    WIRE_FIELDS(idTagInfo)
};

}
