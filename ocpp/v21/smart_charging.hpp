// OCPP 2.1, functional block K: setting charging profiles, asking for them and for their sum,
// limits that others have set, and priority charging.
#pragma once

#include "ocpp/v201/smart_charging.hpp"
#include "ocpp/v21/charging_profiles.hpp"
#include "ocpp/v21/types.hpp"

namespace ocpp::v21 {

using v201::ClearChargingProfileStatus;
using v201::GetChargingProfileStatus;

// Use case K01. A profile replaces the one with its id.
struct SetChargingProfileRequest {
    Integer<0> evseId{};  // 0: the whole station (max), or each of its EVSEs (default)
    ChargingProfile chargingProfile{};
    V2_FIELDS(evseId, chargingProfile)
};
struct SetChargingProfileResponse {
    ChargingProfileStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

// Which profiles to report: those that fit everything that is given.
struct ChargingProfileCriterion {
    std::optional<ChargingProfilePurpose> chargingProfilePurpose{};
    std::optional<Integer<0>> stackLevel{};
    std::optional<List<Integer<>>> chargingProfileId{};
    std::optional<List<String<20>, 1, 4>> chargingLimitSource{};
    V2_FIELDS(chargingProfilePurpose, stackLevel, chargingProfileId, chargingLimitSource)
};

// Use case K09: ReportChargingProfiles brings those that fit.
struct GetChargingProfilesRequest {
    Integer<> requestId{};               // comes back in ReportChargingProfiles
    std::optional<Integer<0>> evseId{};  // 0: those of the station itself; absent: all
    ChargingProfileCriterion chargingProfile{};
    V2_FIELDS(requestId, evseId, chargingProfile)
};
struct GetChargingProfilesResponse {
    GetChargingProfileStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

// Use case K09: profiles of one EVSE and one source.
struct ReportChargingProfilesRequest {
    Integer<> requestId{};
    String<20> chargingLimitSource{};  // EMS, SO, CSO or of the appendix's list
    List<ChargingProfile> chargingProfile{};
    std::optional<bool> tbc{};  // to be continued; absent means no
    Integer<0> evseId{};        // 0: the station itself
    V2_FIELDS(requestId, chargingLimitSource, chargingProfile, tbc, evseId)
};
struct ReportChargingProfilesResponse {
    V2_NO_FIELDS
};

// Which profiles to clear: those that fit everything that is given.
struct ClearChargingProfile {
    std::optional<Integer<0>> evseId{};
    std::optional<ChargingProfilePurpose> chargingProfilePurpose{};
    std::optional<Integer<0>> stackLevel{};
    V2_FIELDS(evseId, chargingProfilePurpose, stackLevel)
};

// Use case K10. The id or the criteria must be given (K10.FR.02).
struct ClearChargingProfileRequest {
    std::optional<Integer<>> chargingProfileId{};
    std::optional<ClearChargingProfile> chargingProfileCriteria{};
    V2_FIELDS(chargingProfileId, chargingProfileCriteria)
};
struct ClearChargingProfileResponse {
    ClearChargingProfileStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

struct CompositeSchedule {
    Integer<0> evseId{};
    Integer<> duration{};  // s
    Timestamp scheduleStart{};
    ChargingRateUnit chargingRateUnit{};
    List<ChargingSchedulePeriod> chargingSchedulePeriod{};
    V2_FIELDS(evseId, duration, scheduleStart, chargingRateUnit, chargingSchedulePeriod)
};

// Use case K08: what all profiles together allow.
struct GetCompositeScheduleRequest {
    Integer<> duration{};  // s
    std::optional<ChargingRateUnit> chargingRateUnit{};
    Integer<0> evseId{};  // 0: what the station expects to draw from the grid
    V2_FIELDS(duration, chargingRateUnit, evseId)
};
struct GetCompositeScheduleResponse {
    GenericStatus status{};
    std::optional<StatusInfo> statusInfo{};
    std::optional<CompositeSchedule> schedule{};
    V2_FIELDS(status, statusInfo, schedule)
};

// A limit that was not set by a charging profile of the central system.
struct ChargingLimit {
    String<20> chargingLimitSource{};         // EMS, SO, CSO or of the appendix's list
    std::optional<bool> isLocalGeneration{};  // extra capacity, not a limit
    std::optional<bool> isGridCritical{};     // for the stability of the grid
    V2_FIELDS(chargingLimitSource, isLocalGeneration, isGridCritical)
};

// Use cases K11, K12, K14 and K23 to K29: somebody else has set a limit, or adds local generation.
struct NotifyChargingLimitRequest {
    std::optional<List<ChargingSchedule>> chargingSchedule{};
    std::optional<Integer<0>> evseId{};  // absent or 0: the whole station
    ChargingLimit chargingLimit{};
    V2_FIELDS(chargingSchedule, evseId, chargingLimit)
};
struct NotifyChargingLimitResponse {
    V2_NO_FIELDS
};

// Use cases K13 and K14: a limit that somebody else had set is gone.
struct ClearedChargingLimitRequest {
    String<20> chargingLimitSource{};    // EMS, SO, CSO or of the appendix's list
    std::optional<Integer<0>> evseId{};  // absent: the whole station
    V2_FIELDS(chargingLimitSource, evseId)
};
struct ClearedChargingLimitResponse {
    V2_NO_FIELDS
};

enum class PriorityChargingStatus { accepted, rejected, no_profile };
constexpr auto wire_names(PriorityChargingStatus)
{
    return spelled("Accepted", "Rejected", "NoProfile");
}

// Use case K21: the central system switches priority charging on or off.
struct UsePriorityChargingRequest {
    String<36> transactionId{};
    bool activate{};  // else switch it off
    V2_FIELDS(transactionId, activate)
};
struct UsePriorityChargingResponse {
    PriorityChargingStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

// Use cases K21 and K22: the station has switched, whether asked by the central system or by the
// driver.
struct NotifyPriorityChargingRequest {
    String<36> transactionId{};
    bool activated{};  // else it was switched off
    V2_FIELDS(transactionId, activated)
};
struct NotifyPriorityChargingResponse {
    V2_NO_FIELDS
};

}
