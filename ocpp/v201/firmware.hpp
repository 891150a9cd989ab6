// OCPP 2.0.1, functional block L: new firmware, directly or through a local controller.
#pragma once

#include "ocpp/v201/types.hpp"

namespace ocpp::v201 {

// Where the firmware is, and what it is signed with.
struct Firmware {
    String<512> location{};                            // URL of the file
    Timestamp retrieveDateTime{};                      // not to be fetched before
    std::optional<Timestamp> installDateTime{};        // absent means at once
    std::optional<String<5500>> signingCertificate{};  // PEM
    std::optional<String<800>> signature{};            // Base64, of the firmware file
    V2_FIELDS(location, retrieveDateTime, installDateTime, signingCertificate, signature)
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

// Use cases L01 (signed) and L02. FirmwareStatusNotification tells what becomes of it.
struct UpdateFirmwareRequest {
    std::optional<Integer<>> retries{};
    std::optional<Integer<>> retryInterval{};  // s
    Integer<> requestId{};                     // comes back in the status notifications
    Firmware firmware{};
    V2_FIELDS(retries, retryInterval, requestId, firmware)
};
struct UpdateFirmwareResponse {
    UpdateFirmwareStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

// How an update is doing. Idle is sent only when it was asked for.
enum class FirmwareStatus {
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
constexpr auto wire_names(FirmwareStatus)
{
    return spelled("Downloaded", "DownloadFailed", "Downloading", "DownloadScheduled",
        "DownloadPaused", "Idle", "InstallationFailed", "Installing", "Installed",
        "InstallRebooting", "InstallScheduled", "InstallVerificationFailed", "InvalidSignature",
        "SignatureVerified");
}

// Use cases L01 and L02: how an update is doing.
struct FirmwareStatusNotificationRequest {
    FirmwareStatus status{};
    std::optional<Integer<>> requestId{};  // absent only when idle
    V2_FIELDS(status, requestId)
};
struct FirmwareStatusNotificationResponse {
    V2_NO_FIELDS
};

// Use case L03: a local controller fetches firmware and offers it to its stations.
struct PublishFirmwareRequest {
    String<512> location{};  // URL of the file
    std::optional<Integer<>> retries{};
    String<32> checksum{};                     // MD5, of the whole file
    Integer<> requestId{};                     // comes back in the status notifications
    std::optional<Integer<>> retryInterval{};  // s
    V2_FIELDS(location, retries, checksum, requestId, retryInterval)
};
struct PublishFirmwareResponse {
    GenericStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

enum class PublishFirmwareStatus {
    idle,
    download_scheduled,
    downloading,
    downloaded,
    published,
    download_failed,
    download_paused,
    invalid_checksum,
    checksum_verified,
    publish_failed,
};
constexpr auto wire_names(PublishFirmwareStatus)
{
    return spelled("Idle", "DownloadScheduled", "Downloading", "Downloaded", "Published",
        "DownloadFailed", "DownloadPaused", "InvalidChecksum", "ChecksumVerified", "PublishFailed");
}

// Use case L03: how that is doing.
struct PublishFirmwareStatusNotificationRequest {
    PublishFirmwareStatus status{};
    std::optional<List<String<512>>> location{};  // URLs for the stations, once it is published
    std::optional<Integer<>> requestId{};
    V2_FIELDS(status, location, requestId)
};
struct PublishFirmwareStatusNotificationResponse {
    V2_NO_FIELDS
};

enum class UnpublishFirmwareStatus { download_ongoing, no_firmware, unpublished };
constexpr auto wire_names(UnpublishFirmwareStatus)
{
    return spelled("DownloadOngoing", "NoFirmware", "Unpublished");
}

// Use case L04: the local controller offers it no longer.
struct UnpublishFirmwareRequest {
    String<32> checksum{};  // MD5, of the whole file
    V2_FIELDS(checksum)
};
struct UnpublishFirmwareResponse {
    UnpublishFirmwareStatus status{};
    V2_FIELDS(status)
};

}
