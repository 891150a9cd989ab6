#include "server/gateway/station_request.hpp"

#include <doctest/doctest.h>

#include <string>
#include <variant>
#include <vector>

namespace {

using gateway::judge, gateway::Refusal, gateway::Welcome;

constexpr unsigned bad_request = 400;
constexpr unsigned not_found = 404;
constexpr unsigned upgrade_required = 426;

std::variant<Welcome, Refusal> ask(
    std::string const& target, std::vector<std::string> const& offered = {"ocpp1.6"})
{
    return judge({.target = target, .websocket = true, .offered = offered});
}

std::string identity_of(std::variant<Welcome, Refusal> const& verdict)
{
    auto const* welcome = std::get_if<Welcome>(&verdict);
    return welcome ? welcome->identity.value : "refused: " + std::get<Refusal>(verdict).rule;
}

unsigned status_of(std::variant<Welcome, Refusal> const& verdict)
{
    auto const* refusal = std::get_if<Refusal>(&verdict);
    return refusal ? refusal->status : 0;
}

std::string repeat(std::string const& text, int times)
{
    std::string result;
    for (int i = 0; i < times; ++i) result += text;
    return result;
}

}

TEST_SUITE("what a station's first request asks for")
{
    TEST_CASE("the identity is what follows /ocpp/, percent-decoded once")
    {
        CHECK(identity_of(ask("/ocpp/CP1")) == "CP1");
        // The examples of OCPP-J 1.6 section 3.1.1.
        CHECK(identity_of(ask("/ocpp/RDAM%20123")) == "RDAM 123");
        CHECK(identity_of(ask("/ocpp/RDAM%7C123")) == "RDAM|123");
        CHECK(identity_of(ask("/ocpp/RDAM%7c123")) == "RDAM|123");
        CHECK(identity_of(ask("/ocpp/%2525")) == "%25");
        CHECK(identity_of(ask("/ocpp/a+b")) == "a+b");
        CHECK(identity_of(ask("/ocpp/CP1?token=x/y")) == "CP1");
        CHECK(identity_of(ask("/ocpp/%C3%85s")) == "Ås");
    }

    TEST_CASE("an identity has 1 to 48 characters, not bytes")
    {
        CHECK(identity_of(ask("/ocpp/" + repeat("x", 48))) == repeat("x", 48));
        CHECK(identity_of(ask("/ocpp/" + repeat("%C3%85", 48))) == repeat("Å", 48));
        CHECK(status_of(ask("/ocpp/" + repeat("x", 49))) == bad_request);
        CHECK(identity_of(ask("/ocpp/" + repeat("x", 49))) ==
              "refused: identity: must have at most 48 characters");
        CHECK(identity_of(ask("/ocpp/")) == "refused: identity: must not be empty");
    }

    TEST_CASE("a malformed identity is refused with 400 and the rule")
    {
        for (auto const* target : {"/ocpp/%", "/ocpp/%2", "/ocpp/%zz", "/ocpp/a%0g"})
            CHECK(identity_of(ask(target)) == "refused: identity: must be percent-encoded");
        for (auto const* target : {"/ocpp/%00", "/ocpp/a%0A", "/ocpp/%7F", "/ocpp/%1Fb"})
            CHECK(
                identity_of(ask(target)) == "refused: identity: must not have control characters");
        // Broken, overlong and surrogate forms (RFC 3629 section 3).
        for (auto const* target : {"/ocpp/%FF", "/ocpp/%C3", "/ocpp/%C0%AF", "/ocpp/%E0%80%AF",
                 "/ocpp/%ED%A0%80", "/ocpp/%F4%90%80%80"})
            CHECK(identity_of(ask(target)) == "refused: identity: must be UTF-8");
        CHECK(identity_of(ask("/ocpp/a%2Fb")) == "refused: identity: must not have a slash");
        CHECK(status_of(ask("/ocpp/a%2Fb")) == bad_request);
    }

    TEST_CASE("a colon is allowed in 1.6 and not in 2.0.1")
    {
        CHECK(identity_of(ask("/ocpp/AA:BB", {"ocpp1.6"})) == "AA:BB");
        CHECK(identity_of(ask("/ocpp/AA:BB", {"ocpp2.0.1"})) ==
              "refused: identity: must not have a colon");
    }

    TEST_CASE("another path is not found")
    {
        for (auto const* target :
            {"/", "/ocpp", "/OCPP/CP1", "/ocpp2/CP1", "/ocpp/a/b", "/ocpp/CP1/", "/ocpp//CP1", "*"})
            CHECK(status_of(ask(target)) == not_found);
    }

    TEST_CASE("a request that is no WebSocket upgrade is told so")
    {
        CHECK(
            status_of(judge({.target = "/ocpp/CP1", .websocket = false, .offered = {"ocpp1.6"}})) ==
            upgrade_required);
    }

    TEST_CASE("the first subprotocol of the client's list that we speak counts")
    {
        auto const version = [](std::vector<std::string> const& offered) {
            auto const verdict = ask("/ocpp/CP1", offered);
            auto const* welcome = std::get_if<Welcome>(&verdict);
            return welcome ? std::string(ocpp::subprotocol_name(welcome->version)) : "refused";
        };
        CHECK(version({"ocpp1.6"}) == "ocpp1.6");
        CHECK(version({"ocpp2.0.1, ocpp1.6"}) == "ocpp2.0.1");
        CHECK(version({"ocpp1.6,ocpp2.0.1"}) == "ocpp1.6");
        CHECK(version({"ocpp2.1,\tocpp2.0.1 ,ocpp1.6"}) == "ocpp2.0.1");
        CHECK(version({"ocpp2.1", "ocpp1.6"}) == "ocpp1.6");
        // RFC 6455 section 4.1: compared as they are, case and all.
        CHECK(version({"OCPP1.6"}) == "refused");
        CHECK(version({"ocpp2.1, ocpp1.5, , "}) == "refused");
        CHECK(version({}) == "refused");
        CHECK(status_of(ask("/ocpp/CP1", {"ocpp1.5"})) == bad_request);
    }
}
