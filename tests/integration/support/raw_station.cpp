#include "tests/integration/support/raw_station.hpp"

#include <stdexcept>

namespace integration {

namespace {

constexpr std::int64_t call_type = 2;  // OCPP-J section 4.1.3
constexpr std::int64_t result_type = 3;

}

RawStation::RawStation(
    std::uint16_t port, std::string const& identity, std::string const& subprotocol)
    : socket_(port, "/ocpp/" + identity, subprotocol)
{
    if (!socket_.open() || socket_.subprotocol() != subprotocol)
        throw std::runtime_error(
            identity + " was refused with status " + std::to_string(socket_.response().status));
}

json::array RawStation::ask(std::string const& action, std::string const& payload)
{
    return ask(action, payload, "raw-" + std::to_string(++calls_));
}

void RawStation::tell(
    std::string const& action, std::string const& payload, std::string const& message_id)
{
    socket_.text("[2,\"" + message_id + "\",\"" + action + "\"," + payload + "]");
}

json::array RawStation::ask(
    std::string const& action, std::string const& payload, std::string const& message_id)
{
    tell(action, payload, message_id);
    while (auto const received = socket_.next_text()) {
        auto const frame = json::parse(*received).as_array();
        if (frame.at(0).as_int64() == call_type) {
            socket_.text(json::serialize(
                json::array{result_type, frame.at(1), json::object{{"status", "Accepted"}}}));
        } else if (frame.at(1).as_string() == message_id) {
            return frame;
        }
    }
    throw std::runtime_error("the connection ended before " + action + " was answered");
}

json::object RawStation::call(std::string const& action, std::string const& payload)
{
    auto const answer = ask(action, payload);
    if (answer.at(0).as_int64() != result_type)
        throw std::runtime_error(action + ": " + json::serialize(answer));
    return answer.at(2).as_object();
}

}
