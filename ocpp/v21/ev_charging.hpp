// OCPP 2.1, functional block K: what a car with ISO 15118 needs, and how it plans to charge.
#pragma once

#include "ocpp/v21/charging_profiles.hpp"
#include "ocpp/v21/der_settings.hpp"
#include "ocpp/v21/types.hpp"
#include "ocpp/v21/v2x.hpp"

namespace ocpp::v21 {

// What the car can do with AC.
struct AcChargingParameters {
    Decimal energyAmount{};  // Wh
    Decimal evMinCurrent{};  // A per phase
    Decimal evMaxCurrent{};  // A per phase, the cable considered
    Decimal evMaxVoltage{};  // V
    V2_FIELDS(energyAmount, evMinCurrent, evMaxCurrent, evMaxVoltage)
};

// How the car finds out that the grid is gone.
enum class IslandingDetection {
    no_anti_islanding_support,
    rocof,
    uvp_ovp,
    ufp_ofp,
    voltage_vector_shift,
    zero_crossing_detection,
    other_passive,
    impedance_measurement,
    impedance_at_frequency,
    slip_mode_frequency_shift,
    sandia_frequency_shift,
    sandia_voltage_shift,
    frequency_jump,
    rclq_factor,
    other_active,
};
constexpr auto wire_names(IslandingDetection)
{
    return spelled("NoAntiIslandingSupport", "RoCoF", "UVP_OVP", "UFP_OFP", "VoltageVectorShift",
        "ZeroCrossingDetection", "OtherPassive", "ImpedanceMeasurement", "ImpedanceAtFrequency",
        "SlipModeFrequencyShift", "SandiaFrequencyShift", "SandiaVoltageShift", "FrequencyJump",
        "RCLQFactor", "OtherActive");
}

// The settings of the inverter in the car, as car and EVSE have agreed on them (ISO 15118-20,
// AC_BPT_DER). A minimum is the greater of the two, a maximum the smaller. The fields without L2 or
// L3 are the sum of the phases, or phase L1 if those are given. Apparent power is in VA, reactive
// power in var, voltage in V.
struct DerChargingParameters {
    std::optional<List<DerControlType>> evSupportedDERControl{};
    std::optional<Decimal> evOverExcitedMaxDischargePower{};  // W
    std::optional<Decimal> evOverExcitedPowerFactor{};
    std::optional<Decimal> evUnderExcitedMaxDischargePower{};  // W
    std::optional<Decimal> evUnderExcitedPowerFactor{};
    std::optional<Decimal> maxApparentPower{};  // VA, both directions
    std::optional<Decimal> maxChargeApparentPower{};
    std::optional<Decimal> maxChargeApparentPower_L2{};
    std::optional<Decimal> maxChargeApparentPower_L3{};
    std::optional<Decimal> maxDischargeApparentPower{};
    std::optional<Decimal> maxDischargeApparentPower_L2{};
    std::optional<Decimal> maxDischargeApparentPower_L3{};
    std::optional<Decimal> maxChargeReactivePower{};
    std::optional<Decimal> maxChargeReactivePower_L2{};
    std::optional<Decimal> maxChargeReactivePower_L3{};
    std::optional<Decimal> minChargeReactivePower{};
    std::optional<Decimal> minChargeReactivePower_L2{};
    std::optional<Decimal> minChargeReactivePower_L3{};
    std::optional<Decimal> maxDischargeReactivePower{};
    std::optional<Decimal> maxDischargeReactivePower_L2{};
    std::optional<Decimal> maxDischargeReactivePower_L3{};
    std::optional<Decimal> minDischargeReactivePower{};
    std::optional<Decimal> minDischargeReactivePower_L2{};
    std::optional<Decimal> minDischargeReactivePower_L3{};
    std::optional<Decimal> nominalVoltage{};
    std::optional<Decimal> nominalVoltageOffset{};  // V to the grid's point of connection
    std::optional<Decimal> maxNominalVoltage{};
    std::optional<Decimal> minNominalVoltage{};
    std::optional<String<50>> evInverterManufacturer{};
    std::optional<String<50>> evInverterModel{};
    std::optional<String<50>> evInverterSerialNumber{};
    std::optional<String<50>> evInverterSwVersion{};
    std::optional<String<50>> evInverterHwVersion{};
    std::optional<List<IslandingDetection>> evIslandingDetectionMethod{};
    std::optional<Decimal> evIslandingTripTime{};                     // s
    std::optional<Decimal> evMaximumLevel1DCInjection{};              // A
    std::optional<Decimal> evDurationLevel1DCInjection{};             // s
    std::optional<Decimal> evMaximumLevel2DCInjection{};              // A
    std::optional<Decimal> evDurationLevel2DCInjection{};             // s
    std::optional<Decimal> evReactiveSusceptance{};                   // S
    std::optional<Decimal> evSessionTotalDischargeEnergyAvailable{};  // Wh
    V2_FIELDS(evSupportedDERControl, evOverExcitedMaxDischargePower, evOverExcitedPowerFactor,
        evUnderExcitedMaxDischargePower, evUnderExcitedPowerFactor, maxApparentPower,
        maxChargeApparentPower, maxChargeApparentPower_L2, maxChargeApparentPower_L3,
        maxDischargeApparentPower, maxDischargeApparentPower_L2, maxDischargeApparentPower_L3,
        maxChargeReactivePower, maxChargeReactivePower_L2, maxChargeReactivePower_L3,
        minChargeReactivePower, minChargeReactivePower_L2, minChargeReactivePower_L3,
        maxDischargeReactivePower, maxDischargeReactivePower_L2, maxDischargeReactivePower_L3,
        minDischargeReactivePower, minDischargeReactivePower_L2, minDischargeReactivePower_L3,
        nominalVoltage, nominalVoltageOffset, maxNominalVoltage, minNominalVoltage,
        evInverterManufacturer, evInverterModel, evInverterSerialNumber, evInverterSwVersion,
        evInverterHwVersion, evIslandingDetectionMethod, evIslandingTripTime,
        evMaximumLevel1DCInjection, evDurationLevel1DCInjection, evMaximumLevel2DCInjection,
        evDurationLevel2DCInjection, evReactiveSusceptance, evSessionTotalDischargeEnergyAvailable)
};

// Holds from this power up to the next rule's.
struct EvPriceRule {
    Decimal energyFee{};        // per kWh
    Decimal powerRangeStart{};  // W, discharging is negative
    V2_FIELDS(energyFee, powerRangeStart)
};

struct EvAbsolutePriceScheduleEntry {
    Integer<> duration{};  // s
    List<EvPriceRule, 1, 8> evPriceRule{};
    V2_FIELDS(duration, evPriceRule)
};

struct EvAbsolutePriceSchedule {
    Timestamp timeAnchor{};  // durations count from here
    String<3> currency{};    // ISO 4217
    List<EvAbsolutePriceScheduleEntry, 1, 1024> evAbsolutePriceScheduleEntries{};
    String<2000> priceAlgorithm{};  // a URN
    V2_FIELDS(timeAnchor, currency, evAbsolutePriceScheduleEntries, priceAlgorithm)
};

struct EvPowerScheduleEntry {
    Integer<> duration{};  // s
    Decimal power{};       // W, discharging is negative
    V2_FIELDS(duration, power)
};

struct EvPowerSchedule {
    List<EvPowerScheduleEntry, 1, 1024> evPowerScheduleEntries{};
    Timestamp timeAnchor{};  // durations count from here
    V2_FIELDS(evPowerScheduleEntries, timeAnchor)
};

// The energy that the car would give back, and its price.
struct EvEnergyOffer {
    std::optional<EvAbsolutePriceSchedule> evAbsolutePriceSchedule{};
    EvPowerSchedule evPowerSchedule{};
    V2_FIELDS(evAbsolutePriceSchedule, evPowerSchedule)
};

// What the car can do with DC.
struct DcChargingParameters {
    Decimal evMaxCurrent{};                          // A, the cable considered
    Decimal evMaxVoltage{};                          // V
    std::optional<Decimal> evMaxPower{};             // W
    std::optional<Decimal> evEnergyCapacity{};       // Wh
    std::optional<Decimal> energyAmount{};           // Wh
    std::optional<Integer<0, 100>> stateOfCharge{};  // percent
    std::optional<Integer<0, 100>> fullSoC{};        // percent: full to the car
    std::optional<Integer<0, 100>> bulkSoC{};        // percent: fast charging ends
    V2_FIELDS(evMaxCurrent, evMaxVoltage, evMaxPower, evEnergyCapacity, energyAmount, stateOfCharge,
        fullSoC, bulkSoC)
};

// What car and EVSE together can do in both directions (ISO 15118-20). A minimum is the greater of
// the two, a maximum the smaller. The fields without L2 or L3 are the sum of the phases, or phase
// L1 if those are given. Power is in W, current in A, voltage in V.
struct V2xChargingParameters {
    std::optional<Decimal> minChargePower{};
    std::optional<Decimal> minChargePower_L2{};
    std::optional<Decimal> minChargePower_L3{};
    std::optional<Decimal> maxChargePower{};
    std::optional<Decimal> maxChargePower_L2{};
    std::optional<Decimal> maxChargePower_L3{};
    std::optional<Decimal> minDischargePower{};
    std::optional<Decimal> minDischargePower_L2{};
    std::optional<Decimal> minDischargePower_L3{};
    std::optional<Decimal> maxDischargePower{};
    std::optional<Decimal> maxDischargePower_L2{};
    std::optional<Decimal> maxDischargePower_L3{};
    std::optional<Decimal> minChargeCurrent{};
    std::optional<Decimal> maxChargeCurrent{};
    std::optional<Decimal> minDischargeCurrent{};
    std::optional<Decimal> maxDischargeCurrent{};
    std::optional<Decimal> minVoltage{};
    std::optional<Decimal> maxVoltage{};
    std::optional<Decimal> evTargetEnergyRequest{};  // Wh to the target
    std::optional<Decimal> evMinEnergyRequest{};     // Wh to the least that is allowed
    std::optional<Decimal> evMaxEnergyRequest{};     // Wh to the most
    std::optional<Decimal> evMinV2XEnergyRequest{};  // Wh to the lower end for V2X
    std::optional<Decimal> evMaxV2XEnergyRequest{};  // Wh to the upper end for V2X
    std::optional<Integer<0, 100>> targetSoC{};      // percent, at departure
    V2_FIELDS(minChargePower, minChargePower_L2, minChargePower_L3, maxChargePower,
        maxChargePower_L2, maxChargePower_L3, minDischargePower, minDischargePower_L2,
        minDischargePower_L3, maxDischargePower, maxDischargePower_L2, maxDischargePower_L3,
        minChargeCurrent, maxChargeCurrent, minDischargeCurrent, maxDischargeCurrent, minVoltage,
        maxVoltage, evTargetEnergyRequest, evMinEnergyRequest, evMaxEnergyRequest,
        evMinV2XEnergyRequest, evMaxV2XEnergyRequest, targetSoC)
};

// Scheduled: the car follows the schedule that it chose. Dynamic: it follows setpoints.
enum class ControlMode { scheduled_control, dynamic_control };
constexpr auto wire_names(ControlMode) { return spelled("ScheduledControl", "DynamicControl"); }

// Who may set the car's target and departure: the car alone (EVCC), or the station as well.
enum class MobilityNeedsMode { evcc, evcc_secc };
constexpr auto wire_names(MobilityNeedsMode) { return spelled("EVCC", "EVCC_SECC"); }

// What the car wants.
struct ChargingNeeds {
    std::optional<AcChargingParameters> acChargingParameters{};
    std::optional<DerChargingParameters> derChargingParameters{};
    std::optional<EvEnergyOffer> evEnergyOffer{};  // to give back
    EnergyTransferMode requestedEnergyTransfer{};
    std::optional<DcChargingParameters> dcChargingParameters{};
    std::optional<V2xChargingParameters> v2xChargingParameters{};
    std::optional<List<EnergyTransferMode>> availableEnergyTransfer{};  // what the car can do
    std::optional<ControlMode> controlMode{};                           // absent means scheduled
    std::optional<MobilityNeedsMode> mobilityNeedsMode{};
    std::optional<Timestamp> departureTime{};
    V2_FIELDS(acChargingParameters, derChargingParameters, evEnergyOffer, requestedEnergyTransfer,
        dcChargingParameters, v2xChargingParameters, availableEnergyTransfer, controlMode,
        mobilityNeedsMode, departureTime)
};

enum class NotifyEvChargingNeedsStatus { accepted, rejected, processing, no_charging_profile };
constexpr auto wire_names(NotifyEvChargingNeedsStatus)
{
    return spelled("Accepted", "Rejected", "Processing", "NoChargingProfile");
}

// Use cases K15 and K17 to K20, Q01 and Q02: what the car wants. A SetChargingProfile should answer
// it.
struct NotifyEVChargingNeedsRequest {
    Integer<1> evseId{};
    std::optional<Integer<0>> maxScheduleTuples{};  // how many periods the car can take
    ChargingNeeds chargingNeeds{};
    std::optional<Timestamp> timestamp{};  // of the needs, if the station was offline then
    V2_FIELDS(evseId, maxScheduleTuples, chargingNeeds, timestamp)
};
struct NotifyEVChargingNeedsResponse {
    NotifyEvChargingNeedsStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

// Use cases K15 to K20: what the car will do within the limits that it got.
struct NotifyEVChargingScheduleRequest {
    Timestamp timeBase{};  // periods count from here
    ChargingSchedule chargingSchedule{};
    Integer<1> evseId{};
    std::optional<Integer<0>> selectedChargingScheduleId{};  // of the profile's schedules
    std::optional<bool> powerToleranceAcceptance{};          // by the car
    V2_FIELDS(
        timeBase, chargingSchedule, evseId, selectedChargingScheduleId, powerToleranceAcceptance)
};
struct NotifyEVChargingScheduleResponse {
    GenericStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

}
