// OCPP 2.1, functional block N: streams of monitored values, many of them in one message that is
// not answered.
#pragma once

#include "ocpp/v21/monitoring.hpp"
#include "ocpp/v21/types.hpp"

namespace ocpp::v21 {

// What is told of a stream once, and not with each value.
struct ConstantStreamData {
    Integer<0> id{};  // of the stream
    PeriodicEventStreamParams params{};
    Integer<0> variableMonitoringId{};
    V2_FIELDS(id, params, variableMonitoringId)
};

// Use case N11: the station will send the values of a monitor as a stream.
struct OpenPeriodicEventStreamRequest {
    ConstantStreamData constantStreamData{};
    V2_FIELDS(constantStreamData)
};
struct OpenPeriodicEventStreamResponse {
    GenericStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

// One value of a stream.
struct StreamDataElement {
    Decimal t{};       // s after basetime
    String<2500> v{};  // the value, as NotifyEvent writes it
    V2_FIELDS(t, v)
};

// Use case N15, a SEND: nobody answers it, not even with an error.
struct NotifyPeriodicEventStreamRequest {
    List<StreamDataElement> data{};
    Integer<0> id{};       // of the stream
    Integer<0> pending{};  // values that wait for the next one
    Timestamp basetime{};
    V2_FIELDS(data, id, pending, basetime)
};

// Use case N14: another pace for a stream.
struct AdjustPeriodicEventStreamRequest {
    Integer<0> id{};  // of the stream
    PeriodicEventStreamParams params{};
    V2_FIELDS(id, params)
};
struct AdjustPeriodicEventStreamResponse {
    GenericStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

// Use case N12: which streams are open?
struct GetPeriodicEventStreamRequest {
    V2_NO_FIELDS
};
struct GetPeriodicEventStreamResponse {
    std::optional<List<ConstantStreamData>> constantStreamData{};
    V2_FIELDS(constantStreamData)
};

// Use case N13: the station goes back to NotifyEvent.
struct ClosePeriodicEventStreamRequest {
    Integer<0> id{};  // of the stream
    V2_FIELDS(id)
};
struct ClosePeriodicEventStreamResponse {
    V2_NO_FIELDS
};

}
