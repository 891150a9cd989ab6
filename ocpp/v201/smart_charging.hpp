// OCPP 2.0.1, functional block K: limits. Charging profiles, and asking for their sum.
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
    WIRE_FIELDS(startPeriod, limit, numberPhases, phaseToUse)
};

// Prices that an ISO 15118 car may plan with.
struct RelativeTimeInterval {
    Integer<> start{};                    // s from now
    std::optional<Integer<>> duration{};  // s
    WIRE_FIELDS(start, duration)
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
    WIRE_FIELDS(costKind, amount, amountMultiplier)
};

struct ConsumptionCost {
    Decimal startValue{};
    List<Cost, 1, 3> cost{};
    WIRE_FIELDS(startValue, cost)
};

// A price level counts from 0 (cheapest) upwards.
using PriceLevel = Integer<0>;

struct SalesTariffEntry {
    RelativeTimeInterval relativeTimeInterval{};
    std::optional<PriceLevel> ePriceLevel{};
    std::optional<List<ConsumptionCost, 1, 3>> consumptionCost{};
    WIRE_FIELDS(relativeTimeInterval, ePriceLevel, consumptionCost)
};

struct SalesTariff {
    Integer<> id{};
    std::optional<String<32>> salesTariffDescription{};
    std::optional<Integer<>> numEPriceLevels{};
    List<SalesTariffEntry, 1, 1024> salesTariffEntry{};
    WIRE_FIELDS(id, salesTariffDescription, numEPriceLevels, salesTariffEntry)
};

struct ChargingSchedule {
    Integer<> id{};
    std::optional<Timestamp> startSchedule{};  // absent in relative profiles
    std::optional<Integer<>> duration{};       // s; absent means without end
    ChargingRateUnit chargingRateUnit{};
    List<ChargingSchedulePeriod, 1, 1024> chargingSchedulePeriod{};
    std::optional<Decimal> minChargingRate{};  // a hint only
    std::optional<SalesTariff> salesTariff{};
    WIRE_FIELDS(id, startSchedule, duration, chargingRateUnit, chargingSchedulePeriod,
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
    WIRE_FIELDS(id, stackLevel, chargingProfilePurpose, chargingProfileKind, recurrencyKind,
        validFrom, validTo, chargingSchedule, transactionId)
};

enum class ChargingProfileStatus { accepted, rejected };
constexpr auto wire_names(ChargingProfileStatus) { return spelled("Accepted", "Rejected"); }

// Use case K01. A profile replaces the one with its id.
struct SetChargingProfileRequest {
    Integer<> evseId{};  // 0: the whole station (max), or each of its EVSEs (default)
    ChargingProfile chargingProfile{};
    WIRE_FIELDS(evseId, chargingProfile)
};
struct SetChargingProfileResponse {
    ChargingProfileStatus status{};
    std::optional<StatusInfo> statusInfo{};
    WIRE_FIELDS(status, statusInfo)
};

// Which profiles to clear: those that fit everything that is given.
struct ClearChargingProfile {
    std::optional<Integer<>> evseId{};
    std::optional<ChargingProfilePurpose> chargingProfilePurpose{};
    std::optional<Integer<>> stackLevel{};
    WIRE_FIELDS(evseId, chargingProfilePurpose, stackLevel)
};

enum class ClearChargingProfileStatus { accepted, unknown };
constexpr auto wire_names(ClearChargingProfileStatus) { return spelled("Accepted", "Unknown"); }

// Use case K10. The id or the criteria must be given (K10.FR.02).
struct ClearChargingProfileRequest {
    std::optional<Integer<>> chargingProfileId{};
    std::optional<ClearChargingProfile> chargingProfileCriteria{};
    WIRE_FIELDS(chargingProfileId, chargingProfileCriteria)
};
struct ClearChargingProfileResponse {
    ClearChargingProfileStatus status{};
    std::optional<StatusInfo> statusInfo{};
    WIRE_FIELDS(status, statusInfo)
};

struct CompositeSchedule {
    List<ChargingSchedulePeriod> chargingSchedulePeriod{};
    Integer<> evseId{};
    Integer<> duration{};  // s
    Timestamp scheduleStart{};
    ChargingRateUnit chargingRateUnit{};
    WIRE_FIELDS(chargingSchedulePeriod, evseId, duration, scheduleStart, chargingRateUnit)
};

// Use case K08: what all profiles together allow.
struct GetCompositeScheduleRequest {
    Integer<> duration{};  // s
    std::optional<ChargingRateUnit> chargingRateUnit{};
    Integer<> evseId{};  // 0: what the station expects to draw from the grid
    WIRE_FIELDS(duration, chargingRateUnit, evseId)
};
struct GetCompositeScheduleResponse {
    GenericStatus status{};
    std::optional<StatusInfo> statusInfo{};
    std::optional<CompositeSchedule> schedule{};
    WIRE_FIELDS(status, statusInfo, schedule)
};

}
