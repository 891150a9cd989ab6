// OCPP 2.1, functional block K: charging profiles and what they are made of.
#pragma once

#include "ocpp/v201/smart_charging.hpp"
#include "ocpp/v21/price_schedules.hpp"
#include "ocpp/v21/v2x.hpp"

namespace ocpp::v21 {

using v201::ChargingProfileStatus;
using v201::ChargingRateUnit;
using v201::RecurrencyKind;

// Within one purpose the highest stack level wins; between purposes the smallest limit does, except
// that a TxProfile stands instead of the TxDefaultProfile, a PriorityCharging profile instead of
// both while it is switched on, and LocalGeneration adds to what is left.
enum class ChargingProfilePurpose {
    charging_station_external_constraints,  // never set or cleared by the central system
    charging_station_max_profile,
    tx_default_profile,
    tx_profile,
    priority_charging,
    local_generation,
};
constexpr auto wire_names(ChargingProfilePurpose)
{
    return spelled("ChargingStationExternalConstraints", "ChargingStationMaxProfile",
        "TxDefaultProfile", "TxProfile", "PriorityCharging", "LocalGeneration");
}

// Dynamic: one period, whose values change by messages.
enum class ChargingProfileKind { absolute, recurring, relative, dynamic };
constexpr auto wire_names(ChargingProfileKind)
{
    return spelled("Absolute", "Recurring", "Relative", "Dynamic");
}

// A smaller limit for a battery that is nearly full.
struct LimitAtSoc {
    Integer<0, 100> soc{};  // percent
    Decimal limit{};        // in the schedule's unit
    V2_FIELDS(soc, limit)
};

// Lasts until the next period begins or the schedule ends. Values are in the schedule's unit;
// discharging is negative. The fields without L2 or L3 are the sum of the phases, or phase L1 if
// those are given. The operation mode says which of them are needed.
struct ChargingSchedulePeriod {
    Integer<> startPeriod{};         // s from the schedule's start
    std::optional<Decimal> limit{};  // absent only where the mode needs none
    std::optional<Decimal> limit_L2{};
    std::optional<Decimal> limit_L3{};
    std::optional<Integer<0, 3>> numberPhases{};  // absent means 3 on AC
    std::optional<Integer<0, 3>> phaseToUse{};    // 1 to 3, only where the EVSE can switch phases
    std::optional<Number<unbounded_below, 0>> dischargeLimit{};
    std::optional<Number<unbounded_below, 0>> dischargeLimit_L2{};
    std::optional<Number<unbounded_below, 0>> dischargeLimit_L3{};
    std::optional<Decimal> setpoint{};  // to be met as closely as possible
    std::optional<Decimal> setpoint_L2{};
    std::optional<Decimal> setpoint_L3{};
    std::optional<Decimal> setpointReactive{};  // inductive is positive
    std::optional<Decimal> setpointReactive_L2{};
    std::optional<Decimal> setpointReactive_L3{};
    std::optional<bool> preconditioningRequest{};  // keep the battery warm
    std::optional<bool> evseSleep{};               // power electronics off; absent means no
    std::optional<Decimal> v2xBaseline{};          // W; the curves add to it
    std::optional<OperationMode> operationMode{};
    std::optional<List<V2xFreqWattPoint, 1, 20>> v2xFreqWattCurve{};
    std::optional<List<V2xSignalWattPoint, 1, 20>> v2xSignalWattCurve{};
    V2_FIELDS(startPeriod, limit, limit_L2, limit_L3, numberPhases, phaseToUse, dischargeLimit,
        dischargeLimit_L2, dischargeLimit_L3, setpoint, setpoint_L2, setpoint_L3, setpointReactive,
        setpointReactive_L2, setpointReactive_L3, preconditioningRequest, evseSleep, v2xBaseline,
        operationMode, v2xFreqWattCurve, v2xSignalWattCurve)
};

struct ChargingSchedule {
    Integer<> id{};
    std::optional<LimitAtSoc> limitAtSoC{};
    std::optional<Timestamp> startSchedule{};  // absent in relative profiles
    std::optional<Integer<>> duration{};       // s; absent means without end
    ChargingRateUnit chargingRateUnit{};
    std::optional<Decimal> minChargingRate{};  // a hint only
    std::optional<Decimal> powerTolerance{};
    std::optional<Integer<0>> signatureId{};  // names it in a signature
    std::optional<String<88>> digestValue{};  // Base64, of the price schedule in EXI
    std::optional<bool> useLocalTime{};       // zones in its times do not count
    List<ChargingSchedulePeriod, 1, 1024> chargingSchedulePeriod{};
    std::optional<Integer<0>> randomizedDelay{};  // s; each period starts up to so much later
    std::optional<SalesTariff> salesTariff{};
    std::optional<AbsolutePriceSchedule> absolutePriceSchedule{};
    std::optional<PriceLevelSchedule> priceLevelSchedule{};
    V2_FIELDS(id, limitAtSoC, startSchedule, duration, chargingRateUnit, minChargingRate,
        powerTolerance, signatureId, digestValue, useLocalTime, chargingSchedulePeriod,
        randomizedDelay, salesTariff, absolutePriceSchedule, priceLevelSchedule)
};

struct ChargingProfile {
    Integer<> id{};
    Integer<0> stackLevel{};  // from 0
    ChargingProfilePurpose chargingProfilePurpose{};
    ChargingProfileKind chargingProfileKind{};
    std::optional<RecurrencyKind> recurrencyKind{};
    std::optional<Timestamp> validFrom{};
    std::optional<Timestamp> validTo{};
    std::optional<String<36>> transactionId{};      // of a TxProfile
    std::optional<Integer<>> maxOfflineDuration{};  // s; absent: valid however long offline
    List<ChargingSchedule, 1, 3> chargingSchedule{};
    std::optional<bool> invalidAfterOfflineDuration{};    // for ever; absent means no
    std::optional<Integer<>> dynUpdateInterval{};         // s between pulls; 0 or absent: none
    std::optional<Timestamp> dynUpdateTime{};             // of the last change
    std::optional<String<256>> priceScheduleSignature{};  // Base64 (ISO 15118-20)
    V2_FIELDS(id, stackLevel, chargingProfilePurpose, chargingProfileKind, recurrencyKind,
        validFrom, validTo, transactionId, maxOfflineDuration, chargingSchedule,
        invalidAfterOfflineDuration, dynUpdateInterval, dynUpdateTime, priceScheduleSignature)
};

}
