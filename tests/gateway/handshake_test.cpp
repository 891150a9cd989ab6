#include "recorder.hpp"
#include "server/gateway/station_listener.hpp"
#include "stage.hpp"
#include "ws_client.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

namespace {

using test::WsClient;

struct Door {
    explicit Door(gateway::StationOptions const& options = {})
        : listener(stage.port(), stage.lanes, recorder, stage.log, options)
    {
        stage.start();
        test::Stage::run_on(stage.front, [this] { listener.start(); });
    }
    ~Door() { stage.stop(); }
    std::uint16_t port() const { return listener.local().port; }

    test::Stage stage;
    test::Recorder recorder;
    gateway::StationListener listener;
};

}

TEST_SUITE("handshake")
{
    TEST_CASE("a station that asks properly is connected under its identity")
    {
        Door door;
        WsClient const client(door.port(), "/ocpp/RDAM%20123", "ocpp2.1, ocpp2.0.1, ocpp1.6");
        REQUIRE(client.open());
        CHECK(client.subprotocol() == "ocpp2.0.1");
        auto const link = door.recorder.link(0);
        REQUIRE(link);
        CHECK(link->identity().value == "RDAM 123");
        CHECK(link->version() == ocpp::Version::v201);
    }

    TEST_CASE("subprotocols on several header lines count as one list")
    {
        Door door;
        WsClient const client(
            door.port(), "/ocpp/CP1", "ocpp2.1", {.headers = {"Sec-WebSocket-Protocol: ocpp1.6"}});
        REQUIRE(client.open());
        CHECK(client.subprotocol() == "ocpp1.6");
    }

    TEST_CASE("a refusal is an HTTP status with the rule in its body")
    {
        Door door;
        auto const refused = [&](std::string const& target, std::string const& protocols) {
            WsClient const client(door.port(), target, protocols);
            return client.response();
        };
        CHECK(refused("/", "ocpp1.6").status == 404);
        CHECK(refused("/ocpp/a%2Fb", "ocpp1.6").status == 400);
        CHECK(refused("/ocpp/a%2Fb", "ocpp1.6").body == "identity: must not have a slash\n");
        CHECK(refused("/ocpp/CP1", "").status == 400);
        CHECK(refused("/ocpp/CP1", "ocpp1.5").body ==
              "Sec-WebSocket-Protocol: must offer one of ocpp1.6, ocpp2.0.1\n");
        CHECK(refused("/ocpp/CP1", "ocpp1.5").headers["connection"] == "close");
        CHECK(door.recorder.seen().links.empty());
    }

    TEST_CASE("what is not an upgrade is told to upgrade, and what is not HTTP is a bad request")
    {
        Door door;
        auto const plain = test::http(door.port(), "GET", "/ocpp/CP1");
        CHECK(plain.status == 426);
        CHECK(plain.headers.at("upgrade") == "websocket");

        test::SocketClient garbage(door.port());
        garbage.send("hello\r\n\r\n");
        CHECK(test::read_response(garbage).status == 400);
        CHECK(garbage.closed());

        // RFC 6455 section 4.4: a server that does not speak the version says which it speaks.
        test::SocketClient old(door.port());
        old.send(
            "GET /ocpp/CP1 HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: upgrade\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 8\r\n"
            "Sec-WebSocket-Protocol: ocpp1.6\r\n\r\n");
        auto const response = test::read_response(old);
        CHECK(response.status == 426);
        CHECK(response.headers.at("sec-websocket-version") == "13");
    }

    TEST_CASE("a request header above the limit is refused")
    {
        gateway::StationOptions options;
        options.header_limit_bytes = 1024;
        Door door(options);
        test::SocketClient client(door.port());
        client.send("GET /ocpp/CP1 HTTP/1.1\r\nHost: x\r\nX-Long: " + std::string(2000, 'x'));
        CHECK(test::read_response(client).status == 431);
    }

    TEST_CASE("frames that come before the upgrade is answered are refused")
    {
        Door door;
        test::SocketClient client(door.port());
        client.send(
            "GET /ocpp/CP1 HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: upgrade\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Protocol: ocpp1.6\r\n\r\nxx");
        CHECK(test::read_response(client).status == 400);
    }

    TEST_CASE("a peer that connects and says nothing is let go, and makes room for others")
    {
        gateway::StationOptions options;
        options.handshake_timeout = std::chrono::milliseconds(300);
        options.handshakes_at_once = 2;
        Door door(options);
        test::SocketClient first_silent(door.port());
        test::SocketClient second_silent(door.port());
        // Both places are taken, so this one is served only when they have been let go.
        WsClient const client(door.port(), "/ocpp/CP1", "ocpp1.6");
        CHECK(client.open());
        CHECK(first_silent.closed());
        CHECK(second_silent.closed());
    }

    TEST_CASE("compression is agreed on for 2.0.1 alone, and only with a window that we may choose")
    {
        Door door;
        auto const agreed = [&](std::string const& protocol, std::string const& offer) {
            WsClient const client(door.port(), "/ocpp/CP1", protocol,
                {.headers = {"Sec-WebSocket-Extensions: " + offer}});
            auto const found = client.response().headers.find("sec-websocket-extensions");
            return found == client.response().headers.end() ? "" : found->second;
        };
        auto const offer = "permessage-deflate; client_max_window_bits";
        auto const agreement = agreed("ocpp2.0.1", offer);
        CHECK(agreement.find("permessage-deflate") == 0);
        CHECK(agreement.find("server_max_window_bits=10") != std::string::npos);
        CHECK(agreement.find("client_max_window_bits=10") != std::string::npos);
        CHECK(agreed("ocpp1.6", offer).empty());
        CHECK(agreed("ocpp2.0.1", "permessage-deflate").empty());

        gateway::StationOptions options;
        options.compression = false;
        Door plain(options);
        WsClient const client(plain.port(), "/ocpp/CP1", "ocpp2.0.1",
            {.headers = {std::string("Sec-WebSocket-Extensions: ") + offer}});
        CHECK(client.open());
        CHECK(client.response().headers.count("sec-websocket-extensions") == 0);
    }
}
