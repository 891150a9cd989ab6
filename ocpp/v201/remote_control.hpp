// OCPP 2.0.1, functional block F: the central system starts and stops transactions.
#pragma once

#include "ocpp/v201/authorization.hpp"
#include "ocpp/v201/smart_charging.hpp"

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
    WIRE_FIELDS(evseId, groupIdToken, idToken, remoteStartId, chargingProfile)
};
struct RequestStartTransactionResponse {
    RequestStartStopStatus status{};
    std::optional<StatusInfo> statusInfo{};
    std::optional<String<36>> transactionId{};  // only when the cable was in and it had begun
    WIRE_FIELDS(status, statusInfo, transactionId)
};

// Use case F03. TransactionEvent tells of the end.
struct RequestStopTransactionRequest {
    String<36> transactionId{};
    WIRE_FIELDS(transactionId)
};
struct RequestStopTransactionResponse {
    RequestStartStopStatus status{};
    std::optional<StatusInfo> statusInfo{};
    WIRE_FIELDS(status, statusInfo)
};

}
