// A WebSocket client by hand (RFC 6455), so that tests can misbehave: send any frame, answer no
// ping, not read at all.
#pragma once

#include "socket_client.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace test {

enum class Opcode : unsigned char {
    continuation = 0,
    text = 1,
    binary = 2,
    close = 8,
    ping = 9,
    pong = 10
};

struct WsFrame {
    Opcode opcode = Opcode::text;
    bool last = true;
    bool compressed = false;  // RSV1
    std::string payload;

    // Of a close frame; 1005 when it has none (RFC 6455 section 7.4.1).
    unsigned close_code() const;
    std::string close_reason() const;
};

// The bytes of one frame as a client sends it.
std::string client_frame(WsFrame const& frame);

class WsClient {
public:
    struct Options {
        std::vector<std::string> headers{};  // whole lines
        int receive_buffer = 0;
    };

    // Connects and asks for the upgrade; response() tells what came back.
    WsClient(std::uint16_t port, std::string const& target, std::string const& subprotocols);
    WsClient(std::uint16_t port, std::string const& target, std::string const& subprotocols,
        Options const& options);

    HttpResponse const& response() const { return response_; }
    bool open() const { return response_.status == 101; }
    std::string subprotocol() const;

    void text(std::string_view payload);
    void frame(WsFrame const& frame);
    void close(unsigned code = 1000);

    // The next frame of any kind; nothing at the end of the connection.
    std::optional<WsFrame> next();
    // The next text; answers pings. Nothing once the connection ends or a close frame comes.
    std::optional<std::string> next_text();
    // Skips everything up to the close frame, and answers it; 0 when the connection ends without
    // one.
    WsFrame wait_for_close();

    SocketClient& socket() { return socket_; }

private:
    SocketClient socket_;
    HttpResponse response_;
};

}
