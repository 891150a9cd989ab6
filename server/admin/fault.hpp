// What can go wrong with a request, as JSON-RPC error objects tell it.
#pragma once

#include "server/engine/commands.hpp"

#include <string>
#include <string_view>

namespace admin {

// The first five are JSON-RPC 2.0 section 5.1; the others are ours (README.md, Errors).
enum class ErrorCode {
    no_json = -32700,
    no_request = -32600,
    unknown_method = -32601,
    bad_parameters = -32602,
    internal = -32603,
    not_logged_in = -32001,
    wrong_login = -32002,
    not_found = -32003,
    conflict = -32004,
    unreachable = -32005,
    timeout = -32006,
    too_many = -32007,
    no_writes = -32008,
};

// The error's `message`: the code in words.
std::string_view message_of(ErrorCode code);

struct Fault {
    ErrorCode code = ErrorCode::internal;
    std::string field;  // of the request's parameters; may be empty
    std::string rule;   // that was broken, for people; may be empty

    friend bool operator==(Fault const&, Fault const&) = default;
};

// The engine's refusal in the API's words.
Fault fault_of(engine::Refused const& refused);

}
