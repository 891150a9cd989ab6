#include "socket_client.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cctype>
#include <cerrno>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>
#include <utility>

namespace test {

SocketClient::SocketClient(std::uint16_t port, int receive_buffer)
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    if (socket_ < 0) throw std::runtime_error("no socket");
    if (receive_buffer > 0)
        setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    timeval const limit{.tv_sec = patience.count(), .tv_usec = 0};
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    int const on = 1;
    setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    void* const generic = &address;
    if (connect(socket_, static_cast<sockaddr*>(generic), sizeof address) != 0) {
        close(socket_);
        throw std::runtime_error("cannot connect to port " + std::to_string(port));
    }
}

SocketClient::~SocketClient()
{
    if (socket_ >= 0) close(socket_);
}

SocketClient::SocketClient(SocketClient&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), rest_(std::move(other.rest_))
{
}

SocketClient& SocketClient::operator=(SocketClient&& other) noexcept
{
    std::swap(socket_, other.socket_);
    std::swap(rest_, other.rest_);
    return *this;
}

void SocketClient::send(std::string_view bytes)
{
    while (!bytes.empty()) {
        auto const sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0) throw std::runtime_error("cannot send");
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

std::size_t SocketClient::send_until_stuck(std::string_view bytes, int patience_ms)
{
    std::size_t total = 0;
    while (total < bytes.size()) {
        auto const sent = ::send(
            socket_, bytes.data() + total, bytes.size() - total, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent > 0) {
            total += static_cast<std::size_t>(sent);
            continue;
        }
        pollfd ready{.fd = socket_, .events = POLLOUT, .revents = 0};
        if (poll(&ready, 1, patience_ms) <= 0) break;
        if ((ready.revents & (POLLERR | POLLHUP)) != 0) break;
    }
    return total;
}

void SocketClient::finish_sending() { shutdown(socket_, SHUT_WR); }

std::string SocketClient::receive()
{
    if (!rest_.empty()) return std::exchange(rest_, {});
    std::array<char, 16 * 1024> buffer{};
    auto const got = recv(socket_, buffer.data(), buffer.size(), 0);
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
        throw std::runtime_error("nothing received in time");
    if (got <= 0) return {};
    return {buffer.data(), static_cast<std::size_t>(got)};
}

std::string SocketClient::receive(std::size_t count)
{
    std::string bytes;
    while (bytes.size() < count) {
        auto const more = receive();
        if (more.empty()) return bytes;
        bytes += more;
    }
    rest_ = bytes.substr(count);
    bytes.resize(count);
    return bytes;
}

std::string SocketClient::receive_until(std::string_view mark)
{
    std::string bytes;
    for (;;) {
        auto const found = bytes.find(mark);
        if (found != std::string::npos) {
            rest_ = bytes.substr(found + mark.size());
            bytes.resize(found + mark.size());
            return bytes;
        }
        auto const more = receive();
        if (more.empty()) return bytes;
        bytes += more;
    }
}

bool SocketClient::closed()
{
    while (!receive().empty()) continue;
    ::close(std::exchange(socket_, -1));
    return true;
}

HttpResponse read_response(SocketClient& client, bool head)
{
    auto const text = client.receive_until("\r\n\r\n");
    HttpResponse response;
    if (text.size() < 12) throw std::runtime_error("no HTTP response: '" + text + "'");
    response.status = static_cast<unsigned>(std::stoul(text.substr(9, 3)));
    std::size_t line = text.find("\r\n") + 2;
    for (;;) {
        auto const end = text.find("\r\n", line);
        if (end == line || end == std::string::npos) break;
        auto const colon = text.find(": ", line);
        auto name = text.substr(line, colon - line);
        std::transform(name.begin(), name.end(), name.begin(),
            [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        response.headers[name] = text.substr(colon + 2, end - colon - 2);
        line = end + 2;
    }
    auto const length = response.headers.find("content-length");
    if (length != response.headers.end() && !head)
        response.body = client.receive(std::stoul(length->second));
    return response;
}

HttpResponse http(std::uint16_t port, std::string_view method, std::string_view target,
    std::vector<std::string> const& headers, std::string_view body)
{
    SocketClient client(port);
    std::string request = std::string(method) + " " + std::string(target) + " HTTP/1.1\r\n";
    request += "Host: 127.0.0.1:" + std::to_string(port) + "\r\n";
    for (auto const& header : headers) request += header + "\r\n";
    if (!body.empty()) request += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    client.send(request + "\r\n" + std::string(body));
    return read_response(client, method == "HEAD");
}

}
