// OCPP 2.1, functional block R: the settings by which a distributed energy resource (DER) supports
// the grid, in the sense of IEEE 1547 and EN 50549.
#pragma once

#include "ocpp/field_types.hpp"
#include "ocpp/fields.hpp"

namespace ocpp::v21 {

// Names follow IEEE 1547: H and L are high and low, V and F voltage and frequency, MomCess
// momentary cessation, PF the power factor.
enum class DerControlType {
    enter_service,
    freq_droop,
    freq_watt,
    fixed_pf_absorb,
    fixed_pf_inject,
    fixed_var,
    gradients,
    hf_must_trip,
    hf_may_trip,
    hv_must_trip,
    hv_mom_cess,
    hv_may_trip,
    limit_max_discharge,
    lf_must_trip,
    lv_must_trip,
    lv_mom_cess,
    lv_may_trip,
    power_monitoring_must_trip,
    volt_var,
    volt_watt,
    watt_pf,
    watt_var,
};
constexpr auto wire_names(DerControlType)
{
    return spelled("EnterService", "FreqDroop", "FreqWatt", "FixedPFAbsorb", "FixedPFInject",
        "FixedVar", "Gradients", "HFMustTrip", "HFMayTrip", "HVMustTrip", "HVMomCess", "HVMayTrip",
        "LimitMaxDischarge", "LFMustTrip", "LVMustTrip", "LVMomCess", "LVMayTrip",
        "PowerMonitoringMustTrip", "VoltVar", "VoltWatt", "WattPF", "WattVar");
}

// The control type says what x is; yUnit is that of y. A power factor in y is negative when
// reactive power is injected.
struct DerCurvePoints {
    Decimal x{};
    Decimal y{};
    V2_FIELDS(x, y)
};

// How to return to normal after a grid event.
struct Hysteresis {
    std::optional<Decimal> hysteresisHigh{};      // in the curve's yUnit
    std::optional<Decimal> hysteresisLow{};       // in the curve's yUnit
    std::optional<Decimal> hysteresisDelay{};     // s
    std::optional<Decimal> hysteresisGradient{};  // percent per s
    V2_FIELDS(hysteresisHigh, hysteresisLow, hysteresisDelay, hysteresisGradient)
};

// For VoltVar curves.
struct ReactivePowerParams {
    std::optional<Decimal> vRef{};  // percent
    std::optional<bool> autonomousVRefEnable{};
    std::optional<Decimal> autonomousVRefTimeConstant{};  // s
    V2_FIELDS(vRef, autonomousVRefEnable, autonomousVRefTimeConstant)
};

// What is fed in while a fault is ridden through.
enum class PowerDuringCessation { active, reactive };
constexpr auto wire_names(PowerDuringCessation) { return spelled("Active", "Reactive"); }

// For curves of high voltage (EN 50549-1, section 4.9.3.4).
struct VoltageParams {
    std::optional<Decimal> hv10MinMeanValue{};      // V, mean of 10 minutes
    std::optional<Decimal> hv10MinMeanTripDelay{};  // s
    std::optional<PowerDuringCessation> powerDuringCessation{};
    V2_FIELDS(hv10MinMeanValue, hv10MinMeanTripDelay, powerDuringCessation)
};

// Of a curve's y: percent of the rated or of the available active (W) or reactive (Var) power, or
// of the effective voltage.
enum class DerUnit {
    not_applicable,
    pct_max_w,
    pct_max_var,
    pct_w_avail,
    pct_var_avail,
    pct_effective_v,
};
constexpr auto wire_names(DerUnit)
{
    return spelled(
        "Not_Applicable", "PctMaxW", "PctMaxVar", "PctWAvail", "PctVarAvail", "PctEffectiveV");
}

// A curve of up to ten points. Starting time and duration are absent in a default.
struct DerCurve {
    List<DerCurvePoints, 1, 10> curveData{};
    std::optional<Hysteresis> hysteresis{};
    Integer<0> priority{};  // 0 goes first
    std::optional<ReactivePowerParams> reactivePowerParams{};
    std::optional<VoltageParams> voltageParams{};
    DerUnit yUnit{};
    std::optional<Decimal> responseTime{};  // s, to 90 % of the new target; 0: no limit
    std::optional<Timestamp> startTime{};
    std::optional<Decimal> duration{};  // s
    V2_FIELDS(curveData, hysteresis, priority, reactivePowerParams, voltageParams, yUnit,
        responseTime, startTime, duration)
};

// When it may connect to the grid again.
struct EnterService {
    Integer<0> priority{};                 // 0 goes first
    Decimal highVoltage{};                 // V
    Decimal lowVoltage{};                  // V
    Decimal highFreq{};                    // Hz
    Decimal lowFreq{};                     // Hz
    std::optional<Decimal> delay{};        // s
    std::optional<Decimal> randomDelay{};  // s
    std::optional<Decimal> rampRate{};     // s
    V2_FIELDS(priority, highVoltage, lowVoltage, highFreq, lowFreq, delay, randomDelay, rampRate)
};

// A fixed power factor.
struct FixedPf {
    Integer<0> priority{};   // 0 goes first
    Decimal displacement{};  // cos(phi), 0 to 1
    bool excitation{};       // true: absorbs reactive power (under-excited)
    std::optional<Timestamp> startTime{};
    std::optional<Decimal> duration{};  // s
    V2_FIELDS(priority, displacement, excitation, startTime, duration)
};

// A fixed reactive power.
struct FixedVar {
    Integer<0> priority{};  // 0 goes first
    Decimal setpoint{};     // percent, -100 to 100; discharging is positive
    DerUnit unit{};
    std::optional<Timestamp> startTime{};
    std::optional<Decimal> duration{};  // s
    V2_FIELDS(priority, setpoint, unit, startTime, duration)
};

// Power falls or rises with the frequency.
struct FreqDroop {
    Integer<0> priority{};   // 0 goes first
    Decimal overFreq{};      // Hz
    Decimal underFreq{};     // Hz
    Decimal overDroop{};     // per unit
    Decimal underDroop{};    // per unit
    Decimal responseTime{};  // s
    std::optional<Timestamp> startTime{};
    std::optional<Decimal> duration{};  // s
    V2_FIELDS(
        priority, overFreq, underFreq, overDroop, underDroop, responseTime, startTime, duration)
};

// How fast power may change.
struct Gradient {
    Integer<0> priority{};   // 0 goes first
    Decimal gradient{};      // s; 0 if it does not apply
    Decimal softGradient{};  // s, at the start; 0 if it does not apply
    V2_FIELDS(priority, gradient, softGradient)
};

// A limit for what is given back.
struct LimitMaxDischarge {
    Integer<0> priority{};                          // 0 goes first
    std::optional<Decimal> pctMaxDischargePower{};  // percent of the rated power
    std::optional<DerCurve> powerMonitoringMustTrip{};
    std::optional<Timestamp> startTime{};
    std::optional<Decimal> duration{};  // s
    V2_FIELDS(priority, pctMaxDischargePower, powerMonitoringMustTrip, startTime, duration)
};

}
