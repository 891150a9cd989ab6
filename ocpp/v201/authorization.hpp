// OCPP 2.0.1, functional block C: tokens, and may this one charge?
#pragma once

#include "ocpp/v201/certificate_hashes.hpp"
#include "ocpp/v201/types.hpp"

namespace ocpp::v201 {

// The standard's IdTokenEnumType: what sort of token it is.
enum class IdTokenType {
    central,  // made up by the central system
    emaid,
    iso14443,
    iso15693,
    key_code,
    local,
    mac_address,
    no_authorization,  // nobody was asked: a button, or free charging
};
constexpr auto wire_names(IdTokenType)
{
    return spelled("Central", "eMAID", "ISO14443", "ISO15693", "KeyCode", "Local", "MacAddress",
        "NoAuthorization");
}

struct AdditionalInfo {
    String<36> additionalIdToken{};
    String<50> type{};
    V2_FIELDS(additionalIdToken, type)
};

struct IdToken {
    std::optional<List<AdditionalInfo>> additionalInfo{};
    String<36> idToken{};  // compared without regard to case
    IdTokenType type{};
    V2_FIELDS(additionalInfo, idToken, type)
};

enum class AuthorizationStatus {
    accepted,
    blocked,
    concurrent_tx,
    expired,
    invalid,
    no_credit,
    not_allowed_type_evse,
    not_at_this_location,
    not_at_this_time,
    unknown,
};
constexpr auto wire_names(AuthorizationStatus)
{
    return spelled("Accepted", "Blocked", "ConcurrentTx", "Expired", "Invalid", "NoCredit",
        "NotAllowedTypeEVSE", "NotAtThisLocation", "NotAtThisTime", "Unknown");
}

// The verdict on a token.
struct IdTokenInfo {
    AuthorizationStatus status{};
    std::optional<Timestamp> cacheExpiryDateTime{};
    std::optional<Integer<>> chargingPriority{};  // -9 to 9, 0 when absent, higher goes first
    std::optional<String<8>> language1{};         // RFC 5646
    std::optional<List<Integer<>>> evseId{};      // the EVSEs it may use; absent means all
    std::optional<IdToken> groupIdToken{};
    std::optional<String<8>> language2{};
    std::optional<MessageContent> personalMessage{};
    V2_FIELDS(status, cacheExpiryDateTime, chargingPriority, language1, evseId, groupIdToken,
        language2, personalMessage)
};

enum class AuthorizeCertificateStatus {
    accepted,
    signature_error,
    certificate_expired,
    certificate_revoked,
    no_certificate_available,
    cert_chain_error,
    contract_cancelled,
};
constexpr auto wire_names(AuthorizeCertificateStatus)
{
    return spelled("Accepted", "SignatureError", "CertificateExpired", "CertificateRevoked",
        "NoCertificateAvailable", "CertChainError", "ContractCancelled");
}

// An OCSP request may name the certificates of a contract's chain: four at most.
using CertificateChainHashes = List<OcspRequestData, 1, 4>;

// Use cases C01 (tokens) and C07 (contract certificates).
struct AuthorizeRequest {
    IdToken idToken{};
    std::optional<String<5500>> certificate{};  // PEM, of the contract
    std::optional<CertificateChainHashes> iso15118CertificateHashData{};
    V2_FIELDS(idToken, certificate, iso15118CertificateHashData)
};
struct AuthorizeResponse {
    IdTokenInfo idTokenInfo{};
    std::optional<AuthorizeCertificateStatus> certificateStatus{};
    V2_FIELDS(idTokenInfo, certificateStatus)
};

enum class ClearCacheStatus { accepted, rejected };
constexpr auto wire_names(ClearCacheStatus) { return spelled("Accepted", "Rejected"); }

// Use case C11: the station forgets what Authorize taught it.
struct ClearCacheRequest {
    V2_NO_FIELDS
};
struct ClearCacheResponse {
    ClearCacheStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

}
