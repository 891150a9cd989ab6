// JSON-RPC calls to the server, and the login that goes before them.
#pragma once

#include "tools/kurs/socket.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace kurs {

// The server's error object.
struct RpcError {
    std::int64_t code = 0;
    std::string text;  // "error -32003: not found (session: there is no such session)"
};

using Failure = std::variant<RpcError, Unreachable, Interrupted>;

class Client {
public:
    explicit Client(Socket socket) : socket_(std::move(socket)) {}

    // The result of a call.
    std::variant<boost::json::value, Failure> call(
        std::string_view method, boost::json::object const& params);

    // Hands the parameters of each notification to `show`, until the connection ends. Signals end
    // it from now on.
    Failure notifications(std::function<void(boost::json::value const&)> const& show);

    void watch_signals() { socket_.watch_signals(); }

private:
    std::variant<boost::json::object, Failure> receive();

    Socket socket_;
    std::int64_t last_id_ = 0;
    std::vector<boost::json::value> early_;  // notifications that came while a call waited
};

}
