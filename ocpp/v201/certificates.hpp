// OCPP 2.0.1, functional block M: the certificates that a station keeps, and those of ISO 15118
// cars.
#pragma once

#include "ocpp/v201/certificate_hashes.hpp"
#include "ocpp/v201/types.hpp"

namespace ocpp::v201 {

enum class InstallCertificateUse {
    v2g_root_certificate,
    mo_root_certificate,
    csms_root_certificate,
    manufacturer_root_certificate,
};
constexpr auto wire_names(InstallCertificateUse)
{
    return spelled("V2GRootCertificate", "MORootCertificate", "CSMSRootCertificate",
        "ManufacturerRootCertificate");
}

enum class InstallCertificateStatus { accepted, rejected, failed };
constexpr auto wire_names(InstallCertificateStatus)
{
    return spelled("Accepted", "Rejected", "Failed");
}

// Use case M05: one more root certificate that the station trusts.
struct InstallCertificateRequest {
    InstallCertificateUse certificateType{};
    String<5500> certificate{};  // PEM
    V2_FIELDS(certificateType, certificate)
};
struct InstallCertificateResponse {
    InstallCertificateStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

enum class DeleteCertificateStatus { accepted, failed, not_found };
constexpr auto wire_names(DeleteCertificateStatus)
{
    return spelled("Accepted", "Failed", "NotFound");
}

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
};
constexpr auto wire_names(GetCertificateIdUse)
{
    return spelled("V2GRootCertificate", "MORootCertificate", "CSMSRootCertificate",
        "V2GCertificateChain", "ManufacturerRootCertificate");
}

enum class GetInstalledCertificateStatus { accepted, not_found };
constexpr auto wire_names(GetInstalledCertificateStatus) { return spelled("Accepted", "NotFound"); }

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

enum class GetCertificateStatus { accepted, failed };
constexpr auto wire_names(GetCertificateStatus) { return spelled("Accepted", "Failed"); }

// Use case M06: the central system asks an OCSP responder on behalf of the station.
struct GetCertificateStatusRequest {
    OcspRequestData ocspRequestData{};
    V2_FIELDS(ocspRequestData)
};
struct GetCertificateStatusResponse {
    GetCertificateStatus status{};
    std::optional<StatusInfo> statusInfo{};
    std::optional<String<5500>> ocspResult{};  // Base64 of the DER response (RFC 6960)
    V2_FIELDS(status, statusInfo, ocspResult)
};

enum class CertificateAction { install, update };
constexpr auto wire_names(CertificateAction) { return spelled("Install", "Update"); }

enum class Iso15118EvCertificateStatus { accepted, failed };
constexpr auto wire_names(Iso15118EvCertificateStatus) { return spelled("Accepted", "Failed"); }

// Use cases M01 and M02: a car asks for a contract certificate, and the messages only pass through.
struct Get15118EVCertificateRequest {
    String<50> iso15118SchemaVersion{};  // the name space of its schema
    CertificateAction action{};
    String<5600> exiRequest{};  // Base64, as the car sent it
    V2_FIELDS(iso15118SchemaVersion, action, exiRequest)
};
struct Get15118EVCertificateResponse {
    Iso15118EvCertificateStatus status{};
    std::optional<StatusInfo> statusInfo{};
    String<5600> exiResponse{};  // Base64, for the car
    V2_FIELDS(status, statusInfo, exiResponse)
};

}
