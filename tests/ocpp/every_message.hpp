// Every request and response of both versions behind plain functions, so that a test that loops
// over all of them is compiled once and not per message.
#pragma once

#include "facts.hpp"
#include "ocpp/fault.hpp"
#include "ocpp/payload.hpp"
#include "random_message.hpp"

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace ocpp::test {

struct RandomText {
    std::string text;            // what encode() makes of a random message
    std::optional<Fault> fault;  // what check() says of it
};

struct MessageCase {
    Version version;
    std::string_view action;
    bool is_response;
    std::vector<Fact> (*facts)();
    RandomText (*random)(Random&, Fullness);
    std::variant<std::string, Fault> (*recode)(Payload const&);  // decode, then encode
};

std::span<MessageCase const> every_message();

// "ocpp1.6 BootNotificationResponse".
std::string name_of(MessageCase const& message);

}
