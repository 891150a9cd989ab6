#include "server/gateway/endpoint.hpp"

#include <boost/asio/ip/address.hpp>

#include <charconv>
#include <utility>

namespace gateway {

namespace {

// Connections that the kernel completes while we are busy. It cuts this down to net.core.somaxconn.
constexpr int backlog = 4096;

std::optional<std::uint16_t> parse_port(std::string_view text)
{
    std::uint16_t port = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return port;
}

boost::system::error_code prepare(
    Acceptor& acceptor, asio::ip::tcp::endpoint const& where, SocketBuffers buffers)
{
    boost::system::error_code error;
    acceptor.open(where.protocol(), error);
    if (!error) acceptor.set_option(asio::socket_base::reuse_address(true), error);
    // Accepted sockets inherit these; the window scale follows from the receive buffer.
    if (!error) acceptor.set_option(asio::socket_base::receive_buffer_size(buffers.bytes), error);
    if (!error) acceptor.set_option(asio::socket_base::send_buffer_size(buffers.bytes), error);
    if (!error) acceptor.bind(where, error);
    if (!error) acceptor.listen(backlog, error);
    return error;
}

}

std::optional<Endpoint> parse_endpoint(std::string_view text)
{
    auto const colon = text.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    auto const port = parse_port(text.substr(colon + 1));
    auto address = text.substr(0, colon);
    bool const bracketed = address.size() >= 2 && address.front() == '[' && address.back() == ']';
    if (bracketed) address = address.substr(1, address.size() - 2);
    boost::system::error_code error;
    auto const ip = asio::ip::make_address(std::string(address), error);
    if (!port || error || ip.is_v6() != bracketed) return std::nullopt;
    return Endpoint{.address = std::string(address), .port = *port};
}

std::string to_string(Endpoint const& endpoint)
{
    bool const v6 = endpoint.address.find(':') != std::string::npos;
    auto const address = v6 ? "[" + endpoint.address + "]" : endpoint.address;
    return address + ":" + std::to_string(endpoint.port);
}

Endpoint from_asio(asio::ip::tcp::endpoint const& endpoint)
{
    return {.address = endpoint.address().to_string(), .port = endpoint.port()};
}

std::variant<Acceptor, std::string> listen_on(
    asio::io_context& context, Endpoint const& endpoint, SocketBuffers buffers)
{
    boost::system::error_code error;
    auto const address = asio::ip::make_address(endpoint.address, error);
    Acceptor acceptor(context.get_executor());
    if (!error) error = prepare(acceptor, {address, endpoint.port}, buffers);
    if (error) return "cannot listen on " + to_string(endpoint) + ": " + error.message();
    return acceptor;
}

}
