// OCPP 2.0.1, functional block O: messages on the station's display.
#pragma once

#include "ocpp/v201/component.hpp"
#include "ocpp/v201/types.hpp"

namespace ocpp::v201 {

// AlwaysFront interrupts everything; InFront goes before the normal cycle.
enum class MessagePriority { always_front, in_front, normal_cycle };
constexpr auto wire_names(MessagePriority)
{
    return spelled("AlwaysFront", "InFront", "NormalCycle");
}

// In which state of the station a message is shown.
enum class MessageState { charging, faulted, idle, unavailable };
constexpr auto wire_names(MessageState)
{
    return spelled("Charging", "Faulted", "Idle", "Unavailable");
}

// A message for the display.
struct MessageInfo {
    std::optional<Component> display{};  // which one; absent means the main display
    Integer<> id{};
    MessagePriority priority{};
    std::optional<MessageState> state{};        // absent: in every state
    std::optional<Timestamp> startDateTime{};   // absent means at once
    std::optional<Timestamp> endDateTime{};     // absent: until it is cleared
    std::optional<String<36>> transactionId{};  // gone when this transaction ends
    MessageContent message{};
    V2_FIELDS(display, id, priority, state, startDateTime, endDateTime, transactionId, message)
};

enum class DisplayMessageStatus {
    accepted,
    not_supported_message_format,
    rejected,
    not_supported_priority,
    not_supported_state,
    unknown_transaction,
};
constexpr auto wire_names(DisplayMessageStatus)
{
    return spelled("Accepted", "NotSupportedMessageFormat", "Rejected", "NotSupportedPriority",
        "NotSupportedState", "UnknownTransaction");
}

// Use cases O01, O02 and O06. An id that is in use replaces that message.
struct SetDisplayMessageRequest {
    MessageInfo message{};
    V2_FIELDS(message)
};
struct SetDisplayMessageResponse {
    DisplayMessageStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

enum class GetDisplayMessagesStatus { accepted, unknown };
constexpr auto wire_names(GetDisplayMessagesStatus) { return spelled("Accepted", "Unknown"); }

// Use cases O03 and O04: NotifyDisplayMessages brings those that fit.
struct GetDisplayMessagesRequest {
    std::optional<List<Integer<>>> id{};  // absent: all
    Integer<> requestId{};                // comes back in NotifyDisplayMessages
    std::optional<MessagePriority> priority{};
    std::optional<MessageState> state{};
    V2_FIELDS(id, requestId, priority, state)
};
struct GetDisplayMessagesResponse {
    GetDisplayMessagesStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

// Use cases O03 and O04: one part of that report.
struct NotifyDisplayMessagesRequest {
    std::optional<List<MessageInfo>> messageInfo{};
    Integer<> requestId{};
    std::optional<bool> tbc{};  // to be continued; absent means no
    V2_FIELDS(messageInfo, requestId, tbc)
};
struct NotifyDisplayMessagesResponse {
    V2_NO_FIELDS
};

enum class ClearMessageStatus { accepted, unknown };
constexpr auto wire_names(ClearMessageStatus) { return spelled("Accepted", "Unknown"); }

// Use case O05.
struct ClearDisplayMessageRequest {
    Integer<> id{};
    V2_FIELDS(id)
};
struct ClearDisplayMessageResponse {
    ClearMessageStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

}
