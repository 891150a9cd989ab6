// OCPP 2.1, functional block R: setting DER controls, asking for them, and what the station tells
// of them.
#pragma once

#include "ocpp/v21/der_settings.hpp"
#include "ocpp/v21/types.hpp"

namespace ocpp::v21 {

enum class DerControlStatus { accepted, rejected, not_supported, not_found };
constexpr auto wire_names(DerControlStatus)
{
    return spelled("Accepted", "Rejected", "NotSupported", "NotFound");
}

// Use case R04: the field that belongs to controlType is given. Defaults hold for ever, others for
// a time.
struct SetDERControlRequest {
    bool isDefault{};
    String<36> controlId{};
    DerControlType controlType{};
    std::optional<DerCurve> curve{};
    std::optional<EnterService> enterService{};
    std::optional<FixedPf> fixedPFAbsorb{};
    std::optional<FixedPf> fixedPFInject{};
    std::optional<FixedVar> fixedVar{};
    std::optional<FreqDroop> freqDroop{};
    std::optional<Gradient> gradient{};
    std::optional<LimitMaxDischarge> limitMaxDischarge{};
    V2_FIELDS(isDefault, controlId, controlType, curve, enterService, fixedPFAbsorb, fixedPFInject,
        fixedVar, freqDroop, gradient, limitMaxDischarge)
};
struct SetDERControlResponse {
    DerControlStatus status{};
    std::optional<StatusInfo> statusInfo{};
    std::optional<List<String<36>, 1, 24>> supersededIds{};  // controls that this one overrules
    V2_FIELDS(status, statusInfo, supersededIds)
};

// Use case R04: ReportDERControl brings those that fit.
struct GetDERControlRequest {
    Integer<> requestId{};                        // comes back in ReportDERControl
    std::optional<bool> isDefault{};              // false: scheduled ones; absent: both
    std::optional<DerControlType> controlType{};  // absent: all
    std::optional<String<36>> controlId{};        // then the others do not count
    V2_FIELDS(requestId, isDefault, controlType, controlId)
};
struct GetDERControlResponse {
    DerControlStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

struct DerCurveGet {
    DerCurve curve{};
    String<36> id{};
    DerControlType curveType{};
    bool isDefault{};
    bool isSuperseded{};
    V2_FIELDS(curve, id, curveType, isDefault, isSuperseded)
};

struct EnterServiceGet {
    EnterService enterService{};
    String<36> id{};
    V2_FIELDS(enterService, id)
};

struct FixedPfGet {
    FixedPf fixedPF{};
    String<36> id{};
    bool isDefault{};
    bool isSuperseded{};
    V2_FIELDS(fixedPF, id, isDefault, isSuperseded)
};

struct FixedVarGet {
    FixedVar fixedVar{};
    String<36> id{};
    bool isDefault{};
    bool isSuperseded{};
    V2_FIELDS(fixedVar, id, isDefault, isSuperseded)
};

struct FreqDroopGet {
    FreqDroop freqDroop{};
    String<36> id{};
    bool isDefault{};
    bool isSuperseded{};
    V2_FIELDS(freqDroop, id, isDefault, isSuperseded)
};

struct GradientGet {
    Gradient gradient{};
    String<36> id{};
    V2_FIELDS(gradient, id)
};

struct LimitMaxDischargeGet {
    String<36> id{};
    bool isDefault{};
    bool isSuperseded{};
    LimitMaxDischarge limitMaxDischarge{};
    V2_FIELDS(id, isDefault, isSuperseded, limitMaxDischarge)
};

// Use case R04: one part of that report.
struct ReportDERControlRequest {
    std::optional<List<DerCurveGet, 1, 24>> curve{};
    std::optional<List<EnterServiceGet, 1, 24>> enterService{};
    std::optional<List<FixedPfGet, 1, 24>> fixedPFAbsorb{};
    std::optional<List<FixedPfGet, 1, 24>> fixedPFInject{};
    std::optional<List<FixedVarGet, 1, 24>> fixedVar{};
    std::optional<List<FreqDroopGet, 1, 24>> freqDroop{};
    std::optional<List<GradientGet, 1, 24>> gradient{};
    std::optional<List<LimitMaxDischargeGet, 1, 24>> limitMaxDischarge{};
    Integer<> requestId{};
    std::optional<bool> tbc{};  // to be continued; absent means no
    V2_FIELDS(curve, enterService, fixedPFAbsorb, fixedPFInject, fixedVar, freqDroop, gradient,
        limitMaxDischarge, requestId, tbc)
};
struct ReportDERControlResponse {
    V2_NO_FIELDS
};

// Use case R04: one control by its id, or all of a type, or all.
struct ClearDERControlRequest {
    bool isDefault{};                             // false: scheduled ones
    std::optional<DerControlType> controlType{};  // absent: all
    std::optional<String<36>> controlId{};        // then the type does not count
    V2_FIELDS(isDefault, controlType, controlId)
};
struct ClearDERControlResponse {
    DerControlStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

enum class GridEventFault {
    current_imbalance,
    local_emergency,
    low_input_power,
    over_current,
    over_frequency,
    over_voltage,
    phase_rotation,
    remote_emergency,
    under_frequency,
    under_voltage,
    voltage_imbalance,
};
constexpr auto wire_names(GridEventFault)
{
    return spelled("CurrentImbalance", "LocalEmergency", "LowInputPower", "OverCurrent",
        "OverFrequency", "OverVoltage", "PhaseRotation", "RemoteEmergency", "UnderFrequency",
        "UnderVoltage", "VoltageImbalance");
}

// Use case R05: a grid event has called a control into action, or is over.
struct NotifyDERAlarmRequest {
    DerControlType controlType{};
    std::optional<GridEventFault> gridEventFault{};
    std::optional<bool> alarmEnded{};  // absent means no
    Timestamp timestamp{};
    std::optional<String<200>> extraInfo{};
    V2_FIELDS(controlType, gridEventFault, alarmEnded, timestamp, extraInfo)
};
struct NotifyDERAlarmResponse {
    V2_NO_FIELDS
};

// Use case R04: a control with a time of its own has begun or ended.
struct NotifyDERStartStopRequest {
    String<36> controlId{};
    bool started{};  // else it has ended
    Timestamp timestamp{};
    std::optional<List<String<36>, 1, 24>> supersededIds{};  // controls that this one overrules
    V2_FIELDS(controlId, started, timestamp, supersededIds)
};
struct NotifyDERStartStopResponse {
    V2_NO_FIELDS
};

}
