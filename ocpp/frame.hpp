// OCPP-J frames: CALL, CALLRESULT and CALLERROR (1.6 section 4.2, 2.0.1 part 4 section 4.2), and
// 2.1's CALLRESULTERROR and SEND (2.1 part 4 section 4.2).
#pragma once

#include "ocpp/fault.hpp"
#include "ocpp/payload.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

namespace ocpp {

// The standard allows 36 characters; longer ones occur in the field and are echoed as they came.
inline constexpr std::size_t standard_message_id_length = 36;
inline constexpr std::size_t longest_message_id = 1024;

// The id of an error about a frame whose own id cannot be read (2.0.1 part 4 section 4.2.3).
inline constexpr std::string_view unreadable_message_id = "-1";

struct Call {
    std::string id;
    std::string action;
    Payload payload;
};

struct CallResult {
    std::string id;
    Payload payload;
};

struct CallError {
    std::string id;
    std::string code;
    std::string description;
};

// Our answer could not be processed (2.1).
struct CallResultError {
    std::string id;
    std::string code;
    std::string description;
};

// A CALL that nobody answers, not even with an error (2.1).
struct Send {
    std::string id;
    std::string action;
    Payload payload;
};

// Text that is no frame. `answer_id` is empty when nothing must be answered (a broken answer to us,
// or a frame of a version that says to drop it); otherwise it is the id to answer with.
struct BadFrame {
    std::string answer_id;
    Fault fault;
};

using Frame = std::variant<Call, CallResult, CallError, CallResultError, Send, BadFrame>;

// Reads one text frame up to its payload, which stays unread: decode() finds what is wrong with it,
// and what follows it. Never throws on any input. The payload is a part of `text`.
// `version` decides what is answered to a frame without a readable id: -1 in 2.x, nothing in 1.6.
Frame parse_frame(std::string_view text, Version version);

// The texts of outgoing frames. `payload` is JSON text as encode() returns it.
std::string call_text(std::string_view id, std::string_view action, std::string_view payload);
std::string result_text(std::string_view id, std::string_view payload);
std::string error_text(std::string_view id, Fault const& fault, Version version);
std::string result_error_text(std::string_view id, Fault const& fault);
std::string send_text(std::string_view id, std::string_view action, std::string_view payload);

}
