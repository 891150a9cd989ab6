// Somebody who is logged in at the operators' API, over POST /rpc.
#pragma once

#include <boost/json.hpp>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace integration {

namespace json = boost::json;

// The server answered a call with an error.
class RpcError : public std::runtime_error {
public:
    RpcError(std::int64_t code, std::string const& text) : std::runtime_error(text), code_(code) {}
    std::int64_t code() const { return code_; }

private:
    std::int64_t code_;
};

class Operator {
public:
    explicit Operator(std::uint16_t port) : port_(port) {}

    // Throws RpcError, like call().
    void log_in(std::string const& user, std::string const& password);
    json::object call(std::string_view method, json::object const& params = {}) const;
    // The list that is the only member of the result.
    std::vector<json::object> list(
        std::string_view method, std::string_view name, json::object const& params = {}) const;

private:
    std::uint16_t port_;
    std::string token_;
};

// Members of objects; an exception names what is not there or not of that kind.
std::int64_t integer(json::object const& object, std::string_view name);
std::string text(json::object const& object, std::string_view name);
json::object const& child(json::object const& object, std::string_view name);
json::array const& items(json::object const& object, std::string_view name);
// In thousandths, exactly: 13.3 A are 13300 mA. -1 when there is none.
std::int64_t thousandths(json::object const& object, std::string_view name);
std::int64_t thousandths(json::value const& number);
bool has(json::object const& object, std::string_view name);

}
