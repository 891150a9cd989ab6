// OCPP 2.1, functional block C: may this token charge?
#pragma once

#include "ocpp/v201/authorization.hpp"
#include "ocpp/v21/certificate_hashes.hpp"
#include "ocpp/v21/tariff_structure.hpp"
#include "ocpp/v21/tokens.hpp"
#include "ocpp/v21/types.hpp"
#include "ocpp/v21/v2x.hpp"

namespace ocpp::v21 {

using v201::AuthorizeCertificateStatus;
using v201::ClearCacheStatus;

// Use cases C01 (tokens), C07 (contract certificates) and I08 (the driver's own tariff).
struct AuthorizeRequest {
    IdToken idToken{};
    std::optional<String<10000>> certificate{};  // PEM, of the contract
    std::optional<List<OcspRequestData, 1, 4>> iso15118CertificateHashData{};
    V2_FIELDS(idToken, certificate, iso15118CertificateHashData)
};
struct AuthorizeResponse {
    IdTokenInfo idTokenInfo{};
    std::optional<AuthorizeCertificateStatus> certificateStatus{};
    std::optional<List<EnergyTransferMode>> allowedEnergyTransfer{};  // absent: charging only
    std::optional<Tariff> tariff{};                                   // the driver's own
    V2_FIELDS(idTokenInfo, certificateStatus, allowedEnergyTransfer, tariff)
};

// Use case C11: the station forgets what Authorize taught it.
struct ClearCacheRequest {
    V2_NO_FIELDS
};
struct ClearCacheResponse {
    ClearCacheStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

}
