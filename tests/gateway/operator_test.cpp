#include "server/gateway/operator_listener.hpp"
#include "stage.hpp"
#include "ws_client.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using test::http, test::Opcode, test::WsClient;

// A console of a few files, and beside it one that nobody must get.
struct ConsoleDirectory {
    ConsoleDirectory()
    {
        fs::create_directories(path / "assets");
        write(path / "index.html", "<!doctype html>");
        write(path / "assets" / "app-1a2b.js", "let x;");
        write(path / "assets" / "app-1a2b.css", "a{}");
        write(path / "two words.txt", "two words");
        write(path / ".hidden", "no");
        write(path.string() + ".secret", "secret");
    }
    ~ConsoleDirectory()
    {
        fs::remove_all(path);
        fs::remove(path.string() + ".secret");
    }
    static void write(fs::path const& file, std::string const& content)
    {
        std::ofstream(file, std::ios::binary) << content;
    }

    fs::path path = fs::temp_directory_path() / ("kurs_console_" + std::to_string(::getpid()));
};

// Echoes texts; "close me" and such are up to the tests.
struct Door {
    explicit Door(gateway::OperatorOptions const& options = {})
        : listener(stage.port(), handlers(),
              std::get<gateway::StaticFiles>(gateway::StaticFiles::load(console.path)), stage.log,
              options)
    {
        stage.start();
        test::Stage::run_on(stage.front, [this] { listener.start(); });
    }
    ~Door() { stage.stop(); }

    gateway::OperatorHandlers handlers()
    {
        return {
            .open =
                [this](std::function<void(std::string)> send, std::string peer) {
                    peers.push_back(peer);
                    last_send = send;
                    return gateway::OperatorConversation{
                        .on_text =
                            [send](std::string_view text) { send("echo " + std::string(text)); },
                        .on_close = [this] { ++closed; }};
                },
            .rpc =
                [](std::string bearer, std::string body, std::string peer,
                    std::function<void(gateway::HttpAnswer)> answer) {
                    // On another thread, as the API may.
                    std::thread([=] {
                        answer({.status = 200, .body = bearer + "|" + body + "|" + peer});
                    }).detach();
                },
            .health = [this] { return gateway::HttpAnswer{.status = health, .body = "{}"}; }};
    }

    std::uint16_t port() const { return listener.local().port; }
    WsClient admin(std::string const& protocols = "kurs.admin.v1", WsClient::Options const& o = {})
    {
        return WsClient(port(), "/admin", protocols, o);
    }
    // Something that the front thread knows.
    template <class F>
    auto on_front(F what)
    {
        decltype(what()) result{};
        test::Stage::run_on(stage.front, [&] { result = what(); });
        return result;
    }

    ConsoleDirectory console;
    std::vector<std::string> peers;
    std::function<void(std::string)> last_send;
    std::atomic<int> closed{0};
    std::atomic<unsigned> health{200};
    test::Stage stage{0};
    gateway::OperatorListener listener;
};

}

TEST_SUITE("operators' door")
{
    TEST_CASE(
        "the console's files are served with their types, and hashed ones may be kept for ever")
    {
        Door door;
        auto const index = http(door.port(), "GET", "/");
        CHECK(index.status == 200);
        CHECK(index.body == "<!doctype html>");
        CHECK(index.headers.at("content-type") == "text/html; charset=utf-8");
        CHECK(index.headers.at("cache-control") == "no-cache");
        CHECK(index.headers.at("content-security-policy").find("default-src 'self'") == 0);
        CHECK(index.headers.at("x-content-type-options") == "nosniff");
        CHECK(index.headers.at("referrer-policy") == "no-referrer");

        auto const script = http(door.port(), "GET", "/assets/app-1a2b.js?v=1");
        CHECK(script.body == "let x;");
        CHECK(script.headers.at("content-type") == "text/javascript; charset=utf-8");
        CHECK(script.headers.at("cache-control").find("immutable") != std::string::npos);
        CHECK(http(door.port(), "GET", "/assets/app-1a2b.css").headers.at("content-type") ==
              "text/css; charset=utf-8");
        CHECK(http(door.port(), "GET", "/two%20words.txt").body == "two words");
    }

    TEST_CASE("a file that has not changed is not sent again")
    {
        Door door;
        auto const first = http(door.port(), "GET", "/");
        auto const second = http(
            door.port(), "GET", "/", {"If-None-Match: " + first.headers.at("etag")});
        CHECK(second.status == 304);
        CHECK(second.body.empty());
        CHECK(http(door.port(), "GET", "/", {"If-None-Match: \"0\""}).status == 200);
    }

    TEST_CASE("HEAD says what GET would, without the body")
    {
        Door door;
        test::SocketClient client(door.port());
        client.send("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n");
        auto const head = test::read_response(client, true);
        CHECK(head.status == 200);
        CHECK(head.headers.at("content-length") == "15");
        // Nothing came after the header: the next response follows at once.
        client.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
        CHECK(test::read_response(client).body == "{}");
    }

    TEST_CASE("no path leads out of the console's directory")
    {
        Door door;
        auto const name = door.console.path.filename().string();
        for (auto const& target : {std::string("/../") + name + ".secret",
                 std::string("/%2e%2e/") + name + ".secret", "/assets/../../" + name + ".secret",
                 "/assets/..%2f..%2f" + name + ".secret", std::string("/..%5c") + name + ".secret",
                 std::string("//etc/passwd"), std::string("/%00"), std::string("/.hidden"),
                 std::string("/assets"), std::string("/assets/"), std::string("/nothing"),
                 std::string("/%"), std::string("/index.html%00.js")})
            CHECK(http(door.port(), "GET", target).status == 404);
    }

    TEST_CASE("a server without a console says how to get one")
    {
        test::Stage stage{0};
        gateway::OperatorListener listener(stage.port(), {}, {}, stage.log, {});
        stage.start();
        test::Stage::run_on(stage.front, [&] { listener.start(); });
        auto const answer = http(listener.local().port, "GET", "/");
        CHECK(answer.status == 404);
        CHECK(answer.body.find("--console") != std::string::npos);
        stage.stop();
    }

    TEST_CASE("methods that a path does not have are refused with those that it has")
    {
        Door door;
        auto const refused = [&](char const* method, char const* target) {
            auto const answer = http(door.port(), method, target, {"Content-Length: 0"});
            return std::to_string(answer.status) + " " + answer.headers.at("allow");
        };
        CHECK(refused("GET", "/rpc") == "405 POST");
        CHECK(refused("POST", "/") == "405 GET, HEAD");
        CHECK(refused("DELETE", "/healthz") == "405 GET, HEAD");
        CHECK(refused("POST", "/admin") == "405 GET");
        CHECK(http(door.port(), "GET", "/admin").status == 426);
    }

    TEST_CASE("POST /rpc hands on the token, the body and the peer's address, and the connection "
              "lives on")
    {
        Door door;
        test::SocketClient client(door.port());
        for (int i = 0; i < 3; ++i) {
            client.send("POST /rpc HTTP/1.1\r\nHost: x\r\nAuthorization: bearer T0K\r\n"
                        "Content-Length: 2\r\n\r\n{}");
            auto const answer = test::read_response(client);
            CHECK(answer.status == 200);
            CHECK(answer.body == "T0K|{}|127.0.0.1");
            CHECK(answer.headers.at("content-type") == "application/json");
        }
        CHECK(http(door.port(), "POST", "/rpc", {}, "x").body == "|x|127.0.0.1");
        CHECK(http(door.port(), "POST", "/rpc", {"Authorization: Basic eA=="}, "x").body ==
              "|x|127.0.0.1");
    }

    TEST_CASE("a body above the limit is refused")
    {
        gateway::OperatorOptions options;
        options.body_limit_bytes = 1000;
        Door door(options);
        CHECK(http(door.port(), "POST", "/rpc", {}, std::string(1000, 'x')).status == 200);
        CHECK(http(door.port(), "POST", "/rpc", {}, std::string(1001, 'x')).status == 413);
        test::SocketClient chunked(door.port());
        chunked.send("POST /rpc HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n" +
                     std::string(1001, 'x') + "\r\n0\r\n\r\n");
        CHECK(test::read_response(chunked).status == 413);
    }

    TEST_CASE("health is what the server says it is")
    {
        Door door;
        CHECK(http(door.port(), "GET", "/healthz").status == 200);
        door.health = 503;
        CHECK(http(door.port(), "GET", "/healthz").status == 503);
    }

    TEST_CASE("a connection that asks for nothing is let go")
    {
        gateway::OperatorOptions options;
        options.request_timeout = 200ms;
        Door door(options);
        test::SocketClient silent(door.port());
        CHECK(silent.closed());
        test::SocketClient after_one(door.port());
        after_one.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
        CHECK(test::read_response(after_one).status == 200);
        CHECK(after_one.closed());
    }

    TEST_CASE("connections above the limit are closed, and room is made when one goes")
    {
        gateway::OperatorOptions options;
        options.connections_limit = 2;
        Door door(options);
        auto const first = std::make_unique<WsClient>(door.admin());
        auto second = std::make_unique<WsClient>(door.admin());
        REQUIRE(first->open());
        REQUIRE(second->open());
        test::SocketClient third(door.port());
        CHECK(third.closed());
        second.reset();
        // The seat is free as soon as the connection's last handler has run.
        CHECK(test::eventually([&] {
            test::SocketClient client(door.port());
            client.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
            return !client.receive().empty();
        }));
    }

    TEST_CASE("the WebSocket at /admin carries texts both ways")
    {
        Door door;
        auto client = door.admin("other, kurs.admin.v1");
        REQUIRE(client.open());
        CHECK(client.subprotocol() == "kurs.admin.v1");
        for (int i = 0; i < 100; ++i) client.text(std::to_string(i));
        for (int i = 0; i < 100; ++i) CHECK(client.next_text() == "echo " + std::to_string(i));
        CHECK(door.on_front([&] { return door.peers; }) == std::vector<std::string>{"127.0.0.1"});
        client.close();
        CHECK(client.socket().closed());
        CHECK(door.stage.lines.wait_for({"event=operator_disconnected"}));
        test::Stage::run_on(door.stage.front, [] {});  // the handler that wrote it has ended
        CHECK(door.closed == 1);
    }

    TEST_CASE("a page of another site cannot open the WebSocket")
    {
        Door door;
        auto const status = [&](std::string const& origin) {
            return door.admin("kurs.admin.v1", {.headers = {"Origin: " + origin}})
                .response()
                .status;
        };
        auto const own = "127.0.0.1:" + std::to_string(door.port());
        CHECK(status("http://" + own) == 101);
        CHECK(status("https://" + own) == 101);
        CHECK(status("http://evil.example") == 403);
        CHECK(status("http://127.0.0.1:1") == 403);
        CHECK(status("http://" + own + ".evil.example") == 403);
        CHECK(status("null") == 403);
        CHECK(door.admin("other").response().status == 400);
        CHECK(door.admin("").response().status == 400);
    }

    TEST_CASE("an operator who does not read is closed before the memory grows")
    {
        gateway::OperatorOptions options;
        options.websocket.outbox_limit_bytes = 1024 * 1024;
        Door door(options);
        auto client = door.admin("kurs.admin.v1", {.receive_buffer = 4096});
        REQUIRE(client.open());
        client.text("x");
        REQUIRE(client.next_text() == "echo x");
        auto const send = door.on_front([&] { return door.last_send; });
        std::size_t sent = 0;
        while (sent < 100U * 1024 * 1024 && door.closed == 0) {
            send(std::string(64 * 1024, 'x'));
            sent += 64 * 1024;
            test::Stage::run_on(door.stage.front, [] {});
        }
        CHECK(door.closed == 1);
        CHECK(sent < 4U * 1024 * 1024);
        send("after the end");  // harmless
    }

    TEST_CASE("a stop closes operators' WebSockets with 1001")
    {
        Door door;
        auto client = door.admin();
        REQUIRE(client.open());
        test::Stage::run_on(door.stage.front, [&] {
            door.listener.stop_accepting();
            door.listener.close_all();
        });
        CHECK(client.wait_for_close().close_code() == 1001);
    }
}
