// OCPP 1.6, profile Firmware Management: new firmware without a signature, and the diagnostics
// file. The security extension has better messages for both (security.hpp).
#pragma once

#include "ocpp/field_types.hpp"
#include "ocpp/fields.hpp"

namespace ocpp::v16 {

// Section 5.19 Update Firmware. FirmwareStatusNotification tells what becomes of it.
struct UpdateFirmwareRequest {
    Uri location{};
    std::optional<Integer<>> retries{};
    Timestamp retrieveDate{};                  // not to be fetched before
    std::optional<Integer<>> retryInterval{};  // s
    WIRE_FIELDS(location, retries, retrieveDate, retryInterval)
};
struct UpdateFirmwareResponse {
    WIRE_NO_FIELDS
};

// How an update with UpdateFirmware is doing. Idle is sent only when it was asked for.
enum class FirmwareStatus {
    downloaded,
    download_failed,
    downloading,
    idle,
    installation_failed,
    installing,
    installed,
};
constexpr auto wire_names(FirmwareStatus)
{
    return spelled("Downloaded", "DownloadFailed", "Downloading", "Idle", "InstallationFailed",
        "Installing", "Installed");
}

// Section 4.5 Firmware Status Notification.
struct FirmwareStatusNotificationRequest {
    FirmwareStatus status{};
    WIRE_FIELDS(status)
};
struct FirmwareStatusNotificationResponse {
    WIRE_NO_FIELDS
};

// Section 5.9 Get Diagnostics: the station uploads a file. DiagnosticsStatusNotification tells what
// becomes of it.
struct GetDiagnosticsRequest {
    Uri location{};  // the directory to upload to
    std::optional<Integer<>> retries{};
    std::optional<Integer<>> retryInterval{};  // s
    std::optional<Timestamp> startTime{};      // absent: from the beginning
    std::optional<Timestamp> stopTime{};       // absent: to the end
    WIRE_FIELDS(location, retries, retryInterval, startTime, stopTime)
};
struct GetDiagnosticsResponse {
    std::optional<String<255>> fileName{};  // absent: there is nothing to upload
    WIRE_FIELDS(fileName)
};

enum class DiagnosticsStatus { idle, uploaded, upload_failed, uploading };
constexpr auto wire_names(DiagnosticsStatus)
{
    return spelled("Idle", "Uploaded", "UploadFailed", "Uploading");
}

// Section 4.4 Diagnostics Status Notification.
struct DiagnosticsStatusNotificationRequest {
    DiagnosticsStatus status{};
    WIRE_FIELDS(status)
};
struct DiagnosticsStatusNotificationResponse {
    WIRE_NO_FIELDS
};

}
