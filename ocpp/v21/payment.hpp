// OCPP 2.1, functional block C: drivers who pay on the spot, by card or by QR code (use cases C18
// to C25).
#pragma once

#include "ocpp/v21/types.hpp"

namespace ocpp::v21 {

enum class PaymentStatus { settled, canceled, rejected, failed };
constexpr auto wire_names(PaymentStatus)
{
    return spelled("Settled", "Canceled", "Rejected", "Failed");
}

// A postal address, for receipts.
struct Address {
    String<50> name{};
    String<100> address1{};
    std::optional<String<100>> address2{};
    String<100> city{};
    std::optional<String<20>> postalCode{};
    String<50> country{};
    V2_FIELDS(name, address1, address2, city, postalCode, country)
};

// Use cases C19 to C22: what became of a payment at the station's terminal.
struct NotifySettlementRequest {
    std::optional<String<36>> transactionId{};
    String<255> pspRef{};  // the payment provider's reference, also the token's idToken
    PaymentStatus status{};
    std::optional<String<500>> statusInfo{};  // text from the terminal
    Decimal settlementAmount{};               // settled, or tried to
    Timestamp settlementTime{};
    std::optional<String<50>> receiptId{};
    std::optional<String<2000>> receiptUrl{};
    std::optional<Address> vatCompany{};  // for the receipt
    std::optional<String<20>> vatNumber{};
    V2_FIELDS(transactionId, pspRef, status, statusInfo, settlementAmount, settlementTime,
        receiptId, receiptUrl, vatCompany, vatNumber)
};
struct NotifySettlementResponse {
    std::optional<String<2000>> receiptUrl{};
    std::optional<String<50>> receiptId{};
    V2_FIELDS(receiptUrl, receiptId)
};

// Use case C25: somebody has scanned the QR code of an EVSE and is paying; keep it free.
struct NotifyWebPaymentStartedRequest {
    Integer<0> evseId{};
    Integer<> timeout{};  // s
    V2_FIELDS(evseId, timeout)
};
struct NotifyWebPaymentStartedResponse {
    V2_NO_FIELDS
};

// Use case C18: is this a valid VAT number, and whose? The driver wants it on the receipt.
struct VatNumberValidationRequest {
    String<20> vatNumber{};
    std::optional<Integer<0>> evseId{};
    V2_FIELDS(vatNumber, evseId)
};
struct VatNumberValidationResponse {
    std::optional<Address> company{};  // given when accepted
    std::optional<StatusInfo> statusInfo{};
    String<20> vatNumber{};
    std::optional<Integer<0>> evseId{};
    GenericStatus status{};
    V2_FIELDS(company, statusInfo, vatNumber, evseId, status)
};

}
