// OCPP 2.0.1, functional block B: reading and writing the variables of the device model.
#pragma once

#include "ocpp/v201/component.hpp"
#include "ocpp/v201/types.hpp"

namespace ocpp::v201 {

// The values that one variable may have. Absent means actual.
enum class AttributeType { actual, target, min_set, max_set };
constexpr auto wire_names(AttributeType) { return spelled("Actual", "Target", "MinSet", "MaxSet"); }

struct GetVariableData {
    std::optional<AttributeType> attributeType{};  // absent means actual
    Component component{};
    Variable variable{};
    V2_FIELDS(attributeType, component, variable)
};

enum class GetVariableStatus {
    accepted,
    rejected,
    unknown_component,
    unknown_variable,
    not_supported_attribute_type,
};
constexpr auto wire_names(GetVariableStatus)
{
    return spelled(
        "Accepted", "Rejected", "UnknownComponent", "UnknownVariable", "NotSupportedAttributeType");
}

struct GetVariableResult {
    std::optional<StatusInfo> attributeStatusInfo{};
    GetVariableStatus attributeStatus{};
    std::optional<AttributeType> attributeType{};  // absent means actual
    std::optional<String<2500>> attributeValue{};  // given when accepted
    Component component{};
    Variable variable{};
    V2_FIELDS(
        attributeStatusInfo, attributeStatus, attributeType, attributeValue, component, variable)
};

// Use case B06.
struct GetVariablesRequest {
    List<GetVariableData> getVariableData{};
    V2_FIELDS(getVariableData)
};
struct GetVariablesResponse {
    List<GetVariableResult> getVariableResult{};
    V2_FIELDS(getVariableResult)
};

struct SetVariableData {
    std::optional<AttributeType> attributeType{};  // absent means actual
    String<1000> attributeValue{};
    Component component{};
    Variable variable{};
    V2_FIELDS(attributeType, attributeValue, component, variable)
};

enum class SetVariableStatus {
    accepted,
    rejected,
    unknown_component,
    unknown_variable,
    not_supported_attribute_type,
    reboot_required,
};
constexpr auto wire_names(SetVariableStatus)
{
    return spelled("Accepted", "Rejected", "UnknownComponent", "UnknownVariable",
        "NotSupportedAttributeType", "RebootRequired");
}

struct SetVariableResult {
    std::optional<AttributeType> attributeType{};  // absent means actual
    SetVariableStatus attributeStatus{};
    std::optional<StatusInfo> attributeStatusInfo{};
    Component component{};
    Variable variable{};
    V2_FIELDS(attributeType, attributeStatus, attributeStatusInfo, component, variable)
};

// Use case B05.
struct SetVariablesRequest {
    List<SetVariableData> setVariableData{};
    V2_FIELDS(setVariableData)
};
struct SetVariablesResponse {
    List<SetVariableResult> setVariableResult{};
    V2_FIELDS(setVariableResult)
};

// Configuration: what can be set. Full: all there is. Summary: what matters for the state of the
// station.
enum class ReportBase { configuration_inventory, full_inventory, summary_inventory };
constexpr auto wire_names(ReportBase)
{
    return spelled("ConfigurationInventory", "FullInventory", "SummaryInventory");
}

// Use case B07: a report of a kind that the standard defines; NotifyReport brings it.
struct GetBaseReportRequest {
    Integer<> requestId{};  // comes back in NotifyReport
    ReportBase reportBase{};
    V2_FIELDS(requestId, reportBase)
};
struct GetBaseReportResponse {
    GenericDeviceModelStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

// Which state a component must be in: its variable of this name is true.
enum class ComponentCriterion { active, available, enabled, problem };
constexpr auto wire_names(ComponentCriterion)
{
    return spelled("Active", "Available", "Enabled", "Problem");
}

// Use case B08: a report of what is asked for; NotifyReport brings it.
struct GetReportRequest {
    std::optional<List<ComponentVariable>> componentVariable{};  // absent: all
    Integer<> requestId{};                                       // comes back in NotifyReport
    // One of them must hold.
    std::optional<List<ComponentCriterion, 1, 4>> componentCriteria{};
    V2_FIELDS(componentVariable, requestId, componentCriteria)
};
struct GetReportResponse {
    GenericDeviceModelStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

enum class Mutability { read_only, write_only, read_write };
constexpr auto wire_names(Mutability) { return spelled("ReadOnly", "WriteOnly", "ReadWrite"); }

// One value of a variable.
struct VariableAttribute {
    std::optional<AttributeType> type{};     // absent means actual
    std::optional<String<2500>> value{};     // absent when it can only be written
    std::optional<Mutability> mutability{};  // absent means read and write
    std::optional<bool> persistent{};        // survives a restart; absent means no
    std::optional<bool> constant{};          // never changes; absent means no
    V2_FIELDS(type, value, mutability, persistent, constant)
};

enum class DataType {
    string,
    decimal,
    integer,
    date_time,
    boolean,
    option_list,
    sequence_list,
    member_list,
};
constexpr auto wire_names(DataType)
{
    return spelled("string", "decimal", "integer", "dateTime", "boolean", "OptionList",
        "SequenceList", "MemberList");
}

// What holds for all values of a variable.
struct VariableCharacteristics {
    std::optional<String<16>> unit{};
    DataType dataType{};
    std::optional<Decimal> minLimit{};
    std::optional<Decimal> maxLimit{};         // or the greatest length of a text or list
    std::optional<String<1000>> valuesList{};  // comma-separated, of the three kinds of list
    bool supportsMonitoring{};
    V2_FIELDS(unit, dataType, minLimit, maxLimit, valuesList, supportsMonitoring)
};

// One variable in a report.
struct ReportData {
    Component component{};
    Variable variable{};
    List<VariableAttribute, 1, 4> variableAttribute{};
    std::optional<VariableCharacteristics> variableCharacteristics{};
    V2_FIELDS(component, variable, variableAttribute, variableCharacteristics)
};

// Use cases B07 and B08: one part of a report.
struct NotifyReportRequest {
    Integer<> requestId{};
    Timestamp generatedAt{};
    std::optional<List<ReportData>> reportData{};
    std::optional<bool> tbc{};  // to be continued; absent means no
    Integer<> seqNo{};          // from 0 within the report
    V2_FIELDS(requestId, generatedAt, reportData, tbc, seqNo)
};
struct NotifyReportResponse {
    V2_NO_FIELDS
};

}
