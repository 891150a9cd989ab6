// Every request and response of all versions behind plain functions, so that a test that loops
// over all of them is compiled once and not per message.
#pragma once

#include "facts.hpp"
#include "ocpp/catalogue.hpp"
#include "random_message.hpp"

#include <optional>
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
    Layout const& (*layout)();  // for ocpp::rewrite()
};

std::vector<MessageCase> every_message();

// Nothing when the version has no such message.
std::optional<MessageCase> find_message(Version version, std::string_view action, bool is_response);

// "ocpp1.6 BootNotificationResponse".
std::string name_of(MessageCase const& message);

}
