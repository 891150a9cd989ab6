// OCPP 2.1, functional block N: monitors on variables, and the events that they raise.
#pragma once

#include "ocpp/v201/monitoring.hpp"
#include "ocpp/v21/component.hpp"
#include "ocpp/v21/types.hpp"

namespace ocpp::v21 {

using v201::ClearMonitoringStatus;
using v201::EventNotificationType;
using v201::EventTrigger;
using v201::MonitoringBase;
using v201::MonitoringCriterion;
using v201::SetMonitoringStatus;

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

// How often a stream is sent: what comes first. At least one is given.
struct PeriodicEventStreamParams {
    std::optional<Integer<0>> interval{};  // s
    std::optional<Integer<0>> values{};    // so many together
    V2_FIELDS(interval, values)
};

// Thresholds and deltas look at the value; the periodic ones report it.
enum class MonitorType {
    upper_threshold,
    lower_threshold,
    delta,
    periodic,
    periodic_clock_aligned,
    target_delta,
    target_delta_relative,
};
constexpr auto wire_names(MonitorType)
{
    return spelled("UpperThreshold", "LowerThreshold", "Delta", "Periodic", "PeriodicClockAligned",
        "TargetDelta", "TargetDeltaRelative");
}

// A monitor to set.
struct SetMonitoringData {
    std::optional<Integer<0>> id{};  // of the monitor to replace
    // Report by a stream.
    std::optional<PeriodicEventStreamParams> periodicEventStream{};
    std::optional<bool> transaction{};  // only during transactions; absent means no
    Decimal value{};                    // a limit, or s between reports
    MonitorType type{};
    Integer<0> severity{};  // 0 (danger) to 9 (debug)
    Component component{};
    Variable variable{};
    V2_FIELDS(id, periodicEventStream, transaction, value, type, severity, component, variable)
};

struct SetMonitoringResult {
    std::optional<Integer<0>> id{};  // given when accepted
    std::optional<StatusInfo> statusInfo{};
    SetMonitoringStatus status{};
    MonitorType type{};
    Component component{};
    Variable variable{};
    Integer<0> severity{};  // 0 (danger) to 9 (debug)
    V2_FIELDS(id, statusInfo, status, type, component, variable, severity)
};

// Use cases N04 and N11: new monitors, or new settings of some.
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
    Integer<0> severity{};  // events up to this number, 0 (danger) to 9 (debug)
    V2_FIELDS(severity)
};
struct SetMonitoringLevelResponse {
    GenericStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

struct ClearMonitoringResult {
    ClearMonitoringStatus status{};
    Integer<0> id{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, id, statusInfo)
};

// Use case N06.
struct ClearVariableMonitoringRequest {
    List<Integer<0>> id{};  // of the monitors
    V2_FIELDS(id)
};
struct ClearVariableMonitoringResponse {
    List<ClearMonitoringResult> clearMonitoringResult{};
    V2_FIELDS(clearMonitoringResult)
};

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
    Integer<0> id{};
    bool transaction{};  // only during transactions
    Decimal value{};     // a limit, or s between reports
    MonitorType type{};
    Integer<0> severity{};  // 0 (danger) to 9 (debug)
    EventNotificationType eventNotificationType{};
    V2_FIELDS(id, transaction, value, type, severity, eventNotificationType)
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
    Integer<0> seqNo{};         // from 0 within the report
    Timestamp generatedAt{};
    V2_FIELDS(monitor, requestId, tbc, seqNo, generatedAt)
};
struct NotifyMonitoringReportResponse {
    V2_NO_FIELDS
};

// One event.
struct EventData {
    Integer<0> eventId{};
    Timestamp timestamp{};
    EventTrigger trigger{};
    std::optional<Integer<0>> cause{};  // the event that led to this one
    String<2500> actualValue{};
    std::optional<String<50>> techCode{};   // the vendor's
    std::optional<String<500>> techInfo{};  // for technicians
    std::optional<bool> cleared{};          // back to normal
    std::optional<String<36>> transactionId{};
    Component component{};
    std::optional<Integer<0>> variableMonitoringId{};  // of the monitor that found it
    EventNotificationType eventNotificationType{};
    Variable variable{};
    std::optional<Integer<0>> severity{};  // 0 (danger) to 9 (debug)
    V2_FIELDS(eventId, timestamp, trigger, cause, actualValue, techCode, techInfo, cleared,
        transactionId, component, variableMonitoringId, eventNotificationType, variable, severity)
};

// Use cases N07 and N08: monitors have found something, or the hardware has.
struct NotifyEventRequest {
    Timestamp generatedAt{};
    std::optional<bool> tbc{};  // to be continued; absent means no
    Integer<0> seqNo{};         // from 0 within one notification
    List<EventData> eventData{};
    V2_FIELDS(generatedAt, tbc, seqNo, eventData)
};
struct NotifyEventResponse {
    V2_NO_FIELDS
};

}
