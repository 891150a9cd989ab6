// OCPP 2.1, functional block O: messages on the station's display.
#pragma once

#include "ocpp/v201/display.hpp"
#include "ocpp/v21/component.hpp"
#include "ocpp/v21/types.hpp"

namespace ocpp::v21 {

using v201::GetDisplayMessagesStatus;
using v201::MessagePriority;

// In which state of the station a message is shown.
enum class MessageState { charging, faulted, idle, unavailable, suspended, discharging };
constexpr auto wire_names(MessageState)
{
    return spelled("Charging", "Faulted", "Idle", "Unavailable", "Suspended", "Discharging");
}

// A message for the display.
struct MessageInfo {
    std::optional<Component> display{};  // which one; absent means the main display
    Integer<0> id{};
    MessagePriority priority{};
    std::optional<MessageState> state{};        // absent: in every state
    std::optional<Timestamp> startDateTime{};   // absent means at once
    std::optional<Timestamp> endDateTime{};     // absent: until it is cleared
    std::optional<String<36>> transactionId{};  // gone when this transaction ends
    MessageContent message{};
    std::optional<List<MessageContent, 1, 4>> messageExtra{};  // in other languages
    V2_FIELDS(display, id, priority, state, startDateTime, endDateTime, transactionId, message,
        messageExtra)
};

enum class DisplayMessageStatus {
    accepted,
    not_supported_message_format,
    rejected,
    not_supported_priority,
    not_supported_state,
    unknown_transaction,
    language_not_supported,
};
constexpr auto wire_names(DisplayMessageStatus)
{
    return spelled("Accepted", "NotSupportedMessageFormat", "Rejected", "NotSupportedPriority",
        "NotSupportedState", "UnknownTransaction", "LanguageNotSupported");
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

// Use cases O03 and O04: NotifyDisplayMessages brings those that fit.
struct GetDisplayMessagesRequest {
    std::optional<List<Integer<0>>> id{};  // absent: all
    Integer<> requestId{};                 // comes back in NotifyDisplayMessages
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

enum class ClearMessageStatus { accepted, unknown, rejected };
constexpr auto wire_names(ClearMessageStatus) { return spelled("Accepted", "Unknown", "Rejected"); }

// Use case O05.
struct ClearDisplayMessageRequest {
    Integer<0> id{};
    V2_FIELDS(id)
};
struct ClearDisplayMessageResponse {
    ClearMessageStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

}
