// OCPP 1.6: what a vendor adds of its own.
#pragma once

#include "ocpp/field_types.hpp"
#include "ocpp/fields.hpp"

namespace ocpp::v16 {

enum class DataTransferStatus { accepted, rejected, unknown_message_id, unknown_vendor_id };
constexpr auto wire_names(DataTransferStatus)
{
    return spelled("Accepted", "Rejected", "UnknownMessageId", "UnknownVendorId");
}

// Sections 4.3 and 5.6 Data Transfer: either side may ask; the vendor says what it means.
struct DataTransferRequest {
    String<255> vendorId{};
    std::optional<String<50>> messageId{};
    std::optional<Text> data{};
    WIRE_FIELDS(vendorId, messageId, data)
};
struct DataTransferResponse {
    DataTransferStatus status{};
    std::optional<Text> data{};
    WIRE_FIELDS(status, data)
};

}
