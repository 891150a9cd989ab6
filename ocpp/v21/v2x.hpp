// OCPP 2.1, functional block Q: cars that also give energy back.
#pragma once

#include "ocpp/v21/types.hpp"

namespace ocpp::v21 {

// Who decides how much flows, and in which direction. Absent means charging only.
enum class OperationMode {
    idle,
    charging_only,
    central_setpoint,      // the central system's setpoint
    external_setpoint,     // a setpoint from a local system
    external_limits,       // limits from a local system
    central_frequency,     // the central system follows the frequency
    local_frequency,       // the station follows the frequency
    local_load_balancing,  // the station follows the site's load
};
constexpr auto wire_names(OperationMode)
{
    return spelled("Idle", "ChargingOnly", "CentralSetpoint", "ExternalSetpoint", "ExternalLimits",
        "CentralFrequency", "LocalFrequency", "LocalLoadBalancing");
}

// A point of a curve from the grid's frequency to power.
struct V2xFreqWattPoint {
    Decimal frequency{};  // Hz
    Decimal power{};      // W, discharging is negative
    V2_FIELDS(frequency, power)
};

// A point of a curve from the AFRRSignal to power.
struct V2xSignalWattPoint {
    Integer<> signal{};
    Decimal power{};  // W, discharging is negative
    V2_FIELDS(signal, power)
};

// BPT: in both directions. DER: with support of the grid. ACDP: a pantograph. WPT: wireless.
enum class EnergyTransferMode {
    ac_single_phase,
    ac_two_phase,
    ac_three_phase,
    dc,
    ac_bpt,
    ac_bpt_der,
    ac_der,
    dc_bpt,
    dc_acdp,
    dc_acdp_bpt,
    wpt,
};
constexpr auto wire_names(EnergyTransferMode)
{
    return spelled("AC_single_phase", "AC_two_phase", "AC_three_phase", "DC", "AC_BPT",
        "AC_BPT_DER", "AC_DER", "DC_BPT", "DC_ACDP", "DC_ACDP_BPT", "WPT");
}

enum class NotifyAllowedEnergyTransferStatus { accepted, rejected };
constexpr auto wire_names(NotifyAllowedEnergyTransferStatus)
{
    return spelled("Accepted", "Rejected");
}

// Use case Q02: the driver of a running transaction may now use these modes.
struct NotifyAllowedEnergyTransferRequest {
    String<36> transactionId{};
    List<EnergyTransferMode> allowedEnergyTransfer{};
    V2_FIELDS(transactionId, allowedEnergyTransfer)
};
struct NotifyAllowedEnergyTransferResponse {
    NotifyAllowedEnergyTransferStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

// Use case Q08: the grid operator's signal for frequency restoration, passed on. The station looks
// the power up in v2xSignalWattCurve.
struct AFRRSignalRequest {
    Timestamp timestamp{};  // when the signal takes effect
    Integer<> signal{};     // as in v2xSignalWattCurve
    V2_FIELDS(timestamp, signal)
};
struct AFRRSignalResponse {
    GenericStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

}
