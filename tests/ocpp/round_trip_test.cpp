#include "every_message.hpp"
#include "ocpp/frame.hpp"

#include <doctest/doctest.h>

namespace ocpp::test {

namespace {

constexpr std::uint64_t seeds = 100;

std::string in_a_frame(MessageCase const& message, std::string const& text)
{
    return message.is_response ? result_text("1", text) : call_text("1", message.action, text);
}

// The payload of a frame, whichever kind it is.
Payload received(MessageCase const& message, std::string const& frame_text)
{
    auto const frame = parse_frame(frame_text, message.version);
    if (message.is_response) return std::get<CallResult>(frame).payload;
    REQUIRE(std::get<Call>(frame).action == message.action);
    return std::get<Call>(frame).payload;
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
            auto const frame = in_a_frame(message, sent.text);
            for (auto const level : {Level::strict, Level::tolerant}) {
                auto const read = rewrite(message.layout(), received(message, frame), level);
                if (auto const* fault = std::get_if<Fault>(&read)) FAIL(describe(*fault));
                REQUIRE(std::get<Rewritten>(read).text == sent.text);
                if (level == Level::strict) CHECK(std::get<Rewritten>(read).remarks.empty());
            }
        }
    }
}

}
