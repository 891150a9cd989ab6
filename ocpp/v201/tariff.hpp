// OCPP 2.0.1, functional block I: what a transaction costs so far.
#pragma once

#include "ocpp/field_types.hpp"
#include "ocpp/fields.hpp"

namespace ocpp::v201 {

// Use case I02: what a running transaction costs so far, for the display.
struct CostUpdatedRequest {
    Decimal totalCost{};  // in the configured currency, taxes included
    String<36> transactionId{};
    V2_FIELDS(totalCost, transactionId)
};
struct CostUpdatedResponse {
    V2_NO_FIELDS
};

}
