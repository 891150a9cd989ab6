// OCPP 1.6: may this token charge? Authorize, and the verdict that transaction messages carry too.
#pragma once

#include "ocpp/field_types.hpp"
#include "ocpp/fields.hpp"

namespace ocpp::v16 {

// A token's identifier (CiString20Type). Compared without regard to case (section 7, CiString).
using IdTag = String<20>;

enum class AuthorizationStatus { accepted, blocked, expired, invalid, concurrent_tx };
constexpr auto wire_names(AuthorizationStatus)
{
    return spelled("Accepted", "Blocked", "Expired", "Invalid", "ConcurrentTx");
}

// The verdict on a token.
struct IdTagInfo {
    std::optional<Timestamp> expiryDate{};  // when the station's cache entry ends
    std::optional<IdTag> parentIdTag{};     // the group that may stop what a member started
    AuthorizationStatus status{};
    WIRE_FIELDS(expiryDate, parentIdTag, status)
};

// Section 4.1 Authorize: asked before a transaction starts or stops by a token.
struct AuthorizeRequest {
    IdTag idTag{};
    WIRE_FIELDS(idTag)
};
struct AuthorizeResponse {
    IdTagInfo idTagInfo{};
    WIRE_FIELDS(idTagInfo)
};

enum class ClearCacheStatus { accepted, rejected };
constexpr auto wire_names(ClearCacheStatus) { return spelled("Accepted", "Rejected"); }

// Section 5.4 Clear Cache: the station forgets what Authorize taught it.
struct ClearCacheRequest {
    WIRE_NO_FIELDS
};
struct ClearCacheResponse {
    ClearCacheStatus status{};
    WIRE_FIELDS(status)
};

}
