// OCPP 2.1, functional block C: tokens, and the verdict on them, as several blocks carry them.
#pragma once

#include "ocpp/v201/authorization.hpp"
#include "ocpp/v21/types.hpp"

namespace ocpp::v21 {

using v201::AuthorizationStatus;

struct AdditionalInfo {
    String<255> additionalIdToken{};
    String<50> type{};
    V2_FIELDS(additionalIdToken, type)
};

// `type` is open: the standard's appendix lists the types (ISO14443, eMAID, DirectPayment, ...).
struct IdToken {
    std::optional<List<AdditionalInfo>> additionalInfo{};
    String<255> idToken{};  // compared without regard to case
    String<20> type{};      // of the appendix's list
    V2_FIELDS(additionalInfo, idToken, type)
};

// The verdict on a token.
struct IdTokenInfo {
    AuthorizationStatus status{};
    std::optional<Timestamp> cacheExpiryDateTime{};
    std::optional<Integer<>> chargingPriority{};  // -9 to 9, 0 when absent, higher goes first
    std::optional<IdToken> groupIdToken{};
    std::optional<String<8>> language1{};  // RFC 5646
    std::optional<String<8>> language2{};
    std::optional<List<Integer<0>>> evseId{};  // the EVSEs it may use; absent means all
    std::optional<MessageContent> personalMessage{};
    V2_FIELDS(status, cacheExpiryDateTime, chargingPriority, groupIdToken, language1, language2,
        evseId, personalMessage)
};

}
