#include "tests/integration/support/operator.hpp"

#include "tests/gateway/socket_client.hpp"

#include <cmath>

namespace integration {

namespace {

json::value const& member(json::object const& object, std::string_view name)
{
    auto const* const found = object.if_contains({name.data(), name.size()});
    if (!found)
        throw std::runtime_error("no " + std::string(name) + " in " + json::serialize(object));
    return *found;
}

}

void Operator::log_in(std::string const& user, std::string const& password)
{
    token_.clear();
    token_ = text(call("auth.login", {{"user", user}, {"password", password}}), "token");
}

json::object Operator::call(std::string_view method, json::object const& params) const
{
    json::object const request{{"jsonrpc", "2.0"}, {"id", 1},
        {"method", json::string_view(method.data(), method.size())}, {"params", params}};
    std::vector<std::string> headers{"Content-Type: application/json"};
    if (!token_.empty()) headers.push_back("Authorization: Bearer " + token_);
    auto const response = test::http(port_, "POST", "/rpc", headers, json::serialize(request));
    boost::system::error_code bad;
    auto answer = json::parse(response.body, bad);
    if (bad || !answer.is_object())
        throw std::runtime_error(std::string(method) + ": status " +
                                 std::to_string(response.status) + ", " + response.body);
    auto& object = answer.get_object();
    if (auto const* const error = object.if_contains("error"))
        throw RpcError(integer(error->as_object(), "code"),
            std::string(method) + " " + json::serialize(params) + ": " + json::serialize(*error));
    return std::move(object.at("result").as_object());
}

std::vector<json::object> Operator::list(
    std::string_view method, std::string_view name, json::object const& params) const
{
    auto const result = call(method, params);
    std::vector<json::object> list;
    for (auto const& item : items(result, name)) list.push_back(item.as_object());
    return list;
}

std::int64_t integer(json::object const& object, std::string_view name)
{
    return member(object, name).as_int64();
}

std::string text(json::object const& object, std::string_view name)
{
    return std::string(member(object, name).as_string());
}

json::object const& child(json::object const& object, std::string_view name)
{
    return member(object, name).as_object();
}

json::array const& items(json::object const& object, std::string_view name)
{
    return member(object, name).as_array();
}

std::int64_t thousandths(json::value const& number)
{
    return std::llround(number.to_number<double>() * 1000.0);
}

std::int64_t thousandths(json::object const& object, std::string_view name)
{
    return has(object, name) ? thousandths(member(object, name)) : -1;
}

bool has(json::object const& object, std::string_view name)
{
    return object.contains({name.data(), name.size()});
}

}
