// JSON-RPC 2.0 (jsonrpc.org/specification, sections 4 to 6): text to requests, outcomes to text.
// Knows no method.
#pragma once

#include "server/admin/fault.hpp"

#include <boost/json/object.hpp>

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace admin {

// A batch is answered in one text, which must stay of a size that clients take.
inline constexpr std::size_t most_calls_in_batch = 100;

struct Request {
    std::optional<std::string> id;  // JSON text; none: a notification, which is never answered
    std::string method;
    boost::json::object params;
};

// What is no request is always answered, with the id where it can be read and null elsewhere. Only
// a notification with bad parameters has no id here and no answer.
struct BadRequest {
    std::optional<std::string> id;
    Fault fault;
};

using Item = std::variant<Request, BadRequest>;

struct Message {
    bool batch = false;
    std::vector<Item> items;
};

// Never throws. Text that is no JSON, and a batch of none or too many, gives one BadRequest outside
// of a batch.
Message parse_message(std::string_view text);

// The JSON text of a result, or what went wrong.
using Outcome = std::variant<std::string, Fault>;

std::string response_text(std::string_view id, Outcome const& outcome);
std::string notification_text(std::string_view method, std::string_view params);

// Runs one request; `done` may be called on any thread, once.
using Run = std::function<void(Request request, std::function<void(Outcome)> done)>;

// What a message came to. `text` is empty when nothing is to be answered; `fault` is that of a
// message of one request, for transports that show it in their own way.
struct Answer {
    std::string text;
    std::optional<ErrorCode> fault;
};

// Runs all requests of `message` and calls `answer` once, when the last of them is done.
void run_message(Message message, Run const& run, std::function<void(Answer)> const& answer);

}
