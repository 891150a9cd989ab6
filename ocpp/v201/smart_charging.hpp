// OCPP 2.0.1, functional block K: limits. Charging profiles, asking for them and for their sum, and
// limits that others have set.
#pragma once

#include "ocpp/v201/types.hpp"

namespace ocpp::v201 {

// Within one purpose the highest stack level wins; between purposes the smallest limit does, except
// that a TxProfile stands instead of the TxDefaultProfile.
enum class ChargingProfilePurpose {
    charging_station_external_constraints,  // never set or cleared by the central system
    charging_station_max_profile,
    tx_default_profile,
    tx_profile,
};
constexpr auto wire_names(ChargingProfilePurpose)
{
    return spelled("ChargingStationExternalConstraints", "ChargingStationMaxProfile",
        "TxDefaultProfile", "TxProfile");
}

enum class ChargingProfileKind { absolute, recurring, relative };
constexpr auto wire_names(ChargingProfileKind)
{
    return spelled("Absolute", "Recurring", "Relative");
}

enum class RecurrencyKind { daily, weekly };
constexpr auto wire_names(RecurrencyKind) { return spelled("Daily", "Weekly"); }

// Amperes count per phase, watts for all phases together.
enum class ChargingRateUnit { w, a };
constexpr auto wire_names(ChargingRateUnit) { return spelled("W", "A"); }

// Lasts until the next period begins or the schedule ends.
struct ChargingSchedulePeriod {
    Integer<> startPeriod{};                  // s from the schedule's start
    Decimal limit{};                          // in the schedule's unit, one decimal at most
    std::optional<Integer<>> numberPhases{};  // absent means 3 on AC
    std::optional<Integer<>> phaseToUse{};    // 1 to 3, only where the EVSE can switch phases
    V2_FIELDS(startPeriod, limit, numberPhases, phaseToUse)
};

// Prices that an ISO 15118 car may plan with.
struct RelativeTimeInterval {
    Integer<> start{};                    // s from now
    std::optional<Integer<>> duration{};  // s
    V2_FIELDS(start, duration)
};

enum class CostKind {
    carbon_dioxide_emission,
    relative_price_percentage,
    renewable_generation_percentage,
};
constexpr auto wire_names(CostKind)
{
    return spelled(
        "CarbonDioxideEmission", "RelativePricePercentage", "RenewableGenerationPercentage");
}

struct Cost {
    CostKind costKind{};
    Integer<> amount{};                           // per kWh
    std::optional<Integer<>> amountMultiplier{};  // -3 to 3: times ten to this power
    V2_FIELDS(costKind, amount, amountMultiplier)
};

struct ConsumptionCost {
    Decimal startValue{};
    List<Cost, 1, 3> cost{};
    V2_FIELDS(startValue, cost)
};

// A price level counts from 0 (cheapest) upwards.
using PriceLevel = Integer<0>;

struct SalesTariffEntry {
    RelativeTimeInterval relativeTimeInterval{};
    std::optional<PriceLevel> ePriceLevel{};
    std::optional<List<ConsumptionCost, 1, 3>> consumptionCost{};
    V2_FIELDS(relativeTimeInterval, ePriceLevel, consumptionCost)
};

struct SalesTariff {
    Integer<> id{};
    std::optional<String<32>> salesTariffDescription{};
    std::optional<Integer<>> numEPriceLevels{};
    List<SalesTariffEntry, 1, 1024> salesTariffEntry{};
    V2_FIELDS(id, salesTariffDescription, numEPriceLevels, salesTariffEntry)
};

struct ChargingSchedule {
    Integer<> id{};
    std::optional<Timestamp> startSchedule{};  // absent in relative profiles
    std::optional<Integer<>> duration{};       // s; absent means without end
    ChargingRateUnit chargingRateUnit{};
    List<ChargingSchedulePeriod, 1, 1024> chargingSchedulePeriod{};
    std::optional<Decimal> minChargingRate{};  // a hint only
    std::optional<SalesTariff> salesTariff{};
    V2_FIELDS(id, startSchedule, duration, chargingRateUnit, chargingSchedulePeriod,
        minChargingRate, salesTariff)
};

// More than one schedule only answers the needs that an ISO 15118 car stated (K01.FR.34).
using ChargingSchedules = List<ChargingSchedule, 1, 3>;

struct ChargingProfile {
    Integer<> id{};
    Integer<> stackLevel{};  // from 0
    ChargingProfilePurpose chargingProfilePurpose{};
    ChargingProfileKind chargingProfileKind{};
    std::optional<RecurrencyKind> recurrencyKind{};
    std::optional<Timestamp> validFrom{};
    std::optional<Timestamp> validTo{};
    ChargingSchedules chargingSchedule{};
    std::optional<String<36>> transactionId{};  // of a TxProfile
    V2_FIELDS(id, stackLevel, chargingProfilePurpose, chargingProfileKind, recurrencyKind,
        validFrom, validTo, chargingSchedule, transactionId)
};

enum class ChargingProfileStatus { accepted, rejected };
constexpr auto wire_names(ChargingProfileStatus) { return spelled("Accepted", "Rejected"); }

// Use case K01. A profile replaces the one with its id.
struct SetChargingProfileRequest {
    Integer<> evseId{};  // 0: the whole station (max), or each of its EVSEs (default)
    ChargingProfile chargingProfile{};
    V2_FIELDS(evseId, chargingProfile)
};
struct SetChargingProfileResponse {
    ChargingProfileStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

// Which profiles to clear: those that fit everything that is given.
struct ClearChargingProfile {
    std::optional<Integer<>> evseId{};
    std::optional<ChargingProfilePurpose> chargingProfilePurpose{};
    std::optional<Integer<>> stackLevel{};
    V2_FIELDS(evseId, chargingProfilePurpose, stackLevel)
};

enum class ClearChargingProfileStatus { accepted, unknown };
constexpr auto wire_names(ClearChargingProfileStatus) { return spelled("Accepted", "Unknown"); }

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
    List<ChargingSchedulePeriod> chargingSchedulePeriod{};
    Integer<> evseId{};
    Integer<> duration{};  // s
    Timestamp scheduleStart{};
    ChargingRateUnit chargingRateUnit{};
    V2_FIELDS(chargingSchedulePeriod, evseId, duration, scheduleStart, chargingRateUnit)
};

// Use case K08: what all profiles together allow.
struct GetCompositeScheduleRequest {
    Integer<> duration{};  // s
    std::optional<ChargingRateUnit> chargingRateUnit{};
    Integer<> evseId{};  // 0: what the station expects to draw from the grid
    V2_FIELDS(duration, chargingRateUnit, evseId)
};
struct GetCompositeScheduleResponse {
    GenericStatus status{};
    std::optional<StatusInfo> statusInfo{};
    std::optional<CompositeSchedule> schedule{};
    V2_FIELDS(status, statusInfo, schedule)
};

// Who set a limit: an energy management system, the grid operator (SO), the operator of the
// stations (CSO), or another.
enum class ChargingLimitSource { ems, other, so, cso };
constexpr auto wire_names(ChargingLimitSource) { return spelled("EMS", "Other", "SO", "CSO"); }

// Which profiles to report: those that fit everything that is given.
struct ChargingProfileCriterion {
    std::optional<ChargingProfilePurpose> chargingProfilePurpose{};
    std::optional<Integer<>> stackLevel{};
    std::optional<List<Integer<>>> chargingProfileId{};
    std::optional<List<ChargingLimitSource, 1, 4>> chargingLimitSource{};
    V2_FIELDS(chargingProfilePurpose, stackLevel, chargingProfileId, chargingLimitSource)
};

enum class GetChargingProfileStatus { accepted, no_profiles };
constexpr auto wire_names(GetChargingProfileStatus) { return spelled("Accepted", "NoProfiles"); }

// Use case K09: ReportChargingProfiles brings those that fit.
struct GetChargingProfilesRequest {
    Integer<> requestId{};              // comes back in ReportChargingProfiles
    std::optional<Integer<>> evseId{};  // 0: those of the station itself; absent: all
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
    ChargingLimitSource chargingLimitSource{};
    List<ChargingProfile> chargingProfile{};
    std::optional<bool> tbc{};  // to be continued; absent means no
    Integer<> evseId{};         // 0: the station itself
    V2_FIELDS(requestId, chargingLimitSource, chargingProfile, tbc, evseId)
};
struct ReportChargingProfilesResponse {
    V2_NO_FIELDS
};

// A limit that was not set by a charging profile of the central system.
struct ChargingLimit {
    ChargingLimitSource chargingLimitSource{};
    std::optional<bool> isGridCritical{};  // for the stability of the grid
    V2_FIELDS(chargingLimitSource, isGridCritical)
};

// Use cases K11, K12 and K14: somebody else has set a limit.
struct NotifyChargingLimitRequest {
    std::optional<List<ChargingSchedule>> chargingSchedule{};
    std::optional<Integer<>> evseId{};  // absent or 0: the whole station
    ChargingLimit chargingLimit{};
    V2_FIELDS(chargingSchedule, evseId, chargingLimit)
};
struct NotifyChargingLimitResponse {
    V2_NO_FIELDS
};

// Use cases K13 and K14: a limit that somebody else had set is gone.
struct ClearedChargingLimitRequest {
    ChargingLimitSource chargingLimitSource{};
    std::optional<Integer<>> evseId{};  // absent: the whole station
    V2_FIELDS(chargingLimitSource, evseId)
};
struct ClearedChargingLimitResponse {
    V2_NO_FIELDS
};

}
