// OCPP 2.1, functional block L: new firmware, directly or through a local controller.
#pragma once

#include "ocpp/v201/firmware.hpp"
#include "ocpp/v21/types.hpp"

namespace ocpp::v21 {

using v201::FirmwareStatus;
using v201::PublishFirmwareStatus;
using v201::UnpublishFirmwareStatus;
using v201::UpdateFirmwareStatus;

// Where the firmware is, and what it is signed with.
struct Firmware {
    String<2000> location{};                           // URL of the file
    Timestamp retrieveDateTime{};                      // not to be fetched before
    std::optional<Timestamp> installDateTime{};        // absent means at once
    std::optional<String<5500>> signingCertificate{};  // PEM
    std::optional<String<800>> signature{};            // Base64, of the firmware file
    V2_FIELDS(location, retrieveDateTime, installDateTime, signingCertificate, signature)
};

// Use cases L01 (signed) and L02. FirmwareStatusNotification tells what becomes of it.
struct UpdateFirmwareRequest {
    std::optional<Integer<0>> retries{};
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

// Use cases L01 and L02: how an update is doing.
struct FirmwareStatusNotificationRequest {
    FirmwareStatus status{};
    std::optional<Integer<>> requestId{};  // absent only when idle
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, requestId, statusInfo)
};
struct FirmwareStatusNotificationResponse {
    V2_NO_FIELDS
};

// Use case L03: a local controller fetches firmware and offers it to its stations.
struct PublishFirmwareRequest {
    String<2000> location{};  // URL of the file
    std::optional<Integer<0>> retries{};
    String<32> checksum{};                      // MD5, of the whole file
    Integer<0> requestId{};                     // comes back in the status notifications
    std::optional<Integer<0>> retryInterval{};  // s
    V2_FIELDS(location, retries, checksum, requestId, retryInterval)
};
struct PublishFirmwareResponse {
    GenericStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

// Use case L03: how that is doing.
struct PublishFirmwareStatusNotificationRequest {
    PublishFirmwareStatus status{};
    std::optional<List<String<2000>>> location{};  // URLs for the stations, once it is published
    std::optional<Integer<0>> requestId{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, location, requestId, statusInfo)
};
struct PublishFirmwareStatusNotificationResponse {
    V2_NO_FIELDS
};

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
