// kurs-sim: simulated charging stations and cars against any OCPP central system. The shell around
// the library: sockets, a clock, a log; all that a station or a driver does is decided in there.
#include "tools/sim/options.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/detail/base64.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/url/encode.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>

#include <algorithm>
#include <cstdio>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <sys/resource.h>
#include <vector>

namespace sim {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::chrono::seconds connect_timeout{10};
// A clean stop must be over in 2 s; what has not closed by then is cut.
constexpr std::chrono::milliseconds stop_timeout{1'500};
constexpr std::chrono::milliseconds stop_poll{20};

// The simulated clock: starts at the real time and runs `speed` times as fast.
class Clock {
public:
    using Steady = std::chrono::steady_clock;

    explicit Clock(double speed)
        : speed_(speed),
          started_(Steady::now()),
          start_(std::chrono::floor<Milliseconds>(std::chrono::system_clock::now()))
    {
    }

    Instant start() const { return start_; }
    Instant now() const
    {
        std::chrono::duration<double, std::milli> const elapsed = Steady::now() - started_;
        return start_ + Milliseconds{static_cast<std::int64_t>(elapsed.count() * speed_)};
    }
    // The real instant at which the simulated clock shows `at`.
    Steady::time_point when(Instant at) const
    {
        std::chrono::duration<double, std::milli> const real{
            static_cast<double>((at - start_).count()) / speed_};
        return started_ + std::chrono::ceil<Steady::duration>(real);
    }

private:
    double speed_;
    Steady::time_point started_;
    Instant start_;
};

struct Totals {
    std::uint64_t connects = 0;
    std::uint64_t refused = 0;
    std::uint64_t sent = 0;
    std::uint64_t received = 0;
};

// What all stations share.
struct Shell {
    Options options;
    Clock clock;
    asio::io_context io{1};
    tcp::resolver::results_type endpoints{};
    std::string host{};
    std::string path{};  // without the identity, without a trailing slash
    Totals totals{};
    bool stopping = false;

    void log(Instant at, std::string const& identity, std::string_view text) const
    {
        auto stamp = ocpp::to_string(at);
        if (stamp.find('.') == std::string::npos) stamp.insert(stamp.size() - 1, ".000");
        std::printf("%s station=%s %.*s\n", stamp.c_str(), identity.c_str(),
            static_cast<int>(text.size()), text.data());
    }
};

std::string basic_credentials(std::string const& identity, std::string const& password)
{
    auto const plain = identity + ":" + password;
    std::string encoded(beast::detail::base64::encoded_size(plain.size()), '\0');
    encoded.resize(beast::detail::base64::encode(encoded.data(), plain.data(), plain.size()));
    return "Basic " + encoded;
}

// One station with its drivers and its connection.
class Client : public std::enable_shared_from_this<Client> {
public:
    Client(Shell& shell, StationConfig const& config, DriverConfig const& drivers, Instant starts)
        : shell_(shell),
          station_(config, starts),
          drivers_(drivers, config.seed, starts),
          starts_(starts),
          timer_(shell.io)
    {
    }

    void run() { wake_at(starts_); }

    void stop()
    {
        timer_.cancel();
        if (!connection_) return;
        auto const connection = connection_;
        if (!connection->open || connection->closing) {
            drop();
            return;
        }
        connection->closing = true;
        connection->stream.async_close(
            websocket::close_code::going_away, [self = shared_from_this(), connection](error_code) {
                if (connection == self->connection_) self->drop();
            });
    }
    bool stopped() const { return !connection_; }

private:
    struct Connection {
        explicit Connection(asio::io_context& io) : stream(io) {}

        websocket::stream<beast::tcp_stream, false> stream;  // no compression
        beast::flat_buffer in;
        std::deque<std::string> out;
        bool open = false;
        bool writing = false;
        bool closing = false;
    };
    using ConnectionPtr = std::shared_ptr<Connection>;

    std::string const& identity() const { return station_.config().identity; }

    // Lets the station see what time it is, and does what it wants.
    void wake()
    {
        if (shell_.stopping) return;
        auto const now = shell_.clock.now();
        drivers_.on_time(station_, now);
        station_.on_time(now);
        drain();
        auto next = drivers_.next_wake();
        if (auto const at = station_.next_wake()) next = std::min(next, *at);
        wake_at(std::max(next, now + Milliseconds{1}));
    }

    void wake_at(Instant at)
    {
        timer_.expires_at(shell_.clock.when(at));
        timer_.async_wait([self = shared_from_this()](error_code ec) {
            if (!ec) self->wake();
        });
    }

    void drain()
    {
        for (auto const& event : station_.take_events())
            shell_.log(event.at, identity(), event.text);
        switch (station_.take_link_request()) {
        case LinkRequest::open: connect(); break;
        case LinkRequest::close: drop(); break;
        case LinkRequest::none: break;
        }
        for (auto& text : station_.take_texts()) {
            if (!connection_) break;
            if (shell_.options.frames) shell_.log(shell_.clock.now(), identity(), "out " + text);
            ++shell_.totals.sent;
            connection_->out.push_back(std::move(text));
        }
        if (connection_) write(connection_);
    }

    void drop()
    {
        if (!connection_) return;
        error_code ignored;
        beast::get_lowest_layer(connection_->stream).socket().close(ignored);
        connection_.reset();
    }

    void connect()
    {
        drop();
        connection_ = std::make_shared<Connection>(shell_.io);
        auto& tcp_stream = beast::get_lowest_layer(connection_->stream);
        tcp_stream.expires_after(connect_timeout);
        tcp_stream.async_connect(shell_.endpoints,
            [self = shared_from_this(), c = connection_](error_code ec, tcp::endpoint const&) {
                if (c != self->connection_) return;
                if (ec) return self->lost(c, ec);
                self->shake_hands(c);
            });
    }

    void shake_hands(ConnectionPtr const& connection)
    {
        auto& stream = connection->stream;
        auto& tcp_stream = beast::get_lowest_layer(stream);
        error_code ignored;
        tcp_stream.socket().set_option(tcp::no_delay(true), ignored);
        tcp_stream.expires_never();
        auto timeout = websocket::stream_base::timeout::suggested(beast::role_type::client);
        timeout.idle_timeout = websocket::stream_base::none();
        stream.set_option(timeout);
        auto const protocol = std::string(ocpp::subprotocol_name(station_.config().version));
        auto const credentials = shell_.options.password.empty()
                                     ? std::string{}
                                     : basic_credentials(identity(), shell_.options.password);
        stream.set_option(websocket::stream_base::decorator(
            [protocol, credentials](websocket::request_type& request) {
                request.set(beast::http::field::sec_websocket_protocol, protocol);
                if (!credentials.empty())
                    request.set(beast::http::field::authorization, credentials);
            }));
        auto const target = shell_.path + "/" +
                            boost::urls::encode(identity(), boost::urls::unreserved_chars);
        stream.async_handshake(
            shell_.host, target, [self = shared_from_this(), c = connection](error_code ec) {
                if (c != self->connection_) return;
                if (ec) return self->lost(c, ec);
                c->open = true;
                ++self->shell_.totals.connects;
                self->station_.on_open(self->shell_.clock.now());
                self->read(c);
                self->wake();
            });
    }

    void read(ConnectionPtr const& connection)
    {
        connection->stream.async_read(connection->in,
            [self = shared_from_this(), c = connection](error_code ec, std::size_t) {
                if (c != self->connection_) return;
                if (ec) return self->lost(c, ec);
                std::string const text = beast::buffers_to_string(c->in.data());
                c->in.consume(c->in.size());
                ++self->shell_.totals.received;
                auto const now = self->shell_.clock.now();
                if (self->shell_.options.frames)
                    self->shell_.log(now, self->identity(), "in " + text);
                self->station_.on_text(text, now);
                self->wake();
                if (c == self->connection_) self->read(c);
            });
    }

    void write(ConnectionPtr const& connection)
    {
        if (connection->writing || connection->closing || connection->out.empty()) return;
        connection->writing = true;
        connection->stream.text(true);
        connection->stream.async_write(asio::buffer(connection->out.front()),
            [self = shared_from_this(), c = connection](error_code ec, std::size_t) {
                c->writing = false;
                if (c != self->connection_) return;
                if (ec) return self->lost(c, ec);
                c->out.pop_front();
                self->write(c);
            });
    }

    void lost(ConnectionPtr const& connection, error_code ec)
    {
        if (shell_.stopping) return drop();
        if (!connection->open) ++shell_.totals.refused;
        if (!shell_.options.quiet)
            shell_.log(shell_.clock.now(), identity(),
                "event=connection_lost why=\"" + ec.message() + "\"");
        drop();
        station_.on_close(shell_.clock.now());
        wake();
    }

    Shell& shell_;
    Station station_;
    Drivers drivers_;
    Instant starts_;
    asio::steady_timer timer_;
    ConnectionPtr connection_;
};

// Thousands of stations need as many descriptors.
void raise_descriptor_limit()
{
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

// False, with the reason printed, when the URL is none of ours or its host is unknown.
bool resolve(Shell& shell)
{
    auto const parsed = boost::urls::parse_uri(shell.options.url);
    if (!parsed || parsed->scheme() != "ws" || parsed->host().empty()) {
        std::fprintf(
            stderr, "--url: ws://HOST[:PORT]/PATH is needed, not %s\n", shell.options.url.c_str());
        return false;
    }
    auto const port = parsed->has_port() ? std::string(parsed->port()) : "80";
    shell.host = std::string(parsed->encoded_host()) + ":" + port;
    shell.path = std::string(parsed->encoded_path());
    while (!shell.path.empty() && shell.path.back() == '/') shell.path.pop_back();
    error_code ec;
    tcp::resolver resolver(shell.io);
    shell.endpoints = resolver.resolve(parsed->host_address(), port, ec);
    if (ec) std::fprintf(stderr, "--url: %s: %s\n", shell.host.c_str(), ec.message().c_str());
    return !ec;
}

void run(Shell& shell)
{
    auto const& options = shell.options;
    std::vector<std::shared_ptr<Client>> clients;
    auto const drivers = driver_config(options);
    for (int number = 1; number <= options.stations; ++number) {
        auto const delay = std::chrono::duration<double>(
            options.speed * (number - 1) / options.connects_per_second);
        auto const starts = shell.clock.start() + std::chrono::floor<Milliseconds>(delay);
        auto const config = station_config(options, number, shell.clock.start());
        clients.push_back(std::make_shared<Client>(shell, config, drivers, starts));
        clients.back()->run();
    }

    asio::signal_set signals(shell.io, SIGINT, SIGTERM);
    asio::steady_timer end(shell.io);
    asio::steady_timer poll(shell.io);
    Clock::Steady::time_point cut{};
    std::function<void()> wait_for_all = [&] {
        bool const all = std::ranges::all_of(clients, [](auto const& c) { return c->stopped(); });
        if (all || Clock::Steady::now() >= cut) return shell.io.stop();
        poll.expires_after(stop_poll);
        poll.async_wait([&](error_code) { wait_for_all(); });
    };
    auto const stop = [&] {
        if (shell.stopping) return;
        shell.stopping = true;
        cut = Clock::Steady::now() + stop_timeout;
        for (auto const& client : clients) client->stop();
        wait_for_all();
    };
    signals.async_wait([&](error_code ec, int) {
        if (!ec) stop();
    });
    if (options.for_seconds > 0) {
        end.expires_after(std::chrono::duration_cast<std::chrono::milliseconds>(
            std::chrono::duration<double>(options.for_seconds)));
        end.async_wait([&](error_code ec) {
            if (!ec) stop();
        });
    }
    shell.io.run();
}

// 0, or 2 when it could not begin.
int simulate(Options const& options)
{
    raise_descriptor_limit();
    Shell shell{options, Clock(options.speed)};
    if (!resolve(shell)) return 2;
    run(shell);
    if (!options.quiet)
        std::printf("connects=%llu failed_connects=%llu frames_sent=%llu frames_received=%llu\n",
            static_cast<unsigned long long>(shell.totals.connects),
            static_cast<unsigned long long>(shell.totals.refused),
            static_cast<unsigned long long>(shell.totals.sent),
            static_cast<unsigned long long>(shell.totals.received));
    return 0;
}

}

}

int main(int argc, char** argv)
{
    sim::Options options;
    if (auto const code = sim::read_options(argc, argv, options)) return *code;
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    return sim::simulate(options);
}
