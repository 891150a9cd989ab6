// OCPP 2.1, functional block D: the tokens that a station knows by itself.
#pragma once

#include "ocpp/v201/local_list.hpp"
#include "ocpp/v21/tokens.hpp"
#include "ocpp/v21/types.hpp"

namespace ocpp::v21 {

using v201::SendLocalListStatus;
using v201::UpdateType;

// An entry of the local list.
struct AuthorizationData {
    IdToken idToken{};
    std::optional<IdTokenInfo> idTokenInfo{};  // absent in a differential update: remove it
    V2_FIELDS(idToken, idTokenInfo)
};

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
