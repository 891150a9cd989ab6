#include "tools/kurs/client.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <utility>

namespace kurs {
namespace {

namespace json = boost::json;

std::string text_of(json::value const* value)
{
    if (value == nullptr) return {};
    return value->is_string() ? std::string(value->get_string()) : json::serialize(*value);
}

RpcError error_of(json::value const& error)
{
    auto const* object = error.if_object();
    if (object == nullptr) return {0, "error: " + json::serialize(error)};
    RpcError result;
    auto const* code = object->if_contains("code");
    if (code != nullptr && code->is_int64()) result.code = code->get_int64();
    result.text = "error " + std::to_string(result.code) + ": " +
                  text_of(object->if_contains("message"));
    auto const* data = object->if_contains("data");
    auto const* details = data == nullptr ? nullptr : data->if_object();
    if (details == nullptr) return result;
    auto const field = text_of(details->if_contains("field"));
    auto const rule = text_of(details->if_contains("rule"));
    auto const* between = field.empty() || rule.empty() ? "" : ": ";
    result.text += " (" + field + between + rule + ")";
    return result;
}

}

std::variant<json::object, Failure> Client::receive()
{
    auto received = socket_.receive();
    if (auto* gone = std::get_if<Unreachable>(&received)) return Failure(std::move(*gone));
    if (std::holds_alternative<Interrupted>(received)) return Failure(Interrupted{});
    json::error_code error;
    auto value = json::parse(std::get<std::string>(received), error);
    if (error || !value.is_object()) return Failure(Unreachable{"what it says is no JSON-RPC"});
    return std::move(value.get_object());
}

std::variant<json::value, Failure> Client::call(std::string_view method, json::object const& params)
{
    auto const id = ++last_id_;
    json::object const request{{"jsonrpc", "2.0"}, {"id", id},
        {"method", json::string_view(method.data(), method.size())}, {"params", params}};
    socket_.send(json::serialize(request));
    while (true) {
        auto received = receive();
        if (auto* failure = std::get_if<Failure>(&received)) return std::move(*failure);
        auto& message = std::get<json::object>(received);
        auto const* answered = message.if_contains("id");
        if (answered == nullptr) {
            if (auto* early = message.if_contains("params")) early_.push_back(std::move(*early));
            continue;
        }
        // An error with the id null is about this request, too: there is no other.
        if (auto const* error = message.if_contains("error")) return Failure(error_of(*error));
        auto* result = message.if_contains("result");
        if (*answered == id && result != nullptr) return std::move(*result);
    }
}

Failure Client::notifications(std::function<void(json::value const&)> const& show)
{
    for (auto const& params : std::exchange(early_, {})) show(params);
    while (true) {
        auto received = receive();
        if (auto* failure = std::get_if<Failure>(&received)) return std::move(*failure);
        auto const* params = std::get<json::object>(received).if_contains("params");
        if (params != nullptr) show(*params);
    }
}

}
