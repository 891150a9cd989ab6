#include "tools/kurs/socket.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>

#include <chrono>
#include <csignal>
#include <optional>
#include <utility>

namespace kurs {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;

namespace {

constexpr char const* subprotocol = "kurs.admin.v1";
constexpr char const* target = "/admin";
constexpr std::chrono::seconds connect_time{10};
// Half of it passes before a ping, the other half before its answer must be here.
constexpr std::chrono::seconds silence_time{60};
// The server's longest answers are lists of a thousand sessions, far below.
constexpr std::size_t longest_message = std::size_t{64} << 20U;

}

struct Socket::Impl {
    asio::io_context io;
    websocket::stream<beast::tcp_stream> stream{io};
    asio::signal_set signals{io};
    bool interrupted = false;
    bool ended = false;

    // Runs the handlers until `result` is there. The signals' handler alone does not end it.
    template <class Result>
    void run_until(std::optional<Result> const& result)
    {
        io.restart();
        while (!result && io.run_one() > 0) {
        }
    }

    // Starts an operation whose handler gets an error code first, and waits for it.
    template <class Start>
    beast::error_code wait_for(Start start)
    {
        std::optional<beast::error_code> result;
        start([&result](beast::error_code error, auto&&...) { result = error; });
        run_until(result);
        return result.value_or(asio::error::operation_aborted);
    }

    beast::error_code connect(ServerAddress const& server)
    {
        asio::ip::tcp::resolver resolver(io);
        beast::error_code error;
        auto const endpoints = resolver.resolve(server.host, server.port, error);
        if (error) return error;
        auto& tcp = beast::get_lowest_layer(stream);
        tcp.expires_after(connect_time);
        error = wait_for([&](auto done) { tcp.async_connect(endpoints, std::move(done)); });
        if (error) return error;
        tcp.expires_never();  // the WebSocket has timeouts of its own
        stream.set_option(websocket::stream_base::timeout{connect_time, silence_time, true});
        stream.set_option(websocket::stream_base::decorator([](websocket::request_type& request) {
            request.set(beast::http::field::sec_websocket_protocol, subprotocol);
        }));
        stream.read_message_max(longest_message);
        auto const host = server.host.find(':') == std::string::npos
                              ? server.host + ":" + server.port
                              : "[" + server.host + "]:" + server.port;
        return wait_for([&](auto done) { stream.async_handshake(host, target, std::move(done)); });
    }
};

Socket::Socket(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Socket::Socket(Socket&&) noexcept = default;

std::variant<Socket, Unreachable> Socket::open(ServerAddress const& server)
{
    auto impl = std::make_unique<Impl>();
    auto const error = impl->connect(server);
    if (error) return Unreachable{error.message()};
    return Socket(std::move(impl));
}

Socket::~Socket()
{
    if (!impl_ || impl_->ended) return;
    auto& stream = impl_->stream;
    impl_->wait_for(
        [&](auto done) { stream.async_close(websocket::close_code::normal, std::move(done)); });
}

void Socket::watch_signals()
{
    auto& impl = *impl_;
    impl.signals.add(SIGINT);
    impl.signals.add(SIGTERM);
    impl.signals.async_wait([&impl](beast::error_code error, int) {
        if (error) return;
        impl.interrupted = true;
        impl.signals.clear();  // a second Ctrl-C ends the process, should the server not answer
        impl.stream.async_close(websocket::close_code::normal, [](beast::error_code) {});
    });
}

void Socket::send(std::string const& text)
{
    auto& stream = impl_->stream;
    stream.text(true);
    impl_->wait_for([&](auto done) { stream.async_write(asio::buffer(text), std::move(done)); });
}

std::variant<std::string, Unreachable, Interrupted> Socket::receive()
{
    beast::flat_buffer buffer;
    auto& stream = impl_->stream;
    auto const error = impl_->wait_for(
        [&](auto done) { stream.async_read(buffer, std::move(done)); });
    if (!error) return beast::buffers_to_string(buffer.data());
    impl_->ended = true;
    if (impl_->interrupted) return Interrupted{};
    if (error == websocket::error::closed) {
        return Unreachable{"the server closed it"};
    }
    return Unreachable{error.message()};
}

}
