// OCPP 2.0.1, functional block N: monitors on variables, and the events that they raise.
#pragma once

#include "ocpp/v201/component.hpp"
#include "ocpp/v201/types.hpp"

namespace ocpp::v201 {

// All and FactoryDefault activate monitors that the maker has preset; HardWiredOnly leaves only
// those that are built in, and clears the others.
enum class MonitoringBase { all, factory_default, hard_wired_only };
constexpr auto wire_names(MonitoringBase)
{
    return spelled("All", "FactoryDefault", "HardWiredOnly");
}

// Use case N03: back to a set of monitors that the station knows.
struct SetMonitoringBaseRequest {
    MonitoringBase monitoringBase{};
    V2_FIELDS(monitoringBase)
};
struct SetMonitoringBaseResponse {
    GenericDeviceModelStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

// Thresholds and deltas look at the value; the periodic ones report it.
enum class MonitorType {
    upper_threshold,
    lower_threshold,
    delta,
    periodic,
    periodic_clock_aligned,
};
constexpr auto wire_names(MonitorType)
{
    return spelled("UpperThreshold", "LowerThreshold", "Delta", "Periodic", "PeriodicClockAligned");
}

// A monitor to set.
struct SetMonitoringData {
    std::optional<Integer<>> id{};      // of the monitor to replace
    std::optional<bool> transaction{};  // only during transactions; absent means no
    Decimal value{};                    // a limit, or s between reports
    MonitorType type{};
    Integer<> severity{};  // 0 (danger) to 9 (debug)
    Component component{};
    Variable variable{};
    V2_FIELDS(id, transaction, value, type, severity, component, variable)
};

enum class SetMonitoringStatus {
    accepted,
    unknown_component,
    unknown_variable,
    unsupported_monitor_type,
    rejected,
    duplicate,
};
constexpr auto wire_names(SetMonitoringStatus)
{
    return spelled("Accepted", "UnknownComponent", "UnknownVariable", "UnsupportedMonitorType",
        "Rejected", "Duplicate");
}

struct SetMonitoringResult {
    std::optional<Integer<>> id{};  // given when accepted
    std::optional<StatusInfo> statusInfo{};
    SetMonitoringStatus status{};
    MonitorType type{};
    Component component{};
    Variable variable{};
    Integer<> severity{};  // 0 (danger) to 9 (debug)
    V2_FIELDS(id, statusInfo, status, type, component, variable, severity)
};

// Use case N04: new monitors, or new settings of some.
struct SetVariableMonitoringRequest {
    List<SetMonitoringData> setMonitoringData{};
    V2_FIELDS(setMonitoringData)
};
struct SetVariableMonitoringResponse {
    List<SetMonitoringResult> setMonitoringResult{};
    V2_FIELDS(setMonitoringResult)
};

// Use case N05: which events are worth a message.
struct SetMonitoringLevelRequest {
    Integer<> severity{};  // events up to this number, 0 (danger) to 9 (debug)
    V2_FIELDS(severity)
};
struct SetMonitoringLevelResponse {
    GenericStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

enum class ClearMonitoringStatus { accepted, rejected, not_found };
constexpr auto wire_names(ClearMonitoringStatus)
{
    return spelled("Accepted", "Rejected", "NotFound");
}

struct ClearMonitoringResult {
    ClearMonitoringStatus status{};
    Integer<> id{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, id, statusInfo)
};

// Use case N06.
struct ClearVariableMonitoringRequest {
    List<Integer<>> id{};  // of the monitors
    V2_FIELDS(id)
};
struct ClearVariableMonitoringResponse {
    List<ClearMonitoringResult> clearMonitoringResult{};
    V2_FIELDS(clearMonitoringResult)
};

enum class MonitoringCriterion { threshold_monitoring, delta_monitoring, periodic_monitoring };
constexpr auto wire_names(MonitoringCriterion)
{
    return spelled("ThresholdMonitoring", "DeltaMonitoring", "PeriodicMonitoring");
}

// Use case N02: NotifyMonitoringReport brings the monitors that fit.
struct GetMonitoringReportRequest {
    std::optional<List<ComponentVariable>> componentVariable{};
    Integer<> requestId{};  // comes back in NotifyMonitoringReport
    // Absent: all.
    std::optional<List<MonitoringCriterion, 1, 3>> monitoringCriteria{};
    V2_FIELDS(componentVariable, requestId, monitoringCriteria)
};
struct GetMonitoringReportResponse {
    GenericDeviceModelStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

// One monitor.
struct VariableMonitoring {
    Integer<> id{};
    bool transaction{};  // only during transactions
    Decimal value{};     // a limit, or s between reports
    MonitorType type{};
    Integer<> severity{};  // 0 (danger) to 9 (debug)
    V2_FIELDS(id, transaction, value, type, severity)
};

// The monitors of one variable.
struct MonitoringData {
    Component component{};
    Variable variable{};
    List<VariableMonitoring> variableMonitoring{};
    V2_FIELDS(component, variable, variableMonitoring)
};

// Use case N02: one part of that report.
struct NotifyMonitoringReportRequest {
    std::optional<List<MonitoringData>> monitor{};
    Integer<> requestId{};
    std::optional<bool> tbc{};  // to be continued; absent means no
    Integer<> seqNo{};          // from 0 within the report
    Timestamp generatedAt{};
    V2_FIELDS(monitor, requestId, tbc, seqNo, generatedAt)
};
struct NotifyMonitoringReportResponse {
    V2_NO_FIELDS
};

enum class EventTrigger { alerting, delta, periodic };
constexpr auto wire_names(EventTrigger) { return spelled("Alerting", "Delta", "Periodic"); }

// Who set up what raised the event.
enum class EventNotificationType {
    hard_wired_notification,
    hard_wired_monitor,
    preconfigured_monitor,
    custom_monitor,
};
constexpr auto wire_names(EventNotificationType)
{
    return spelled(
        "HardWiredNotification", "HardWiredMonitor", "PreconfiguredMonitor", "CustomMonitor");
}

// One event.
struct EventData {
    Integer<> eventId{};
    Timestamp timestamp{};
    EventTrigger trigger{};
    std::optional<Integer<>> cause{};  // the event that led to this one
    String<2500> actualValue{};
    std::optional<String<50>> techCode{};   // the vendor's
    std::optional<String<500>> techInfo{};  // for technicians
    std::optional<bool> cleared{};          // back to normal
    std::optional<String<36>> transactionId{};
    Component component{};
    std::optional<Integer<>> variableMonitoringId{};  // of the monitor that found it
    EventNotificationType eventNotificationType{};
    Variable variable{};
    V2_FIELDS(eventId, timestamp, trigger, cause, actualValue, techCode, techInfo, cleared,
        transactionId, component, variableMonitoringId, eventNotificationType, variable)
};

// Use cases N07 and N08: monitors have found something, or the hardware has.
struct NotifyEventRequest {
    Timestamp generatedAt{};
    std::optional<bool> tbc{};  // to be continued; absent means no
    Integer<> seqNo{};          // from 0 within one notification
    List<EventData> eventData{};
    V2_FIELDS(generatedAt, tbc, seqNo, eventData)
};
struct NotifyEventResponse {
    V2_NO_FIELDS
};

}
