// OCPP 1.6: limits. Charging profiles, and asking for their sum.
#pragma once

#include "ocpp/field_types.hpp"
#include "ocpp/fields.hpp"

namespace ocpp::v16 {

// Within one purpose the highest stack level wins; between purposes the smallest limit does, except
// that a TxProfile stands instead of the TxDefaultProfile (section 3.13).
enum class ChargingProfilePurpose { charge_point_max_profile, tx_default_profile, tx_profile };
constexpr auto wire_names(ChargingProfilePurpose)
{
    return spelled("ChargePointMaxProfile", "TxDefaultProfile", "TxProfile");
}

enum class ChargingProfileKind { absolute, recurring, relative };
constexpr auto wire_names(ChargingProfileKind)
{
    return spelled("Absolute", "Recurring", "Relative");
}

enum class RecurrencyKind { daily, weekly };
constexpr auto wire_names(RecurrencyKind) { return spelled("Daily", "Weekly"); }

// Amperes count per phase, watts for all phases together.
enum class ChargingRateUnit { a, w };
constexpr auto wire_names(ChargingRateUnit) { return spelled("A", "W"); }
// The words of the configuration key ChargingScheduleAllowedChargingRateUnit for the same.
constexpr auto other_spellings(ChargingRateUnit)
{
    return std::array{
        Spelling{"Current", ChargingRateUnit::a}, Spelling{"Power", ChargingRateUnit::w}};
}

// Lasts until the next period begins or the schedule ends.
struct ChargingSchedulePeriod {
    Integer<> startPeriod{};                  // s from the schedule's start
    Tenths limit{};                           // in the schedule's unit
    std::optional<Integer<>> numberPhases{};  // absent means 3
    WIRE_FIELDS(startPeriod, limit, numberPhases)
};

struct ChargingSchedule {
    std::optional<Integer<>> duration{};       // s; absent means without end
    std::optional<Timestamp> startSchedule{};  // absent in relative profiles
    ChargingRateUnit chargingRateUnit{};
    List<ChargingSchedulePeriod, 0> chargingSchedulePeriod{};
    std::optional<Tenths> minChargingRate{};  // a hint only
    WIRE_FIELDS(duration, startSchedule, chargingRateUnit, chargingSchedulePeriod, minChargingRate)
};

struct ChargingProfile {
    Integer<> chargingProfileId{};
    std::optional<Integer<>> transactionId{};  // of a TxProfile
    Integer<> stackLevel{};
    ChargingProfilePurpose chargingProfilePurpose{};
    ChargingProfileKind chargingProfileKind{};
    std::optional<RecurrencyKind> recurrencyKind{};
    std::optional<Timestamp> validFrom{};
    std::optional<Timestamp> validTo{};
    ChargingSchedule chargingSchedule{};
    WIRE_FIELDS(chargingProfileId, transactionId, stackLevel, chargingProfilePurpose,
        chargingProfileKind, recurrencyKind, validFrom, validTo, chargingSchedule)
};

enum class ChargingProfileStatus { accepted, rejected, not_supported };
constexpr auto wire_names(ChargingProfileStatus)
{
    return spelled("Accepted", "Rejected", "NotSupported");
}

// Section 5.16 Set Charging Profile. A profile replaces the one with its id, or with its purpose
// and stack level on the same connector.
struct SetChargingProfileRequest {
    Integer<> connectorId{};  // 0: the whole station (max), or each of its connectors (default)
    ChargingProfile csChargingProfiles{};
    WIRE_FIELDS(connectorId, csChargingProfiles)
};
struct SetChargingProfileResponse {
    ChargingProfileStatus status{};
    WIRE_FIELDS(status)
};

enum class ClearChargingProfileStatus { accepted, unknown };
constexpr auto wire_names(ClearChargingProfileStatus) { return spelled("Accepted", "Unknown"); }

// Section 5.5 Clear Charging Profile. Without any field it clears all; an id outweighs the others.
struct ClearChargingProfileRequest {
    std::optional<Integer<>> id{};
    std::optional<Integer<>> connectorId{};
    std::optional<ChargingProfilePurpose> chargingProfilePurpose{};
    std::optional<Integer<>> stackLevel{};
    WIRE_FIELDS(id, connectorId, chargingProfilePurpose, stackLevel)
};
struct ClearChargingProfileResponse {
    ClearChargingProfileStatus status{};
    WIRE_FIELDS(status)
};

enum class GetCompositeScheduleStatus { accepted, rejected };
constexpr auto wire_names(GetCompositeScheduleStatus) { return spelled("Accepted", "Rejected"); }

// Section 5.7 Get Composite Schedule: what all profiles together allow.
struct GetCompositeScheduleRequest {
    Integer<> connectorId{};  // 0: what the station expects to draw from the grid
    Integer<> duration{};     // s
    std::optional<ChargingRateUnit> chargingRateUnit{};
    WIRE_FIELDS(connectorId, duration, chargingRateUnit)
};
struct GetCompositeScheduleResponse {
    GetCompositeScheduleStatus status{};
    std::optional<Integer<>> connectorId{};
    std::optional<Timestamp> scheduleStart{};  // periods count from here
    std::optional<ChargingSchedule> chargingSchedule{};
    WIRE_FIELDS(status, connectorId, scheduleStart, chargingSchedule)
};

}
