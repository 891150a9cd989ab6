#include "ocpp/frame.hpp"

#include "ocpp/utf8.hpp"
#include "ocpp/writer.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>

#include <algorithm>
#include <optional>

namespace ocpp {

namespace json = boost::json;

namespace {

// The first element of a frame.
enum class MessageType : std::int64_t { call = 2, call_result = 3, call_error = 4 };

constexpr std::size_t call_size = 4;         // type, id, action, payload
constexpr std::size_t call_result_size = 3;  // type, id, payload
constexpr std::size_t call_error_size = 5;   // type, id, code, description, details

// The deepest message of any version nests less than ten times; the rest is room for customData.
constexpr std::size_t deepest_nesting = 32;

// A document takes some four times the space of its text. One block of this size serves most
// frames; a longer one gets more blocks, each twice the last.
constexpr std::size_t bytes_of_document_per_character = 4;
constexpr std::size_t smallest_block = 1024;
constexpr std::size_t largest_first_block = 64 * 1024;

// All values of one frame share blocks of memory that live as long as the last of them.
json::storage_ptr storage_for(std::string_view text)
{
    std::size_t const block = std::clamp(
        text.size() * bytes_of_document_per_character, smallest_block, largest_first_block);
    return json::make_shared_resource<json::monotonic_resource>(block);
}

std::optional<std::string> read_text(json::value const& value)
{
    auto const* string = value.if_string();
    if (string == nullptr) return std::nullopt;
    return std::string(string->data(), string->size());
}

std::optional<std::string> read_id(json::array const& frame)
{
    if (frame.size() < 2) return std::nullopt;
    auto id = read_text(frame[1]);
    if (!id || id->empty() || count_characters(*id) > longest_message_id) return std::nullopt;
    return id;
}

// A fault that must not be answered: CALLERROR answers CALLs only.
BadFrame unanswered(FaultKind kind, std::string_view rule)
{
    return {{}, {kind, {}, std::string(rule)}};
}

// A fault to answer under the frame's id, or under -1 where the version says so.
BadFrame answered(
    std::optional<std::string> const& id, Version version, FaultKind kind, std::string_view rule)
{
    auto bad = unanswered(kind, rule);
    if (id)
        bad.answer_id = *id;
    else if (version != Version::v16)
        bad.answer_id = unreadable_message_id;
    return bad;
}

Payload take_payload(json::value& value)
{
    if (value.is_null()) value.emplace_object();
    return {std::move(value)};
}

Frame read_call(json::array& frame, std::optional<std::string> id, Version version)
{
    constexpr auto kind = FaultKind::rpc_framework;
    if (!id)
        return answered(id, version, kind, "the message id must be a string of 1 to 36 characters");
    if (frame.size() != call_size)
        return answered(id, version, kind, "a CALL has 4 elements: 2, id, action, payload");
    auto action = read_text(frame[2]);
    if (!action) return answered(id, version, kind, "the action must be a string");
    return Call{std::move(*id), std::move(*action), take_payload(frame[3])};
}

Frame read_call_result(json::array& frame, std::optional<std::string> id)
{
    constexpr auto kind = FaultKind::rpc_framework;
    if (!id || frame.size() != call_result_size)
        return unanswered(kind, "a CALLRESULT has 3 elements: 3, id, payload");
    if (!frame[2].is_object() && !frame[2].is_null())
        return unanswered(kind, "the payload of a CALLRESULT must be an object");
    return CallResult{std::move(*id), take_payload(frame[2])};
}

// The details are for people and may be missing; the code may be one that no standard knows.
Frame read_call_error(json::array const& frame, std::optional<std::string> id)
{
    bool const right_size = frame.size() == call_error_size || frame.size() + 1 == call_error_size;
    auto code = right_size ? read_text(frame[2]) : std::nullopt;
    auto description = right_size ? read_text(frame[3]) : std::nullopt;
    if (!id || !code || !description)
        return unanswered(FaultKind::rpc_framework,
            "a CALLERROR has 5 elements: 4, id, code, description, details");
    return CallError{std::move(*id), std::move(*code), std::move(*description)};
}

// 1.6 section 4.1.3 ignores what has another type; 2.0.1 part 4 has an error for it.
BadFrame other_type(
    std::optional<std::string> const& id, Version version, FaultKind kind, std::string_view rule)
{
    return version == Version::v16 ? unanswered(kind, rule) : answered(id, version, kind, rule);
}

Frame read_frame(json::array& frame, Version version)
{
    auto id = read_id(frame);
    json::error_code not_whole;
    auto const type = frame.front().to_number<std::int64_t>(not_whole);
    if (not_whole)
        return other_type(
            id, version, FaultKind::rpc_framework, "the message type must be a whole number");
    switch (MessageType{type}) {
    case MessageType::call: return read_call(frame, std::move(id), version);
    case MessageType::call_result: return read_call_result(frame, std::move(id));
    case MessageType::call_error: return read_call_error(frame, std::move(id));
    }
    return other_type(id, version, FaultKind::message_type, "the message type must be 2, 3 or 4");
}

// "[2,"id"": the beginning that all frames share.
std::string begin_frame(MessageType type, std::string_view id, std::size_t size_of_rest)
{
    constexpr std::size_t brackets_and_quotes = 16;
    std::string text;
    text.reserve(id.size() + size_of_rest + brackets_and_quotes);
    text += '[';
    append_json(text, static_cast<std::int64_t>(type));
    text += ',';
    append_json(text, id);
    return text;
}

}

Frame parse_frame(std::string_view text, Version version)
{
    constexpr auto kind = FaultKind::rpc_framework;
    // Some stations send empty frames to keep a connection open.
    if (text.empty()) return unanswered(kind, "the frame is empty");

    json::parse_options options;
    options.max_depth = deepest_nesting;
    json::error_code error;
    auto document = json::parse(text, error, storage_for(text), options);
    if (error) return answered({}, version, kind, "the frame must be JSON");

    auto* const frame = document.if_array();
    if (frame == nullptr || frame->empty())
        return answered({}, version, kind, "the frame must be a list with a message type");
    return read_frame(*frame, version);
}

std::string call_text(std::string_view id, std::string_view action, std::string_view payload)
{
    auto text = begin_frame(MessageType::call, id, action.size() + payload.size());
    text += ',';
    append_json(text, action);
    text += ',';
    text += payload;
    text += ']';
    return text;
}

std::string result_text(std::string_view id, std::string_view payload)
{
    auto text = begin_frame(MessageType::call_result, id, payload.size());
    text += ',';
    text += payload;
    text += ']';
    return text;
}

std::string error_text(std::string_view id, Fault const& fault, Version version)
{
    auto const description = describe(fault);
    auto const code = error_code(fault.kind, version);
    auto text = begin_frame(MessageType::call_error, id, code.size() + description.size());
    text += ',';
    append_json(text, code);
    text += ',';
    append_json(text, description);
    text += ",{}]";
    return text;
}

}
