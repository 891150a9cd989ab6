// OCPP 1.6, profile Local Auth List Management: the tokens that a station knows by itself.
#pragma once

#include "ocpp/v16/authorization.hpp"

namespace ocpp::v16 {

// An entry of the local list.
struct AuthorizationData {
    IdTag idTag{};
    std::optional<IdTagInfo> idTagInfo{};  // absent in a differential update: remove it
    WIRE_FIELDS(idTag, idTagInfo)
};

enum class UpdateType { differential, full };
constexpr auto wire_names(UpdateType) { return spelled("Differential", "Full"); }

enum class UpdateStatus { accepted, failed, not_supported, version_mismatch };
constexpr auto wire_names(UpdateStatus)
{
    return spelled("Accepted", "Failed", "NotSupported", "VersionMismatch");
}

// Section 5.15 Send Local List: the whole list, or what has changed in it.
struct SendLocalListRequest {
    Integer<> listVersion{};  // of the list after this update
    std::optional<List<AuthorizationData, 0>> localAuthorizationList{};
    UpdateType updateType{};
    WIRE_FIELDS(listVersion, localAuthorizationList, updateType)
};
struct SendLocalListResponse {
    UpdateStatus status{};
    WIRE_FIELDS(status)
};

// Section 5.10 Get Local List Version.
struct GetLocalListVersionRequest {
    WIRE_NO_FIELDS
};
struct GetLocalListVersionResponse {
    Integer<> listVersion{};  // 0: the list is empty; -1: the station has none
    WIRE_FIELDS(listVersion)
};

}
