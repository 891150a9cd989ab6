#include "ws_client.hpp"

#include <stdexcept>

namespace test {

namespace {

// The example of RFC 6455 section 1.3: this key has this answer.
constexpr std::string_view key = "dGhlIHNhbXBsZSBub25jZQ==";
constexpr std::string_view accepted_key = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

constexpr unsigned char mask_byte = 0x5A;

unsigned byte_at(std::string const& bytes, std::size_t i)
{
    return static_cast<unsigned char>(bytes.at(i));
}

std::string big_endian(std::uint64_t number, int bytes)
{
    std::string text;
    for (int i = bytes - 1; i >= 0; --i) text += static_cast<char>((number >> (8 * i)) & 0xFFU);
    return text;
}

}

unsigned WsFrame::close_code() const
{
    return payload.size() < 2 ? 1005U : byte_at(payload, 0) * 256U + byte_at(payload, 1);
}

std::string WsFrame::close_reason() const { return payload.size() < 2 ? "" : payload.substr(2); }

std::string client_frame(WsFrame const& frame)
{
    std::string bytes;
    bytes += static_cast<char>(static_cast<unsigned>(frame.opcode) | (frame.last ? 0x80U : 0U) |
                               (frame.compressed ? 0x40U : 0U));
    auto const length = frame.payload.size();
    if (length < 126) {
        bytes += static_cast<char>(0x80U | length);
    } else if (length < 65536) {
        bytes += static_cast<char>(0x80U | 126U);
        bytes += big_endian(length, 2);
    } else {
        bytes += static_cast<char>(0x80U | 127U);
        bytes += big_endian(length, 8);
    }
    bytes.append(4, static_cast<char>(mask_byte));
    for (char const c : frame.payload)
        bytes += static_cast<char>(static_cast<unsigned char>(c) ^ mask_byte);
    return bytes;
}

WsClient::WsClient(std::uint16_t port, std::string const& target, std::string const& subprotocols)
    : WsClient(port, target, subprotocols, Options{})
{
}

WsClient::WsClient(std::uint16_t port, std::string const& target, std::string const& subprotocols,
    Options const& options)
    : socket_(port, options.receive_buffer)
{
    std::string request = "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) +
                          "\r\nUpgrade: websocket\r\nConnection: keep-alive, "
                          "Upgrade\r\nSec-WebSocket-Version: 13\r\n" +
                          "Sec-WebSocket-Key: " + std::string(key) + "\r\n";
    if (!subprotocols.empty()) request += "Sec-WebSocket-Protocol: " + subprotocols + "\r\n";
    for (auto const& header : options.headers) request += header + "\r\n";
    socket_.send(request + "\r\n");
    response_ = read_response(socket_);
    if (open() && response_.headers["sec-websocket-accept"] != accepted_key)
        throw std::runtime_error("wrong Sec-WebSocket-Accept");
}

std::string WsClient::subprotocol() const
{
    auto const found = response_.headers.find("sec-websocket-protocol");
    return found == response_.headers.end() ? "" : found->second;
}

void WsClient::text(std::string_view payload)
{
    frame({.opcode = Opcode::text, .payload = std::string(payload)});
}

void WsClient::frame(WsFrame const& frame) { socket_.send(client_frame(frame)); }

void WsClient::close(unsigned code)
{
    frame({.opcode = Opcode::close, .payload = big_endian(code, 2)});
}

std::optional<WsFrame> WsClient::next()
{
    auto const head = socket_.receive(2);
    if (head.size() < 2) return std::nullopt;
    WsFrame frame;
    frame.last = (byte_at(head, 0) & 0x80U) != 0;
    frame.compressed = (byte_at(head, 0) & 0x40U) != 0;
    frame.opcode = static_cast<Opcode>(byte_at(head, 0) & 0x0FU);
    if ((byte_at(head, 1) & 0x80U) != 0) throw std::runtime_error("a server must not mask");
    std::uint64_t length = byte_at(head, 1);
    if (length >= 126) {
        auto const extended = socket_.receive(length == 126 ? 2 : 8);
        length = 0;
        for (std::size_t i = 0; i < extended.size(); ++i)
            length = length * 256U + byte_at(extended, i);
    }
    frame.payload = socket_.receive(length);
    if (frame.payload.size() < length) return std::nullopt;
    return frame;
}

std::optional<std::string> WsClient::next_text()
{
    while (auto const got = next()) {
        if (got->opcode == Opcode::text) return got->payload;
        if (got->opcode == Opcode::close) return std::nullopt;
        if (got->opcode == Opcode::ping) frame({.opcode = Opcode::pong, .payload = got->payload});
    }
    return std::nullopt;
}

WsFrame WsClient::wait_for_close()
{
    while (auto const got = next()) {
        if (got->opcode != Opcode::close) continue;
        close(got->close_code());
        (void)socket_.closed();
        return *got;
    }
    return {.opcode = Opcode::close, .payload = std::string(2, '\0')};
}

}
