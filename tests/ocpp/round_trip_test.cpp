#include "every_message.hpp"
#include "ocpp/frame.hpp"

#include <doctest/doctest.h>

namespace ocpp::test {

namespace {

constexpr std::uint64_t seeds = 100;

// The payload of a frame, whichever kind it is.
Payload sent_and_received(MessageCase const& message, std::string const& text)
{
    auto const frame_text = message.is_response ? result_text("1", text)
                                                : call_text("1", message.action, text);
    auto frame = parse_frame(frame_text, message.version);
    if (message.is_response) return std::move(std::get<CallResult>(frame).payload);
    REQUIRE(std::get<Call>(frame).action == message.action);
    return std::move(std::get<Call>(frame).payload);
}

}

TEST_CASE("any message of any version that keeps its rules arrives as it was sent")
{
    for (auto const& message : every_message()) {
        auto const name = name_of(message);
        CAPTURE(name);
        for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
            CAPTURE(seed);
            Random random(seed);
            auto const sent = message.random(random, Fullness::any);
            CHECK(!sent.fault.has_value());
            auto const received = message.recode(sent_and_received(message, sent.text));
            if (auto const* fault = std::get_if<Fault>(&received)) FAIL(describe(*fault));
            REQUIRE(std::get<std::string>(received) == sent.text);
        }
    }
}

}
