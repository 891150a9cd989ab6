#include "server/gateway/endpoint.hpp"
#include "server/gateway/log.hpp"
#include "server/gateway/utf8.hpp"

#include <doctest/doctest.h>

#include <string>

TEST_SUITE("small parts of the gateway")
{
    TEST_CASE("an endpoint is an address and a port, IPv6 in brackets")
    {
        using gateway::Endpoint, gateway::parse_endpoint;
        CHECK(parse_endpoint("127.0.0.1:8080") == Endpoint{"127.0.0.1", 8080});
        CHECK(parse_endpoint("0.0.0.0:0") == Endpoint{"0.0.0.0", 0});
        CHECK(parse_endpoint("[::1]:9000") == Endpoint{"::1", 9000});
        for (auto const* text :
            {"", ":", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:80x",
                "localhost:80", "::1:9000", "[127.0.0.1]:80", "[::1]", "[]:1"})
            CHECK_FALSE(parse_endpoint(text).has_value());
        CHECK(gateway::to_string({"::1", 9000}) == "[::1]:9000");
        CHECK(gateway::to_string({"127.0.0.1", 1}) == "127.0.0.1:1");
    }

    TEST_CASE("a log line stays one line whatever a value holds")
    {
        CHECK(gateway::log_text("boot", {{"station", "CP-1"}, {"count", 3}}) ==
              "event=boot station=CP-1 count=3");
        CHECK(gateway::log_text("boot", {{"station", "a b"}}) == "event=boot station=\"a b\"");
        CHECK(gateway::log_text("boot", {{"station", "x\ny\"z\\"}}) ==
              "event=boot station=\"x\\x0ay\\\"z\\\\\"");
        CHECK(gateway::log_text("boot", {{"station", ""}}) == "event=boot station=\"\"");
    }

    TEST_CASE("a text is cut between characters")
    {
        CHECK(gateway::utf8_prefix("abc", 5) == "abc");
        CHECK(gateway::utf8_prefix("abc", 2) == "ab");
        CHECK(gateway::utf8_prefix("aÅb", 2) == "a");  // Å has two bytes
        CHECK(gateway::utf8_prefix("aÅb", 3) == "aÅ");
    }
}
