// OCPP 2.0.1, functional block A: the station's own certificate, and what threatens it.
#pragma once

#include "ocpp/v201/types.hpp"

namespace ocpp::v201 {

enum class CertificateSigningUse { charging_station_certificate, v2g_certificate };
constexpr auto wire_names(CertificateSigningUse)
{
    return spelled("ChargingStationCertificate", "V2GCertificate");
}

// Use cases A02 and A03: the station asks for a new certificate; CertificateSigned brings it.
struct SignCertificateRequest {
    String<5500> csr{};                                      // PEM (RFC 2986)
    std::optional<CertificateSigningUse> certificateType{};  // absent: for both uses
    V2_FIELDS(csr, certificateType)
};
struct SignCertificateResponse {
    GenericStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

enum class CertificateSignedStatus { accepted, rejected };
constexpr auto wire_names(CertificateSignedStatus) { return spelled("Accepted", "Rejected"); }

// Use cases A02 and A03: the certificate that SignCertificate asked for.
struct CertificateSignedRequest {
    String<10000> certificateChain{};                        // PEM, the new certificate first
    std::optional<CertificateSigningUse> certificateType{};  // absent: for both uses
    V2_FIELDS(certificateChain, certificateType)
};
struct CertificateSignedResponse {
    CertificateSignedStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

// Use case A04: something that matters for security has happened.
struct SecurityEventNotificationRequest {
    String<50> type{};  // from the appendix's list of events
    Timestamp timestamp{};
    std::optional<String<255>> techInfo{};  // for technicians
    V2_FIELDS(type, timestamp, techInfo)
};
struct SecurityEventNotificationResponse {
    V2_NO_FIELDS
};

}
