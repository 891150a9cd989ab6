// OCPP 2.1, functional block N: logs, and what a station knows about a customer.
#pragma once

#include "ocpp/v201/diagnostics.hpp"
#include "ocpp/v21/certificate_hashes.hpp"
#include "ocpp/v21/tokens.hpp"
#include "ocpp/v21/types.hpp"

namespace ocpp::v21 {

using v201::CustomerInformationStatus;
using v201::LogStatus;
using v201::UploadLogStatus;

// Where a log shall go, and which part of it.
struct LogParameters {
    String<2000> remoteLocation{};               // URL of the directory to upload to
    std::optional<Timestamp> oldestTimestamp{};  // absent: from the beginning
    std::optional<Timestamp> latestTimestamp{};  // absent: to the end
    V2_FIELDS(remoteLocation, oldestTimestamp, latestTimestamp)
};

enum class LogType { diagnostics_log, security_log, data_collector_log };
constexpr auto wire_names(LogType)
{
    return spelled("DiagnosticsLog", "SecurityLog", "DataCollectorLog");
}

// Use case N01: the station uploads a log. LogStatusNotification tells what becomes of it.
struct GetLogRequest {
    LogParameters log{};
    LogType logType{};
    Integer<> requestId{};  // comes back in LogStatusNotification
    std::optional<Integer<0>> retries{};
    std::optional<Integer<>> retryInterval{};  // s
    V2_FIELDS(log, logType, requestId, retries, retryInterval)
};
struct GetLogResponse {
    LogStatus status{};
    std::optional<StatusInfo> statusInfo{};
    std::optional<String<255>> filename{};  // absent: there is nothing to upload
    V2_FIELDS(status, statusInfo, filename)
};

// Use case N01: how the upload of a log is doing.
struct LogStatusNotificationRequest {
    UploadLogStatus status{};
    std::optional<Integer<>> requestId{};  // absent only when idle
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, requestId, statusInfo)
};
struct LogStatusNotificationResponse {
    V2_NO_FIELDS
};

// Use cases N09 and N10: what is stored about a customer is reported, erased, or both. One of the
// three ways to name the customer is given.
struct CustomerInformationRequest {
    std::optional<CertificateHashData> customerCertificate{};
    std::optional<IdToken> idToken{};
    Integer<0> requestId{};  // comes back in NotifyCustomerInformation
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
    Integer<0> seqNo{};         // from 0 within the report
    Timestamp generatedAt{};
    Integer<0> requestId{};
    V2_FIELDS(data, tbc, seqNo, generatedAt, requestId)
};
struct NotifyCustomerInformationResponse {
    V2_NO_FIELDS
};

}
