// OCPP 2.0.1, functional block N: logs, and what a station knows about a customer.
#pragma once

#include "ocpp/v201/authorization.hpp"
#include "ocpp/v201/certificate_hashes.hpp"
#include "ocpp/v201/types.hpp"

namespace ocpp::v201 {

// Where a log shall go, and which part of it.
struct LogParameters {
    String<512> remoteLocation{};                // URL of the directory to upload to
    std::optional<Timestamp> oldestTimestamp{};  // absent: from the beginning
    std::optional<Timestamp> latestTimestamp{};  // absent: to the end
    V2_FIELDS(remoteLocation, oldestTimestamp, latestTimestamp)
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
    V2_FIELDS(log, logType, requestId, retries, retryInterval)
};
struct GetLogResponse {
    LogStatus status{};
    std::optional<StatusInfo> statusInfo{};
    std::optional<String<255>> filename{};  // absent: there is nothing to upload
    V2_FIELDS(status, statusInfo, filename)
};

// How the upload of a log is doing. Idle is sent only when it was asked for.
enum class UploadLogStatus {
    bad_message,
    idle,
    not_supported_operation,
    permission_denied,
    uploaded,
    upload_failure,
    uploading,
    accepted_canceled,
};
constexpr auto wire_names(UploadLogStatus)
{
    return spelled("BadMessage", "Idle", "NotSupportedOperation", "PermissionDenied", "Uploaded",
        "UploadFailure", "Uploading", "AcceptedCanceled");
}

// Use case N01: how the upload of a log is doing.
struct LogStatusNotificationRequest {
    UploadLogStatus status{};
    std::optional<Integer<>> requestId{};  // absent only when idle
    V2_FIELDS(status, requestId)
};
struct LogStatusNotificationResponse {
    V2_NO_FIELDS
};

enum class CustomerInformationStatus { accepted, rejected, invalid };
constexpr auto wire_names(CustomerInformationStatus)
{
    return spelled("Accepted", "Rejected", "Invalid");
}

// Use cases N09 and N10: what is stored about a customer is reported, erased, or both. One of the
// three ways to name the customer is given.
struct CustomerInformationRequest {
    std::optional<CertificateHashData> customerCertificate{};
    std::optional<IdToken> idToken{};
    Integer<> requestId{};  // comes back in NotifyCustomerInformation
    bool report{};
    bool clear{};
    std::optional<String<64>> customerIdentifier{};  // as the operator knows the customer
    V2_FIELDS(customerCertificate, idToken, requestId, report, clear, customerIdentifier)
};
struct CustomerInformationResponse {
    CustomerInformationStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

// Use case N09: one part of that report, as text for people.
struct NotifyCustomerInformationRequest {
    String<512> data{};
    std::optional<bool> tbc{};  // to be continued; absent means no
    Integer<> seqNo{};          // from 0 within the report
    Timestamp generatedAt{};
    Integer<> requestId{};
    V2_FIELDS(data, tbc, seqNo, generatedAt, requestId)
};
struct NotifyCustomerInformationResponse {
    V2_NO_FIELDS
};

}
