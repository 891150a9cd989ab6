// OCPP 2.0.1, functional block P: what a vendor adds of its own.
#pragma once

#include "ocpp/v201/types.hpp"

namespace ocpp::v201 {

enum class DataTransferStatus { accepted, rejected, unknown_message_id, unknown_vendor_id };
constexpr auto wire_names(DataTransferStatus)
{
    return spelled("Accepted", "Rejected", "UnknownMessageId", "UnknownVendorId");
}

// Use cases P01 and P02: either side may ask; the vendor says what it means.
struct DataTransferRequest {
    std::optional<String<50>> messageId{};
    std::optional<AnyJson> data{};
    String<255> vendorId{};
    V2_FIELDS(messageId, data, vendorId)
};
struct DataTransferResponse {
    DataTransferStatus status{};
    std::optional<StatusInfo> statusInfo{};
    std::optional<AnyJson> data{};
    V2_FIELDS(status, statusInfo, data)
};

}
