// A station that sends exactly what the test says, over a WebSocket that shares no code with the
// server's. It accepts every CALL that it gets.
#pragma once

#include "tests/gateway/ws_client.hpp"

#include <boost/json.hpp>

#include <cstdint>
#include <string>

namespace integration {

namespace json = boost::json;

class RawStation {
public:
    RawStation(std::uint16_t port, std::string const& identity, std::string const& subprotocol);

    // Sends a CALL and returns the whole answer: [3,id,{…}] or [4,id,code,…].
    json::array ask(std::string const& action, std::string const& payload);
    // The same under a message id of the caller's choice.
    json::array ask(
        std::string const& action, std::string const& payload, std::string const& message_id);
    // Only sends it.
    void tell(std::string const& action, std::string const& payload, std::string const& message_id);
    // The payload of the CALLRESULT. An exception shows a CALLERROR.
    json::object call(std::string const& action, std::string const& payload);

private:
    test::WsClient socket_;
    int calls_ = 0;
};

}
