// OCPP 2.1, functional block H: an EVSE is kept free for one token.
#pragma once

#include "ocpp/v201/reservation.hpp"
#include "ocpp/v21/tokens.hpp"
#include "ocpp/v21/types.hpp"

namespace ocpp::v21 {

using v201::CancelReservationStatus;
using v201::ReserveNowStatus;

// Use case H01. An id that is in use replaces that reservation.
struct ReserveNowRequest {
    Integer<0> id{};  // of the reservation
    Timestamp expiryDateTime{};
    std::optional<String<20>> connectorType{};  // from the appendix's list
    IdToken idToken{};
    std::optional<Integer<0>> evseId{};     // absent: whichever is free
    std::optional<IdToken> groupIdToken{};  // the group that may use it as well
    V2_FIELDS(id, expiryDateTime, connectorType, idToken, evseId, groupIdToken)
};
struct ReserveNowResponse {
    ReserveNowStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

// Use case H02.
struct CancelReservationRequest {
    Integer<0> reservationId{};
    V2_FIELDS(reservationId)
};
struct CancelReservationResponse {
    CancelReservationStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

enum class ReservationUpdateStatus { expired, removed, no_transaction };
constexpr auto wire_names(ReservationUpdateStatus)
{
    return spelled("Expired", "Removed", "NoTransaction");
}

// Use case H04: a reservation has ended without being used.
struct ReservationStatusUpdateRequest {
    Integer<0> reservationId{};
    ReservationUpdateStatus reservationUpdateStatus{};
    V2_FIELDS(reservationId, reservationUpdateStatus)
};
struct ReservationStatusUpdateResponse {
    V2_NO_FIELDS
};

}
