// OCPP 2.0.1, functional block H: an EVSE is kept free for one token.
#pragma once

#include "ocpp/v201/authorization.hpp"
#include "ocpp/v201/types.hpp"

namespace ocpp::v201 {

// c: a cable with a plug, s: a socket, w: wireless.
enum class ConnectorType {
    c_ccs1,
    c_ccs2,
    c_g105,
    c_tesla,
    c_type1,
    c_type2,
    s309_1p_16a,
    s309_1p_32a,
    s309_3p_16a,
    s309_3p_32a,
    s_bs1361,
    s_cee_7_7,
    s_type2,
    s_type3,
    other_1ph_max_16a,
    other_1ph_over_16a,
    other_3ph,
    pan,
    w_inductive,
    w_resonant,
    undetermined,
    unknown,
};
constexpr auto wire_names(ConnectorType)
{
    return spelled("cCCS1", "cCCS2", "cG105", "cTesla", "cType1", "cType2", "s309-1P-16A",
        "s309-1P-32A", "s309-3P-16A", "s309-3P-32A", "sBS1361", "sCEE-7-7", "sType2", "sType3",
        "Other1PhMax16A", "Other1PhOver16A", "Other3Ph", "Pan", "wInductive", "wResonant",
        "Undetermined", "Unknown");
}

enum class ReserveNowStatus { accepted, faulted, occupied, rejected, unavailable };
constexpr auto wire_names(ReserveNowStatus)
{
    return spelled("Accepted", "Faulted", "Occupied", "Rejected", "Unavailable");
}

// Use case H01. An id that is in use replaces that reservation.
struct ReserveNowRequest {
    Integer<> id{};  // of the reservation
    Timestamp expiryDateTime{};
    std::optional<ConnectorType> connectorType{};
    IdToken idToken{};
    std::optional<Integer<>> evseId{};      // absent: whichever is free
    std::optional<IdToken> groupIdToken{};  // the group that may use it as well
    V2_FIELDS(id, expiryDateTime, connectorType, idToken, evseId, groupIdToken)
};
struct ReserveNowResponse {
    ReserveNowStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

enum class CancelReservationStatus { accepted, rejected };
constexpr auto wire_names(CancelReservationStatus) { return spelled("Accepted", "Rejected"); }

// Use case H02.
struct CancelReservationRequest {
    Integer<> reservationId{};
    V2_FIELDS(reservationId)
};
struct CancelReservationResponse {
    CancelReservationStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

enum class ReservationUpdateStatus { expired, removed };
constexpr auto wire_names(ReservationUpdateStatus) { return spelled("Expired", "Removed"); }

// Use case H04: a reservation has ended without being used.
struct ReservationStatusUpdateRequest {
    Integer<> reservationId{};
    ReservationUpdateStatus reservationUpdateStatus{};
    V2_FIELDS(reservationId, reservationUpdateStatus)
};
struct ReservationStatusUpdateResponse {
    V2_NO_FIELDS
};

}
