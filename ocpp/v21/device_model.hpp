// OCPP 2.1, functional block B: reading and writing the variables of the device model.
#pragma once

#include "ocpp/v201/device_model.hpp"
#include "ocpp/v21/component.hpp"
#include "ocpp/v21/types.hpp"

namespace ocpp::v21 {

using v201::AttributeType;
using v201::ComponentCriterion;
using v201::DataType;
using v201::GetVariableStatus;
using v201::Mutability;
using v201::ReportBase;
using v201::SetVariableStatus;
using v201::VariableAttribute;

struct GetVariableData {
    std::optional<AttributeType> attributeType{};  // absent means actual
    Component component{};
    Variable variable{};
    V2_FIELDS(attributeType, component, variable)
};

struct GetVariableResult {
    GetVariableStatus attributeStatus{};
    std::optional<StatusInfo> attributeStatusInfo{};
    std::optional<AttributeType> attributeType{};  // absent means actual
    std::optional<String<2500>> attributeValue{};  // given when accepted
    Component component{};
    Variable variable{};
    V2_FIELDS(
        attributeStatus, attributeStatusInfo, attributeType, attributeValue, component, variable)
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
    String<2500> attributeValue{};
    Component component{};
    Variable variable{};
    V2_FIELDS(attributeType, attributeValue, component, variable)
};

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

// What holds for all values of a variable.
struct VariableCharacteristics {
    std::optional<String<16>> unit{};
    DataType dataType{};
    std::optional<Decimal> minLimit{};
    std::optional<Decimal> maxLimit{};         // or the greatest length of a text or list
    std::optional<Integer<1>> maxElements{};   // of a value that is a list
    std::optional<String<1000>> valuesList{};  // comma-separated, of the three kinds of list
    bool supportsMonitoring{};
    V2_FIELDS(unit, dataType, minLimit, maxLimit, maxElements, valuesList, supportsMonitoring)
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
    Integer<0> seqNo{};         // from 0 within the report
    V2_FIELDS(requestId, generatedAt, reportData, tbc, seqNo)
};
struct NotifyReportResponse {
    V2_NO_FIELDS
};

}
