// OCPP 1.6, profile Reservation: a connector is kept free for one token.
#pragma once

#include "ocpp/v16/authorization.hpp"

namespace ocpp::v16 {

enum class ReservationStatus { accepted, faulted, occupied, rejected, unavailable };
constexpr auto wire_names(ReservationStatus)
{
    return spelled("Accepted", "Faulted", "Occupied", "Rejected", "Unavailable");
}

// Section 5.13 Reserve Now. An id that is in use replaces that reservation.
struct ReserveNowRequest {
    Integer<> connectorId{};  // 0: whichever is free
    Timestamp expiryDate{};
    IdTag idTag{};
    std::optional<IdTag> parentIdTag{};  // the group that may use it as well
    Integer<> reservationId{};
    WIRE_FIELDS(connectorId, expiryDate, idTag, parentIdTag, reservationId)
};
struct ReserveNowResponse {
    ReservationStatus status{};
    WIRE_FIELDS(status)
};

enum class CancelReservationStatus { accepted, rejected };
constexpr auto wire_names(CancelReservationStatus) { return spelled("Accepted", "Rejected"); }

// Section 5.1 Cancel Reservation.
struct CancelReservationRequest {
    Integer<> reservationId{};
    WIRE_FIELDS(reservationId)
};
struct CancelReservationResponse {
    CancelReservationStatus status{};
    WIRE_FIELDS(status)
};

}
