// OCPP 2.1, functional block P: what a vendor adds of its own.
#pragma once

#include "ocpp/v201/data_transfer.hpp"
#include "ocpp/v21/types.hpp"

namespace ocpp::v21 {

using v201::DataTransferStatus;

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
