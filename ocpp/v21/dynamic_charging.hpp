// OCPP 2.1, functional block K: dynamic profiles, whose limits change in small messages.
#pragma once

#include "ocpp/v21/charging_profiles.hpp"
#include "ocpp/v21/types.hpp"

namespace ocpp::v21 {

// New values for the one period of a dynamic profile, as in ChargingSchedulePeriod.
struct ChargingScheduleUpdate {
    std::optional<Decimal> limit{};
    std::optional<Decimal> limit_L2{};
    std::optional<Decimal> limit_L3{};
    std::optional<Number<unbounded_below, 0>> dischargeLimit{};
    std::optional<Number<unbounded_below, 0>> dischargeLimit_L2{};
    std::optional<Number<unbounded_below, 0>> dischargeLimit_L3{};
    std::optional<Decimal> setpoint{};
    std::optional<Decimal> setpoint_L2{};
    std::optional<Decimal> setpoint_L3{};
    std::optional<Decimal> setpointReactive{};  // inductive is positive
    std::optional<Decimal> setpointReactive_L2{};
    std::optional<Decimal> setpointReactive_L3{};
    V2_FIELDS(limit, limit_L2, limit_L3, dischargeLimit, dischargeLimit_L2, dischargeLimit_L3,
        setpoint, setpoint_L2, setpoint_L3, setpointReactive, setpointReactive_L2,
        setpointReactive_L3)
};

// Use case K28: new limits or setpoints for a dynamic profile, pushed by the central system.
struct UpdateDynamicScheduleRequest {
    Integer<> chargingProfileId{};
    ChargingScheduleUpdate scheduleUpdate{};
    V2_FIELDS(chargingProfileId, scheduleUpdate)
};
struct UpdateDynamicScheduleResponse {
    ChargingProfileStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

// Use case K28: the station asks for them, each dynUpdateInterval.
struct PullDynamicScheduleUpdateRequest {
    Integer<> chargingProfileId{};
    V2_FIELDS(chargingProfileId)
};
struct PullDynamicScheduleUpdateResponse {
    std::optional<ChargingScheduleUpdate> scheduleUpdate{};  // given when accepted
    ChargingProfileStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(scheduleUpdate, status, statusInfo)
};

}
