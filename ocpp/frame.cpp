#include "ocpp/frame.hpp"

#include "ocpp/json_text.hpp"
#include "ocpp/utf8.hpp"
#include "ocpp/writer.hpp"

#include <charconv>
#include <cmath>
#include <optional>

namespace ocpp {

namespace {

// The first element of a frame.
enum class MessageType : std::int64_t {
    call = 2,
    call_result = 3,
    call_error = 4,
    call_result_error = 5,
    send = 6,
};

bool knows(Version version, std::int64_t type)
{
    auto const last = version == Version::v21 ? MessageType::send : MessageType::call_error;
    return type >= static_cast<std::int64_t>(MessageType::call) &&
           type <= static_cast<std::int64_t>(last);
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

BadFrame not_json(Version version)
{
    return answered({}, version, FaultKind::rpc_framework, "the frame must be JSON");
}

// The next element, if it is text; any other value is passed over.
std::optional<std::string> text_element(JsonText& frame)
{
    if (!frame.skip(',')) return std::nullopt;
    if (frame.kind() == JsonKind::text) {
        auto const text = frame.string();
        return text ? std::optional(std::string(*text)) : std::nullopt;
    }
    frame.value();
    return std::nullopt;
}

std::optional<std::string> id_element(JsonText& frame)
{
    bool const has_id = frame.kind() == JsonKind::none && frame.rest().starts_with(',');
    if (!has_id && !frame.expect(']')) return std::nullopt;
    auto id = has_id ? text_element(frame) : std::nullopt;
    if (id && (id->empty() || count_characters(*id) > longest_message_id)) return std::nullopt;
    return id;
}

std::optional<std::int64_t> type_element(JsonText& frame)
{
    if (frame.kind() != JsonKind::number) {
        frame.value();
        return std::nullopt;
    }
    auto const number = frame.number();
    if (!number) return std::nullopt;
    double type = 0;  // 2.0 is 2
    auto const* const end = number->text.data() + number->text.size();
    auto const error = std::from_chars(number->text.data(), end, type).ec;
    constexpr double largest = 9007199254740992.0;  // 2^53
    if (error != std::errc{} || std::trunc(type) != type || std::abs(type) > largest)
        return std::nullopt;
    return static_cast<std::int64_t>(type);
}

// What stands between the next comma and the closing bracket of the frame.
std::optional<Payload> payload_element(JsonText& frame)
{
    constexpr std::string_view space = " \n\r\t";
    if (!frame.skip(',')) return std::nullopt;
    auto rest = frame.rest();
    rest.remove_suffix(rest.size() - 1 - std::min(rest.find_last_not_of(space), rest.size() - 1));
    if (!rest.ends_with(']')) return std::nullopt;
    rest.remove_suffix(1);
    if (rest.find_first_not_of(space) == rest.npos) return std::nullopt;
    return Payload{rest};
}

// A CALL, or 2.1's SEND, which is no more than dropped when it is broken.
Frame read_call(JsonText& frame, std::optional<std::string> id, MessageType type, Version version)
{
    auto const bad = [&](std::string_view rule) {
        constexpr auto kind = FaultKind::rpc_framework;
        return type == MessageType::send ? unanswered(kind, rule)
                                         : answered(id, version, kind, rule);
    };
    if (!id) return bad("the message id must be a string of 1 to 36 characters");
    auto action = text_element(frame);
    if (!frame.good()) return bad("the frame must be JSON");
    auto const payload = payload_element(frame);
    if (!payload) return bad("a CALL has 4 elements: 2, id, action, payload");
    if (!action) return bad("the action must be a string");
    if (type == MessageType::send) return Send{std::move(*id), std::move(*action), *payload};
    return Call{std::move(*id), std::move(*action), *payload};
}

Frame read_call_result(JsonText& frame, std::optional<std::string> id)
{
    auto const payload = payload_element(frame);
    if (!id || !payload)
        return unanswered(FaultKind::rpc_framework, "a CALLRESULT has 3 elements: 3, id, payload");
    return CallResult{std::move(*id), *payload};
}

// The details are for people and may be missing; the code may be one that no standard knows.
template <class Error>
Frame read_error(JsonText& frame, std::optional<std::string> id)
{
    auto code = text_element(frame);
    auto description = text_element(frame);
    if (frame.skip(',')) frame.value();
    if (!id || !code || !description || !frame.expect(']') || !frame.at_end())
        return unanswered(FaultKind::rpc_framework,
            "an error has 5 elements: its type, id, code, description, details");
    return Error{std::move(*id), std::move(*code), std::move(*description)};
}

// 1.6 section 4.1.3 and 2.1 part 4 section 4.1.3 pass over a message of another type. 2.0.1 part 4
// says so too, and in section 4.4 has an error code for it: answering tells the station more.
BadFrame unknown_type(std::optional<std::string> const& id, Version version)
{
    constexpr auto kind = FaultKind::message_type;
    if (version == Version::v201)
        return answered(id, version, kind, "the message type must be 2, 3 or 4");
    return unanswered(kind, "no message type of this version");
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

std::string call_like(
    MessageType type, std::string_view id, std::string_view action, std::string_view payload)
{
    auto text = begin_frame(type, id, action.size() + payload.size());
    text += ',';
    append_json(text, action);
    text += ',';
    text += payload;
    text += ']';
    return text;
}

std::string error_like(MessageType type, std::string_view id, Fault const& fault, Version version)
{
    auto const description = describe(fault);
    auto const code = error_code(fault.kind, version);
    auto text = begin_frame(type, id, code.size() + description.size());
    text += ',';
    append_json(text, code);
    text += ',';
    append_json(text, description);
    text += ",{}]";
    return text;
}

}

Frame parse_frame(std::string_view text, Version version)
{
    // Some stations send empty frames to keep a connection open.
    if (text.empty()) return unanswered(FaultKind::rpc_framework, "the frame is empty");

    JsonText frame(text);
    if (!frame.skip('[') || frame.kind() == JsonKind::none)
        return answered(
            {}, version, FaultKind::rpc_framework, "the frame must be a list with a message type");
    auto const type = type_element(frame);
    auto id = id_element(frame);
    constexpr auto* no_type = "the message type must be a whole number";
    if (!frame.good()) return not_json(version);
    if (!type)
        return version == Version::v16 ? unanswered(FaultKind::rpc_framework, no_type)
                                       : answered(id, version, FaultKind::rpc_framework, no_type);
    if (!knows(version, *type)) return unknown_type(id, version);
    switch (MessageType{*type}) {
    case MessageType::call:
    case MessageType::send: return read_call(frame, std::move(id), MessageType{*type}, version);
    case MessageType::call_result: return read_call_result(frame, std::move(id));
    case MessageType::call_error: return read_error<CallError>(frame, std::move(id));
    case MessageType::call_result_error: return read_error<CallResultError>(frame, std::move(id));
    }
    return not_json(version);
}

std::string call_text(std::string_view id, std::string_view action, std::string_view payload)
{
    return call_like(MessageType::call, id, action, payload);
}

std::string send_text(std::string_view id, std::string_view action, std::string_view payload)
{
    return call_like(MessageType::send, id, action, payload);
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
    return error_like(MessageType::call_error, id, fault, version);
}

std::string result_error_text(std::string_view id, Fault const& fault)
{
    return error_like(MessageType::call_result_error, id, fault, Version::v21);
}

}
