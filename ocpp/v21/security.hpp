// OCPP 2.1, functional block A: the station's own certificates, and what threatens it.
#pragma once

#include "ocpp/v201/security.hpp"
#include "ocpp/v21/certificate_hashes.hpp"
#include "ocpp/v21/types.hpp"

namespace ocpp::v21 {

using v201::CertificateSignedStatus;

enum class CertificateSigningUse {
    charging_station_certificate,
    v2g_certificate,
    v2g20_certificate,
};
constexpr auto wire_names(CertificateSigningUse)
{
    return spelled("ChargingStationCertificate", "V2GCertificate", "V2G20Certificate");
}

// Use cases A02 and A03: the station asks for a new certificate; CertificateSigned brings it.
struct SignCertificateRequest {
    String<5500> csr{};                                        // PEM (RFC 2986)
    std::optional<CertificateSigningUse> certificateType{};    // absent: for both uses
    std::optional<CertificateHashData> hashRootCertificate{};  // the root that should sign it
    std::optional<Integer<>> requestId{};                      // comes back in CertificateSigned
    V2_FIELDS(csr, certificateType, hashRootCertificate, requestId)
};
struct SignCertificateResponse {
    GenericStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

// Use cases A02 and A03: the certificate that SignCertificate asked for.
struct CertificateSignedRequest {
    String<10000> certificateChain{};                        // PEM, the new certificate first
    std::optional<CertificateSigningUse> certificateType{};  // absent: for both uses
    std::optional<Integer<>> requestId{};                    // of the SignCertificate
    V2_FIELDS(certificateChain, certificateType, requestId)
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
