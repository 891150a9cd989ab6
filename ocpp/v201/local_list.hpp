// OCPP 2.0.1, functional block D: the tokens that a station knows by itself.
#pragma once

#include "ocpp/v201/authorization.hpp"
#include "ocpp/v201/types.hpp"

namespace ocpp::v201 {

// An entry of the local list.
struct AuthorizationData {
    IdToken idToken{};
    std::optional<IdTokenInfo> idTokenInfo{};  // absent in a differential update: remove it
    V2_FIELDS(idToken, idTokenInfo)
};

enum class UpdateType { differential, full };
constexpr auto wire_names(UpdateType) { return spelled("Differential", "Full"); }

// VersionMismatch: a differential update that is not newer than the list.
enum class SendLocalListStatus { accepted, failed, version_mismatch };
constexpr auto wire_names(SendLocalListStatus)
{
    return spelled("Accepted", "Failed", "VersionMismatch");
}

// Use case D01: the whole list, or what has changed in it.
struct SendLocalListRequest {
    std::optional<List<AuthorizationData>> localAuthorizationList{};
    Integer<> versionNumber{};  // of the list after this update
    UpdateType updateType{};
    V2_FIELDS(localAuthorizationList, versionNumber, updateType)
};
struct SendLocalListResponse {
    SendLocalListStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

// Use case D02.
struct GetLocalListVersionRequest {
    V2_NO_FIELDS
};
struct GetLocalListVersionResponse {
    Integer<> versionNumber{};  // 0: the list is empty, or there is none
    V2_FIELDS(versionNumber)
};

}
