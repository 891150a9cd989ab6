// What a WebSocket server costs that does nothing: Beast with a thread per core. It finds a CALL's
// id and answers always the same, reads no further, keeps nothing, times nothing. The reference
// that bench_server compares with; it listens on a free port of 127.0.0.1 until it is told to end.
//
// Usage: bare_responder THREADS
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/websocket.hpp>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;
using boost::system::error_code;
using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;
using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, Executor>;

constexpr int most_threads = 256;
constexpr int window_bits = 10;  // as the real server sets them: only compared with it
constexpr int deflate_memory_level = 1;

websocket::permessage_deflate deflate_options()
{
    websocket::permessage_deflate options;
    options.server_enable = true;
    options.server_max_window_bits = window_bits;
    options.client_max_window_bits = window_bits;
    options.server_no_context_takeover = true;
    options.client_no_context_takeover = true;
    options.memLevel = deflate_memory_level;
    return options;
}

class Connection : public std::enable_shared_from_this<Connection> {
public:
    explicit Connection(Socket socket) : stream_(std::move(socket)) {}

    void start()
    {
        error_code ignored;
        stream_.next_layer().set_option(asio::ip::tcp::no_delay(true), ignored);
        struct Upgrade {
            beast::flat_buffer buffer;
            http::request<http::empty_body> request;
        };
        auto const upgrade = std::make_shared<Upgrade>();
        http::async_read(stream_.next_layer(), upgrade->buffer, upgrade->request,
            [self = shared_from_this(), upgrade](error_code error, std::size_t) {
                if (!error) self->accept(upgrade->request);
            });
    }

private:
    void accept(http::request<http::empty_body> const& request)
    {
        stream_.set_option(deflate_options());
        stream_.auto_fragment(false);
        auto const protocol = std::string(request[http::field::sec_websocket_protocol]);
        stream_.set_option(
            websocket::stream_base::decorator([protocol](websocket::response_type& response) {
                response.set(http::field::sec_websocket_protocol, protocol);
            }));
        stream_.async_accept(request, [self = shared_from_this()](error_code error) {
            self->stream_.set_option(
                websocket::stream_base::decorator([](websocket::response_type&) {}));
            if (!error) self->read();
        });
    }

    void read()
    {
        stream_.async_read(incoming_, [self = shared_from_this()](error_code error, std::size_t) {
            if (!error) self->answer();
        });
    }

    void answer()
    {
        auto const bytes = incoming_.cdata();
        std::string_view const frame(static_cast<char const*>(bytes.data()), bytes.size());
        auto const begin = frame.find('"') + 1;
        outgoing_ = R"([3,")";
        outgoing_ += frame.substr(begin, frame.find('"', begin) - begin);
        outgoing_ += R"(",{"currentTime":"2026-01-01T00:00:00.000Z"}])";
        incoming_.clear();
        stream_.async_write(
            asio::buffer(outgoing_), [self = shared_from_this()](error_code error, std::size_t) {
                if (!error) self->read();
            });
    }

    websocket::stream<Socket> stream_;
    beast::flat_buffer incoming_;
    std::string outgoing_;
};

// Connections go to the threads in turn.
class Server {
public:
    explicit Server(std::size_t threads)
    {
        for (std::size_t i = 0; i < threads; ++i)
            contexts_.push_back(std::make_unique<asio::io_context>(1));
        accept();
    }

    std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

    void run()
    {
        std::vector<std::thread> threads;
        for (auto const& context : contexts_)
            threads.emplace_back([&context] {
                auto const work = asio::make_work_guard(*context);
                context->run();
            });
        front_.run();
        for (auto& thread : threads) thread.join();
    }

private:
    void accept()
    {
        auto& context = *contexts_[next_++ % contexts_.size()];
        acceptor_.async_accept(context.get_executor(), [this](error_code error, Socket socket) {
            if (!error) std::make_shared<Connection>(std::move(socket))->start();
            accept();
        });
    }

    asio::io_context front_{1};
    Acceptor acceptor_{front_.get_executor(), {asio::ip::address_v4::loopback(), 0}};
    std::vector<std::unique_ptr<asio::io_context>> contexts_;
    std::size_t next_ = 0;
};

}

int main(int argc, char** argv)
{
    int const threads = argc == 2 ? std::atoi(argv[1]) : 0;
    if (threads < 1 || threads > most_threads) {
        std::fprintf(stderr, "usage: bare_responder THREADS\n");
        return EXIT_FAILURE;
    }
    try {
        Server server(static_cast<std::size_t>(threads));
        std::printf("listening stations=127.0.0.1:%u\n", static_cast<unsigned>(server.port()));
        std::fflush(stdout);
        server.run();
        return EXIT_SUCCESS;
    } catch (std::exception const& error) {
        std::fprintf(stderr, "bare_responder: %s\n", error.what());
        return EXIT_FAILURE;
    }
}
