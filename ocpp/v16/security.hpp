// OCPP 1.6, the security extension (the white paper "Improved security for OCPP 1.6-J", edition 3):
// certificates, security events, logs, signed firmware. Use cases carry the numbers of 2.0.1.
#pragma once

#include "ocpp/v16/remote_trigger.hpp"

namespace ocpp::v16 {

enum class GenericStatus { accepted, rejected };
constexpr auto wire_names(GenericStatus) { return spelled("Accepted", "Rejected"); }

// Use cases A02 and A03: the station asks for a new certificate; CertificateSigned brings it.
struct SignCertificateRequest {
    String<5500> csr{};  // PEM (RFC 2986)
    WIRE_FIELDS(csr)
};
struct SignCertificateResponse {
    GenericStatus status{};
    WIRE_FIELDS(status)
};

enum class CertificateSignedStatus { accepted, rejected };
constexpr auto wire_names(CertificateSignedStatus) { return spelled("Accepted", "Rejected"); }

// Use cases A02 and A03: the certificate that SignCertificate asked for.
struct CertificateSignedRequest {
    String<10000> certificateChain{};  // PEM, the new certificate first
    WIRE_FIELDS(certificateChain)
};
struct CertificateSignedResponse {
    CertificateSignedStatus status{};
    WIRE_FIELDS(status)
};

enum class CertificateUse { central_system_root_certificate, manufacturer_root_certificate };
constexpr auto wire_names(CertificateUse)
{
    return spelled("CentralSystemRootCertificate", "ManufacturerRootCertificate");
}

enum class InstallCertificateStatus { accepted, failed, rejected };
constexpr auto wire_names(InstallCertificateStatus)
{
    return spelled("Accepted", "Failed", "Rejected");
}

// Use case M05: one more root certificate that the station trusts.
struct InstallCertificateRequest {
    CertificateUse certificateType{};
    String<5500> certificate{};  // PEM
    WIRE_FIELDS(certificateType, certificate)
};
struct InstallCertificateResponse {
    InstallCertificateStatus status{};
    WIRE_FIELDS(status)
};

enum class HashAlgorithm { sha256, sha384, sha512 };
constexpr auto wire_names(HashAlgorithm) { return spelled("SHA256", "SHA384", "SHA512"); }

// A certificate, named by its hashes as OCSP does (RFC 6960).
struct CertificateHashData {
    HashAlgorithm hashAlgorithm{};
    String<128> issuerNameHash{};
    String<128> issuerKeyHash{};
    String<40> serialNumber{};  // hexadecimal, without leading zeros
    WIRE_FIELDS(hashAlgorithm, issuerNameHash, issuerKeyHash, serialNumber)
};

enum class DeleteCertificateStatus { accepted, failed, not_found };
constexpr auto wire_names(DeleteCertificateStatus)
{
    return spelled("Accepted", "Failed", "NotFound");
}

// Use case M04.
struct DeleteCertificateRequest {
    CertificateHashData certificateHashData{};
    WIRE_FIELDS(certificateHashData)
};
struct DeleteCertificateResponse {
    DeleteCertificateStatus status{};
    WIRE_FIELDS(status)
};

enum class GetInstalledCertificateStatus { accepted, not_found };
constexpr auto wire_names(GetInstalledCertificateStatus) { return spelled("Accepted", "NotFound"); }

// Use case M03: which root certificates does the station trust?
struct GetInstalledCertificateIdsRequest {
    CertificateUse certificateType{};
    WIRE_FIELDS(certificateType)
};
struct GetInstalledCertificateIdsResponse {
    std::optional<List<CertificateHashData>> certificateHashData{};
    GetInstalledCertificateStatus status{};
    WIRE_FIELDS(certificateHashData, status)
};

// Use case A04: something that matters for security has happened.
struct SecurityEventNotificationRequest {
    String<50> type{};  // from the white paper's list of events
    Timestamp timestamp{};
    std::optional<String<255>> techInfo{};  // for technicians
    WIRE_FIELDS(type, timestamp, techInfo)
};
struct SecurityEventNotificationResponse {
    WIRE_NO_FIELDS
};

// Where a log shall go, and which part of it.
struct LogParameters {
    String<512> remoteLocation{};                // URL of the directory to upload to
    std::optional<Timestamp> oldestTimestamp{};  // absent: from the beginning
    std::optional<Timestamp> latestTimestamp{};  // absent: to the end
    WIRE_FIELDS(remoteLocation, oldestTimestamp, latestTimestamp)
};

enum class LogType { diagnostics_log, security_log };
constexpr auto wire_names(LogType) { return spelled("DiagnosticsLog", "SecurityLog"); }

// AcceptedCanceled: taken, and an upload that was running has been given up for it.
enum class LogStatus { accepted, rejected, accepted_canceled };
constexpr auto wire_names(LogStatus) { return spelled("Accepted", "Rejected", "AcceptedCanceled"); }

// Use case N01: the station uploads a log. LogStatusNotification tells what becomes of it.
struct GetLogRequest {
    LogParameters log{};
    LogType logType{};
    Integer<> requestId{};  // comes back in LogStatusNotification
    std::optional<Integer<>> retries{};
    std::optional<Integer<>> retryInterval{};  // s
    WIRE_FIELDS(log, logType, requestId, retries, retryInterval)
};
struct GetLogResponse {
    LogStatus status{};
    std::optional<String<255>> filename{};  // absent: there is nothing to upload
    WIRE_FIELDS(status, filename)
};

enum class UploadLogStatus {
    bad_message,
    idle,
    not_supported_operation,
    permission_denied,
    uploaded,
    upload_failure,
    uploading,
};
constexpr auto wire_names(UploadLogStatus)
{
    return spelled("BadMessage", "Idle", "NotSupportedOperation", "PermissionDenied", "Uploaded",
        "UploadFailure", "Uploading");
}

// Use case N01: how the upload of a log is doing.
struct LogStatusNotificationRequest {
    UploadLogStatus status{};
    std::optional<Integer<>> requestId{};  // absent only when idle
    WIRE_FIELDS(status, requestId)
};
struct LogStatusNotificationResponse {
    WIRE_NO_FIELDS
};

// Where the firmware is, and what it is signed with.
struct Firmware {
    String<512> location{};                      // URL of the file
    Timestamp retrieveDateTime{};                // not to be fetched before
    std::optional<Timestamp> installDateTime{};  // absent means at once
    String<5500> signingCertificate{};           // PEM
    String<800> signature{};                     // Base64, of the firmware file
    WIRE_FIELDS(location, retrieveDateTime, installDateTime, signingCertificate, signature)
};

// AcceptedCanceled: taken, and an update that was running has been given up for it.
enum class UpdateFirmwareStatus {
    accepted,
    rejected,
    accepted_canceled,
    invalid_certificate,
    revoked_certificate,
};
constexpr auto wire_names(UpdateFirmwareStatus)
{
    return spelled(
        "Accepted", "Rejected", "AcceptedCanceled", "InvalidCertificate", "RevokedCertificate");
}

// Use case L01: new firmware, which the station installs only if its signature is good.
struct SignedUpdateFirmwareRequest {
    std::optional<Integer<>> retries{};
    std::optional<Integer<>> retryInterval{};  // s
    Integer<> requestId{};                     // comes back in the status notifications
    Firmware firmware{};
    WIRE_FIELDS(retries, retryInterval, requestId, firmware)
};
struct SignedUpdateFirmwareResponse {
    UpdateFirmwareStatus status{};
    WIRE_FIELDS(status)
};

// How an update with SignedUpdateFirmware is doing: more steps than FirmwareStatus knows.
enum class SignedFirmwareStatus {
    downloaded,
    download_failed,
    downloading,
    download_scheduled,
    download_paused,
    idle,
    installation_failed,
    installing,
    installed,
    install_rebooting,
    install_scheduled,
    install_verification_failed,
    invalid_signature,
    signature_verified,
};
constexpr auto wire_names(SignedFirmwareStatus)
{
    return spelled("Downloaded", "DownloadFailed", "Downloading", "DownloadScheduled",
        "DownloadPaused", "Idle", "InstallationFailed", "Installing", "Installed",
        "InstallRebooting", "InstallScheduled", "InstallVerificationFailed", "InvalidSignature",
        "SignatureVerified");
}

// Use case L01: how that update is doing.
struct SignedFirmwareStatusNotificationRequest {
    SignedFirmwareStatus status{};
    std::optional<Integer<>> requestId{};  // absent only when idle
    WIRE_FIELDS(status, requestId)
};
struct SignedFirmwareStatusNotificationResponse {
    WIRE_NO_FIELDS
};

// What ExtendedTriggerMessage may ask for.
enum class ExtendedMessageTrigger {
    boot_notification,
    log_status_notification,
    firmware_status_notification,
    heartbeat,
    meter_values,
    sign_charge_point_certificate,
    status_notification,
};
constexpr auto wire_names(ExtendedMessageTrigger)
{
    return spelled("BootNotification", "LogStatusNotification", "FirmwareStatusNotification",
        "Heartbeat", "MeterValues", "SignChargePointCertificate", "StatusNotification");
}

// TriggerMessage with the messages of the security extension added.
struct ExtendedTriggerMessageRequest {
    ExtendedMessageTrigger requestedMessage{};
    std::optional<Integer<>> connectorId{};  // absent: all that the message is about
    WIRE_FIELDS(requestedMessage, connectorId)
};
struct ExtendedTriggerMessageResponse {
    TriggerMessageStatus status{};
    WIRE_FIELDS(status)
};

}
