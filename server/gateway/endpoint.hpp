// ADDR:PORT as people write it, and a listening socket on it.
#pragma once

#include "server/gateway/stream.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace gateway {

struct Endpoint {
    std::string address;     // an IP address, IPv6 without brackets
    std::uint16_t port = 0;  // 0: any free one

    friend bool operator==(Endpoint const&, Endpoint const&) = default;
};

// "127.0.0.1:8080" or "[::1]:8080"; nothing when it is neither. Host names are not looked up.
std::optional<Endpoint> parse_endpoint(std::string_view text);

// The text that parse_endpoint reads.
std::string to_string(Endpoint const& endpoint);

Endpoint from_asio(asio::ip::tcp::endpoint const& endpoint);

// How much the kernel keeps for one accepted connection, each way. Bounded, because a peer that
// does not read, or floods, would otherwise make the kernel's buffers grow to megabytes.
struct SocketBuffers {
    int bytes = 64 * 1024;
};

// A socket that listens on `endpoint`, or one line that says why it cannot.
std::variant<Acceptor, std::string> listen_on(
    asio::io_context& context, Endpoint const& endpoint, SocketBuffers buffers);

}
