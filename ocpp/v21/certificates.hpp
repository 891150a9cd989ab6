// OCPP 2.1, functional block M: the certificates that a station keeps, and those of ISO 15118 cars.
#pragma once

#include "ocpp/v201/certificates.hpp"
#include "ocpp/v21/certificate_hashes.hpp"
#include "ocpp/v21/types.hpp"

namespace ocpp::v21 {

using v201::CertificateAction;
using v201::DeleteCertificateStatus;
using v201::GetCertificateStatus;
using v201::GetInstalledCertificateStatus;
using v201::InstallCertificateStatus;
using v201::Iso15118EvCertificateStatus;

enum class InstallCertificateUse {
    v2g_root_certificate,
    mo_root_certificate,
    manufacturer_root_certificate,
    csms_root_certificate,
    oem_root_certificate,
};
constexpr auto wire_names(InstallCertificateUse)
{
    return spelled("V2GRootCertificate", "MORootCertificate", "ManufacturerRootCertificate",
        "CSMSRootCertificate", "OEMRootCertificate");
}

// Use case M05: one more root certificate that the station trusts.
struct InstallCertificateRequest {
    InstallCertificateUse certificateType{};
    String<10000> certificate{};  // PEM
    V2_FIELDS(certificateType, certificate)
};
struct InstallCertificateResponse {
    InstallCertificateStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

// Use case M04.
struct DeleteCertificateRequest {
    CertificateHashData certificateHashData{};
    V2_FIELDS(certificateHashData)
};
struct DeleteCertificateResponse {
    DeleteCertificateStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

enum class GetCertificateIdUse {
    v2g_root_certificate,
    mo_root_certificate,
    csms_root_certificate,
    v2g_certificate_chain,
    manufacturer_root_certificate,
    oem_root_certificate,
};
constexpr auto wire_names(GetCertificateIdUse)
{
    return spelled("V2GRootCertificate", "MORootCertificate", "CSMSRootCertificate",
        "V2GCertificateChain", "ManufacturerRootCertificate", "OEMRootCertificate");
}

// A certificate that the station holds, with those below it.
struct CertificateHashDataChain {
    CertificateHashData certificateHashData{};
    GetCertificateIdUse certificateType{};
    // Of a V2G certificate chain.
    std::optional<List<CertificateHashData, 1, 4>> childCertificateHashData{};
    V2_FIELDS(certificateHashData, certificateType, childCertificateHashData)
};

// Use case M03: which certificates does the station hold?
struct GetInstalledCertificateIdsRequest {
    std::optional<List<GetCertificateIdUse>> certificateType{};  // absent: all
    V2_FIELDS(certificateType)
};
struct GetInstalledCertificateIdsResponse {
    GetInstalledCertificateStatus status{};
    std::optional<StatusInfo> statusInfo{};
    std::optional<List<CertificateHashDataChain>> certificateHashDataChain{};
    V2_FIELDS(status, statusInfo, certificateHashDataChain)
};

// Use case M06: the central system asks an OCSP responder on behalf of the station.
struct GetCertificateStatusRequest {
    OcspRequestData ocspRequestData{};
    V2_FIELDS(ocspRequestData)
};
struct GetCertificateStatusResponse {
    GetCertificateStatus status{};
    std::optional<StatusInfo> statusInfo{};
    std::optional<String<18000>> ocspResult{};  // Base64 of the DER response (RFC 6960)
    V2_FIELDS(status, statusInfo, ocspResult)
};

enum class CertificateStatusSource { crl, ocsp };
constexpr auto wire_names(CertificateStatusSource) { return spelled("CRL", "OCSP"); }

// Where to ask about one certificate.
struct CertificateStatusRequestInfo {
    CertificateHashData certificateHashData{};
    CertificateStatusSource source{};
    List<String<2000>, 1, 5> urls{};
    V2_FIELDS(certificateHashData, source, urls)
};

// The standard's CertificateStatusEnumType.
enum class RevocationStatus { good, revoked, unknown, failed };
constexpr auto wire_names(RevocationStatus)
{
    return spelled("Good", "Revoked", "Unknown", "Failed");
}

// Whether one certificate has been revoked.
struct CertificateStatus {
    CertificateHashData certificateHashData{};
    CertificateStatusSource source{};
    RevocationStatus status{};
    Timestamp nextUpdate{};  // ask again then
    V2_FIELDS(certificateHashData, source, status, nextUpdate)
};

// Use case M07: have certificates of a car's chain been revoked?
struct GetCertificateChainStatusRequest {
    List<CertificateStatusRequestInfo, 1, 4> certificateStatusRequests{};
    V2_FIELDS(certificateStatusRequests)
};
struct GetCertificateChainStatusResponse {
    List<CertificateStatus, 1, 4> certificateStatus{};
    V2_FIELDS(certificateStatus)
};

// Use cases M01 and M02: a car asks for a contract certificate, and the messages only pass through.
struct Get15118EVCertificateRequest {
    String<50> iso15118SchemaVersion{};  // the name space of its schema
    CertificateAction action{};
    String<11000> exiRequest{};                                    // Base64, as the car sent it
    std::optional<Integer<0>> maximumContractCertificateChains{};  // only with ISO 15118-20
    std::optional<List<String<255>, 1, 8>> prioritizedEMAIDs{};    // these first
    V2_FIELDS(iso15118SchemaVersion, action, exiRequest, maximumContractCertificateChains,
        prioritizedEMAIDs)
};
struct Get15118EVCertificateResponse {
    Iso15118EvCertificateStatus status{};
    std::optional<StatusInfo> statusInfo{};
    String<17000> exiResponse{};                     // Base64, for the car
    std::optional<Integer<0>> remainingContracts{};  // to be had by further requests
    V2_FIELDS(status, statusInfo, exiResponse, remainingContracts)
};

}
