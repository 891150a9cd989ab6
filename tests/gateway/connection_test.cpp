#include "recorder.hpp"
#include "server/gateway/station_listener.hpp"
#include "stage.hpp"
#include "ws_client.hpp"

#include <boost/beast/zlib/deflate_stream.hpp>
#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace std::chrono_literals;
using test::Opcode, test::Recorder, test::WsClient, test::WsFrame;

struct Door {
    explicit Door(gateway::WebSocketOptions const& websocket = {})
        : listener(stage.port(), stage.lanes, recorder, stage.log, options_with(websocket))
    {
        stage.start();
        test::Stage::run_on(stage.front, [this] { listener.start(); });
    }
    ~Door() { stage.stop(); }
    static gateway::StationOptions options_with(gateway::WebSocketOptions const& websocket)
    {
        gateway::StationOptions options;
        options.websocket = websocket;
        return options;
    }
    WsClient connect(std::string const& protocol = "ocpp1.6", WsClient::Options const& options = {})
    {
        return WsClient(listener.local().port, "/ocpp/CP1", protocol, options);
    }
    // Everything asked of the connections until now has been carried out.
    void settle()
    {
        for (std::size_t lane = 0; lane < stage.lanes.count(); ++lane)
            test::Stage::run_on(stage.lanes.context(lane), [] {});
    }

    test::Stage stage;
    test::Recorder recorder;
    gateway::StationListener listener;
};

// A raw deflate stream without the trailing 00 00 FF FF (RFC 7692 section 7.2.1).
std::string deflated(std::string const& text)
{
    namespace zlib = boost::beast::zlib;
    std::string out(text.size() + 1000, '\0');
    zlib::deflate_stream stream;
    stream.reset(6, 10, 4, zlib::Strategy::normal);
    zlib::z_params params;
    params.next_in = text.data();
    params.avail_in = text.size();
    params.next_out = out.data();
    params.avail_out = out.size();
    boost::system::error_code error;
    stream.write(params, zlib::Flush::sync, error);
    REQUIRE(!error);
    out.resize(params.total_out);
    REQUIRE(out.substr(out.size() - 4) == std::string("\0\0\xFF\xFF", 4));
    return out.substr(0, out.size() - 4);
}

std::string const offer = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits";

}

TEST_SUITE("a station's connection")
{
    TEST_CASE("texts go both ways unchanged, whatever their length and however they are cut")
    {
        Door door;
        auto client = door.connect();
        std::vector<std::string> texts;
        for (std::size_t const length :
            {1UL, 125UL, 126UL, 239UL, 240UL, 241UL, 4096UL, 65535UL, 65536UL, 150'000UL})
            texts.push_back(std::string(length, static_cast<char>('a' + length % 26)));
        for (auto const& text : texts) client.text(text);
        client.frame({.opcode = Opcode::text, .last = false, .payload = "one "});
        client.frame({.opcode = Opcode::continuation, .last = false, .payload = "two "});
        client.frame({.opcode = Opcode::ping, .payload = "between"});
        client.frame({.opcode = Opcode::continuation, .payload = "three"});
        texts.emplace_back("one two three");
        REQUIRE(door.recorder.wait([&](auto const& s) { return s.frames.size() >= texts.size(); }));
        CHECK((door.recorder.seen().frames == texts));

        CHECK(client.next()->payload == "between");
        for (auto const& text : texts) {
            door.recorder.link(0)->send_text(text);
            CHECK((client.next_text() == text));  // not printed: they are long
        }
    }

    TEST_CASE("a text that another thread sent before leaves before one of the connection's thread")
    {
        Door door;
        auto client = door.connect();
        REQUIRE(door.recorder.wait([](auto const& s) { return !s.links.empty(); }));
        auto const link = door.recorder.link(0);
        // One of the two is the connection's.
        for (std::size_t lane = 0; lane < door.stage.lanes.count(); ++lane) {
            test::Stage::run_on(door.stage.lanes.context(lane), [&] {
                std::thread([&] { link->send_text("first"); }).join();
                link->send_text("second");
            });
            CHECK(client.next_text() == "first");
            CHECK(client.next_text() == "second");
        }
    }

    TEST_CASE("an empty text is nobody's business")
    {
        Door door;
        auto client = door.connect();
        for (int i = 0; i < 100; ++i) client.text("");
        client.text("x");
        REQUIRE(door.recorder.wait([](auto const& s) { return !s.frames.empty(); }));
        CHECK(door.recorder.seen().frames == std::vector<std::string>{"x"});
    }

    TEST_CASE("a binary frame closes the connection with 1003")
    {
        Door door;
        auto client = door.connect();
        client.frame({.opcode = Opcode::binary, .payload = "x"});
        CHECK(client.wait_for_close().close_code() == 1003);
        CHECK(door.recorder.wait([](auto const& s) { return s.disconnected == 1; }));
        CHECK(door.recorder.seen().frames.empty());
    }

    TEST_CASE("a text that is not UTF-8 closes the connection with 1007")
    {
        Door door;
        auto client = door.connect();
        client.text("\xFF");
        CHECK(client.wait_for_close().close_code() == 1007);
    }

    TEST_CASE("a message above the limit closes the connection with 1009")
    {
        gateway::WebSocketOptions options;
        options.frame_limit_bytes = 1000;
        SUBCASE("in one frame")
        {
            Door door(options);
            auto client = door.connect();
            client.text(std::string(1000, 'x'));
            client.text(std::string(1001, 'x'));
            CHECK(client.wait_for_close().close_code() == 1009);
            CHECK(door.recorder.wait([](auto const& s) { return s.disconnected == 1; }));
            CHECK(door.recorder.seen().frames == std::vector{std::string(1000, 'x')});
        }
        SUBCASE("in several")
        {
            Door door(options);
            auto client = door.connect();
            client.frame({.opcode = Opcode::text, .last = false, .payload = std::string(600, 'x')});
            client.frame({.opcode = Opcode::continuation, .payload = std::string(401, 'x')});
            CHECK(client.wait_for_close().close_code() == 1009);
        }
        SUBCASE("announced and not sent")
        {
            Door door(options);
            auto client = door.connect();
            // A text of 2^62 bytes, of which none comes.
            client.socket().send(std::string("\x81\xFF\x40\0\0\0\0\0\0\0mask", 14));
            CHECK(client.wait_for_close().close_code() == 1009);
        }
        SUBCASE("small until it is inflated")
        {
            Door door(options);
            auto client = door.connect("ocpp2.0.1", {.headers = {offer}});
            auto const bomb = deflated(std::string(100'000, 'x'));
            REQUIRE(bomb.size() < 1000);
            client.frame({.opcode = Opcode::text, .compressed = true, .payload = bomb});
            CHECK(client.wait_for_close().close_code() == 1009);
        }
    }

    TEST_CASE("compressed texts are read")
    {
        Door door;
        auto client = door.connect("ocpp2.0.1", {.headers = {offer}});
        std::string text;
        for (int i = 0; i < 500; ++i)
            text += "[2,\"" + std::to_string(i) + "\",\"MeterValues\",{}]";
        for (int i = 0; i < 3; ++i)
            client.frame({.opcode = Opcode::text, .compressed = true, .payload = deflated(text)});
        REQUIRE(door.recorder.wait([](auto const& s) { return s.frames.size() == 3; }));
        CHECK((door.recorder.seen().frames == std::vector(3, text)));
        // And what goes out is compressed: it is shorter, and the text is not in it.
        door.recorder.link(0)->send_text(text);
        auto const frame = client.next();
        REQUIRE(frame);
        CHECK(frame->compressed);
        CHECK(frame->payload.find("MeterValues,{}") == std::string::npos);
    }

    TEST_CASE("a peer that answers no ping is closed, one that does stays")
    {
        gateway::WebSocketOptions options;
        options.silence_timeout = 400ms;
        Door door(options);
        auto dead = door.connect();
        auto alive = door.connect();
        int pings = 0;
        while (pings < 5) {
            auto const frame = alive.next();
            REQUIRE(frame);
            if (frame->opcode != Opcode::ping) continue;
            ++pings;
            alive.frame({.opcode = Opcode::pong, .payload = frame->payload});
        }
        // A ping every 200 ms of silence: after five the dead one has been silent for 1 s.
        REQUIRE(door.recorder.wait([](auto const& s) { return s.disconnected == 1; }));
        CHECK(door.stage.lines.wait_for({"event=disconnected", "why=\"silent for too long\""}));
        auto const ping = dead.next();
        REQUIRE(ping);
        CHECK(ping->opcode == Opcode::ping);
        CHECK(dead.socket().closed());
        alive.text("still here");
        CHECK(door.recorder.wait([](auto const& s) { return s.frames.size() == 1; }));
    }

    TEST_CASE(
        "a station that does not read loses its connection, and holds little memory until then")
    {
        gateway::WebSocketOptions options;
        options.outbox_limit_bytes = 256 * 1024;
        options.outbox_limit_frames = 1000;
        Door door(options);
        auto client = door.connect("ocpp1.6", {.receive_buffer = 4096});
        auto const link = door.recorder.link(0);
        REQUIRE(link);
        std::string const text(16 * 1024, 'x');
        // The kernel holds what the two socket buffers take (64 KiB doubled by the kernel, and a
        // little), and the outbox 256 KiB: 1 MiB is well above both together.
        std::size_t const most = 1024 * 1024;
        std::size_t sent = 0;
        while (sent < 100 * most && door.recorder.seen().disconnected == 0) {
            link->send_text(text);
            sent += text.size();
            door.settle();
        }
        CHECK(door.recorder.seen().disconnected == 1);
        CHECK(sent > options.outbox_limit_bytes);
        CHECK(sent < most);
        CHECK(door.stage.lines.wait_for({"event=disconnected", "its outbox is full"}));
    }

    TEST_CASE("an outbox is bounded in frames, too")
    {
        gateway::WebSocketOptions options;
        options.outbox_limit_bytes = 64 * 1024 * 1024;
        options.outbox_limit_frames = 8;
        Door door(options);
        auto client = door.connect("ocpp1.6", {.receive_buffer = 4096});
        auto const link = door.recorder.link(0);
        REQUIRE(link);
        int sent = 0;
        while (sent < 1000 && door.recorder.seen().disconnected == 0) {
            link->send_text(std::string(256 * 1024, 'x'));
            ++sent;
            door.settle();
        }
        // The first fills the kernel's buffers and is being written; seven more wait, and the
        // eighth is one too many. One more may have been asked for before the end was noticed.
        CHECK(sent >= 9);
        CHECK(sent <= 10);
    }

    TEST_CASE("no more is read from a station while too many of its frames are not dealt with")
    {
        gateway::WebSocketOptions options;
        options.unprocessed_limit_frames = 4;
        Door door(options);
        door.recorder.dealing_with_frames = false;
        auto client = door.connect();
        auto const link = door.recorder.link(0);
        REQUIRE(link);

        std::string const one = test::client_frame(
            {.opcode = Opcode::text, .payload = std::string(1000, 'x')});
        std::size_t const count = 50'000;  // 50 MB
        std::string flood;
        flood.reserve(one.size() * count);
        for (std::size_t i = 0; i < count; ++i) flood += one;
        auto const sent = client.socket().send_until_stuck(flood, 500);
        CHECK(sent < flood.size() / 10);
        CHECK(door.recorder.seen().frames.size() <= 4);

        // Dealing with them lets the rest in, and nothing is lost.
        REQUIRE(door.recorder.wait([](auto const& s) { return s.frames.size() == 4; }));
        door.recorder.dealing_with_frames = true;
        for (int i = 0; i < 4; ++i) link->frame_done();
        client.socket().send(flood.substr(sent));
        CHECK(door.recorder.wait([&](auto const& s) { return s.frames.size() == count; }));
    }

    TEST_CASE("what was sent before a close still arrives")
    {
        Door door;
        auto client = door.connect();
        auto const link = door.recorder.link(0);
        REQUIRE(link);
        for (int i = 0; i < 10; ++i)
            link->send_text(std::string(20'000, static_cast<char>('a' + i)));
        link->close_with(gateway::CloseCode::policy, "not wanted: " + std::string(200, 'x'));
        for (int i = 0; i < 10; ++i)
            CHECK((client.next_text() == std::string(20'000, static_cast<char>('a' + i))));
        auto const close = client.wait_for_close();
        CHECK(close.close_code() == 1008);
        // RFC 6455 section 5.5: 125 bytes, two of them for the code.
        CHECK(close.close_reason().size() == 123);
        CHECK(door.recorder.wait([](auto const& s) { return s.disconnected == 1; }));
    }

    TEST_CASE("a peer that does not answer a close is cut off")
    {
        gateway::WebSocketOptions options;
        options.close_timeout = 200ms;
        Door door(options);
        auto client = door.connect();
        door.recorder.link(0)->close_with(gateway::CloseCode::policy, "bye");
        CHECK(client.next()->opcode == Opcode::close);
        CHECK(door.recorder.wait([](auto const& s) { return s.disconnected == 1; }));
    }

    TEST_CASE("a close that cannot leave, because the peer does not read, ends all the same")
    {
        gateway::WebSocketOptions options;
        options.close_timeout = 200ms;
        options.outbox_limit_bytes = 64 * 1024 * 1024;
        Door door(options);
        auto client = door.connect("ocpp1.6", {.receive_buffer = 4096});
        auto const link = door.recorder.link(0);
        REQUIRE(link);
        link->send_text(std::string(1024 * 1024, 'x'));
        link->close_with(gateway::CloseCode::policy, "bye");
        CHECK(door.recorder.wait([](auto const& s) { return s.disconnected == 1; }));
    }

    TEST_CASE("the peer's own close is answered")
    {
        Door door;
        auto client = door.connect();
        client.close(1000);
        auto const frame = client.next();
        REQUIRE(frame);
        CHECK(frame->opcode == Opcode::close);
        CHECK(client.socket().closed());
        CHECK(door.recorder.wait([](auto const& s) { return s.disconnected == 1; }));
    }

    TEST_CASE("a connection that breaks is noticed at once")
    {
        Door door;
        {
            auto client = door.connect();
            REQUIRE(door.recorder.link(0));
        }
        CHECK(door.recorder.wait([](auto const& s) { return s.disconnected == 1; }));
    }
}
