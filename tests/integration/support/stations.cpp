#include "tests/integration/support/stations.hpp"

#include "tests/integration/support/waiting.hpp"
#include "tools/sim/grid.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/websocket.hpp>

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <sstream>
#include <thread>
#include <utility>

namespace integration {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using boost::system::error_code;
using sim::Instant, sim::Milliseconds;
using Steady = std::chrono::steady_clock;

// Real time, in steps that never go back.
class Clock {
public:
    Instant now() const
    {
        return start_ + std::chrono::floor<Milliseconds>(Steady::now() - steady_start_);
    }
    Steady::time_point when(Instant at) const { return steady_start_ + (at - start_); }

private:
    Steady::time_point steady_start_ = Steady::now();
    Instant start_ = std::chrono::floor<Milliseconds>(std::chrono::system_clock::now());
};

struct Link {
    explicit Link(asio::io_context& io) : stream(io) {}

    websocket::stream<beast::tcp_stream, false> stream;  // without compression
    beast::flat_buffer in;
    std::deque<std::string> out;
    bool open = false;
    bool writing = false;
};
using LinkPtr = std::shared_ptr<Link>;

struct Post {  // a station with its connection
    sim::Station station;
    LinkPtr link;  // none: not connected, and not trying to
    std::size_t connects = 0;
};

struct Fuse {
    std::int64_t limit_ma = 0;
    std::vector<std::string> stations;
    std::vector<FuseReading> readings;
};

}

struct Stations::Impl {
    Impl() : thread([this] { io.run(); }) {}
    ~Impl()
    {
        io.stop();
        thread.join();
    }

    // Something happens at this moment: before it, time passes for everybody.
    template <class Event>
    void happen(Event event)
    {
        std::lock_guard const lock(mutex);
        auto const now = clock.now();
        pass_time(now);
        event(now);
        read_fuses();
        for (auto& [identity, post] : posts) attend(post, now);
        set_timer(now);
        changed.notify_all();
    }
    // The same from another thread than that of the sockets.
    template <class Event>
    void happen_there(Event event)
    {
        asio::post(io, [this, event = std::move(event)] { happen(event); });
    }

    void pass_time(Instant until);
    void feed(Instant at);
    std::optional<Instant> next_wake_after(std::optional<Instant> at) const;
    void read_fuses();
    void set_timer(Instant now);

    void attend(Post& post, Instant now);
    void connect(Post& post, Instant now);
    void shake_hands(Post& post, LinkPtr const& link);
    void read(Post& post, LinkPtr const& link);
    void write(Post& post, LinkPtr const& link);
    void lost(Post& post, LinkPtr const& link);
    static void drop(Post& post);

    Post const& at(std::string const& identity) const { return posts.at(identity); }
    std::string describe() const;

    Clock const clock{};
    std::recursive_mutex mutex;
    std::condition_variable_any changed;
    asio::io_context io{1};
    asio::executor_work_guard<asio::io_context::executor_type> work = asio::make_work_guard(io);
    asio::steady_timer timer{io};
    std::uint16_t port = 0;
    std::map<std::string, Post> posts;
    std::map<std::string, Fuse> fuses;
    std::vector<Frame> frames;
    Instant reached{};  // all stations have been fed up to here
    std::thread thread;
};

// All stations go through the same instants, so that a current that rises before another one falls
// is seen.
void Stations::Impl::pass_time(Instant until)
{
    for (auto next = next_wake_after(reached); next && *next < until;
         next = next_wake_after(reached))
        feed(*next);
    feed(until);
}

void Stations::Impl::feed(Instant at)
{
    for (auto& [identity, post] : posts) post.station.on_time(at);
    reached = std::max(reached, at);
    read_fuses();
}

std::optional<Instant> Stations::Impl::next_wake_after(std::optional<Instant> at) const
{
    std::optional<Instant> next;
    for (auto const& [identity, post] : posts) {
        auto const wake = post.station.next_wake();
        if (wake && (!at || *wake > *at) && (!next || *wake < *next)) next = wake;
    }
    return next;
}

void Stations::Impl::read_fuses()
{
    for (auto& [name, fuse] : fuses) {
        std::vector<sim::Wired> wired;
        for (auto const& identity : fuse.stations)
            wired.push_back({.station = &at(identity).station});
        auto const lines = sim::line_currents_ma(wired);
        if (fuse.readings.empty() || fuse.readings.back().lines_ma != lines)
            fuse.readings.push_back({.at = reached, .lines_ma = lines});
    }
}

void Stations::Impl::set_timer(Instant now)
{
    auto const next = next_wake_after(std::nullopt);
    if (!next) return;
    timer.expires_at(clock.when(std::max(*next, now + Milliseconds{1})));
    timer.async_wait([this](error_code cancelled) {
        if (!cancelled) happen([](Instant) {});
    });
}

// Does what the station wants.
void Stations::Impl::attend(Post& post, Instant now)
{
    switch (post.station.take_link_request()) {
    case sim::LinkRequest::open: connect(post, now); break;
    case sim::LinkRequest::close: drop(post); break;
    case sim::LinkRequest::none: break;
    }
    for (auto& text : post.station.take_texts()) {
        if (!post.link) break;
        frames.push_back({.at = now,
            .station = post.station.config().identity,
            .from_station = true,
            .text = text});
        post.link->out.push_back(std::move(text));
    }
    if (post.link) write(post, post.link);
}

void Stations::Impl::connect(Post& post, Instant now)
{
    if (port == 0) return post.station.on_close(now);
    post.link = std::make_shared<Link>(io);
    asio::ip::tcp::endpoint const server(asio::ip::address_v4::loopback(), port);
    beast::get_lowest_layer(post.link->stream)
        .async_connect(server, [this, &post, link = post.link](error_code error) {
            if (error) return lost(post, link);
            shake_hands(post, link);
        });
}

void Stations::Impl::shake_hands(Post& post, LinkPtr const& link)
{
    auto& stream = link->stream;
    error_code ignored;
    beast::get_lowest_layer(stream).socket().set_option(asio::ip::tcp::no_delay(true), ignored);
    std::string const protocol(ocpp::subprotocol_name(post.station.config().version));
    stream.set_option(
        websocket::stream_base::decorator([protocol](websocket::request_type& request) {
            request.set(beast::http::field::sec_websocket_protocol, protocol);
        }));
    stream.async_handshake("127.0.0.1", "/ocpp/" + post.station.config().identity,
        [this, &post, link](error_code error) {
            if (error) return lost(post, link);
            happen([&](Instant now) {
                if (post.link != link) return;
                link->open = true;
                ++post.connects;
                post.station.on_open(now);
            });
            read(post, link);
        });
}

void Stations::Impl::read(Post& post, LinkPtr const& link)
{
    link->stream.async_read(link->in, [this, &post, link](error_code error, std::size_t) {
        if (error) return lost(post, link);
        auto const text = beast::buffers_to_string(link->in.data());
        link->in.consume(link->in.size());
        happen([&](Instant now) {
            if (post.link != link) return;
            frames.push_back({.at = now,
                .station = post.station.config().identity,
                .from_station = false,
                .text = text});
            post.station.on_text(text, now);
        });
        read(post, link);
    });
}

void Stations::Impl::write(Post& post, LinkPtr const& link)
{
    if (!link->open || link->writing || link->out.empty()) return;
    link->writing = true;
    link->stream.text(true);
    link->stream.async_write(
        asio::buffer(link->out.front()), [this, &post, link](error_code error, std::size_t) {
            if (error) return lost(post, link);
            std::lock_guard const lock(mutex);
            link->writing = false;
            link->out.pop_front();
            write(post, link);
        });
}

void Stations::Impl::lost(Post& post, LinkPtr const& link)
{
    happen([&](Instant now) {
        if (post.link != link) return;
        drop(post);
        post.station.on_close(now);
    });
}

void Stations::Impl::drop(Post& post)
{
    if (!post.link) return;
    error_code ignored;
    beast::get_lowest_layer(post.link->stream).socket().close(ignored);
    post.link.reset();
}

std::string Stations::Impl::describe() const
{
    std::ostringstream text;
    for (auto const& [identity, post] : posts) {
        auto const& s = post.station;
        auto const currents = s.terminal_currents_ma();
        text << identity << ": " << (s.online() ? "online" : "offline")
             << (s.accepted() ? ", accepted" : "") << (s.plugged() ? ", plugged" : "")
             << (s.session() ? ", session " + s.session()->transaction_id : "") << ", limit "
             << s.limit_ma() << " mA, draws " << currents[0] << '/' << currents[1] << '/'
             << currents[2] << " mA, " << s.undelivered() << " messages undelivered\n";
    }
    constexpr std::size_t last_frames = 12;
    for (auto i = frames.size() - std::min(frames.size(), last_frames); i < frames.size(); ++i)
        text << ocpp::to_string(frames[i].at) << ' ' << frames[i].station
             << (frames[i].from_station ? " > " : " < ") << frames[i].text << '\n';
    return text.str();
}

Stations::Stations() : impl_(std::make_unique<Impl>()) {}
Stations::~Stations() = default;

void Stations::server_at(std::uint16_t port)
{
    impl_->happen_there([this, port](Instant) { impl_->port = port; });
}

void Stations::add(sim::StationConfig const& config)
{
    std::lock_guard const lock(impl_->mutex);
    auto const now = impl_->clock.now();
    impl_->pass_time(now);
    impl_->posts.emplace(config.identity,
        Post{.station = sim::Station(config, now), .link = nullptr, .connects = 0});
    impl_->happen_there([](Instant) {});
}

void Stations::fuse(std::string name, std::int64_t limit_ma, std::vector<std::string> stations)
{
    std::lock_guard const lock(impl_->mutex);
    impl_->fuses.emplace(std::move(name),
        Fuse{.limit_ma = limit_ma, .stations = std::move(stations), .readings = {}});
}

// What drivers do is done at once, and what the stations say to it leaves from their thread.
void Stations::plug_in(
    std::string const& station, sim::CarConfig const& car, std::string const& token)
{
    std::lock_guard const lock(impl_->mutex);
    auto const now = impl_->clock.now();
    impl_->pass_time(now);
    impl_->posts.at(station).station.plug_in(sim::Car(car), token, now);
    impl_->read_fuses();
    impl_->happen_there([](Instant) {});
}

void Stations::unplug(std::string const& station)
{
    std::lock_guard const lock(impl_->mutex);
    auto const now = impl_->clock.now();
    impl_->pass_time(now);
    impl_->posts.at(station).station.unplug(now);
    impl_->read_fuses();
    impl_->happen_there([](Instant) {});
}

void Stations::cut(std::string const& station)
{
    auto* const impl = impl_.get();
    impl->happen_there([impl, station](Instant now) {
        auto& post = impl->posts.at(station);
        if (!post.link) return;
        impl->drop(post);
        post.station.on_close(now);
    });
}

void Stations::answer_late(std::string const& station, Milliseconds delay)
{
    std::lock_guard const lock(impl_->mutex);
    impl_->posts.at(station).station.faults().answer_delay = delay;
}

bool Stations::accepted(std::string const& station) const
{
    std::lock_guard const lock(impl_->mutex);
    return impl_->at(station).station.accepted();
}

bool Stations::online(std::string const& station) const
{
    std::lock_guard const lock(impl_->mutex);
    return impl_->at(station).station.online();
}

bool Stations::plugged(std::string const& station) const
{
    std::lock_guard const lock(impl_->mutex);
    return impl_->at(station).station.plugged();
}

std::optional<sim::SessionView> Stations::session(std::string const& station) const
{
    std::lock_guard const lock(impl_->mutex);
    return impl_->at(station).station.session();
}

sim::TerminalCurrents Stations::currents_ma(std::string const& station) const
{
    std::lock_guard const lock(impl_->mutex);
    return impl_->at(station).station.terminal_currents_ma();
}

std::int64_t Stations::register_wh(std::string const& station) const
{
    std::lock_guard const lock(impl_->mutex);
    return impl_->at(station).station.register_wh();
}

bool Stations::delivered(std::string const& station) const
{
    std::lock_guard const lock(impl_->mutex);
    return impl_->at(station).station.undelivered() == 0;
}

std::size_t Stations::connects(std::string const& station) const
{
    std::lock_guard const lock(impl_->mutex);
    return impl_->at(station).connects;
}

std::vector<Frame> Stations::frames() const
{
    std::lock_guard const lock(impl_->mutex);
    return impl_->frames;
}

Frame Stations::last_frame() const
{
    std::lock_guard const lock(impl_->mutex);
    return impl_->frames.back();
}

std::vector<FuseReading> Stations::readings(std::string const& fuse) const
{
    std::lock_guard const lock(impl_->mutex);
    return impl_->fuses.at(fuse).readings;
}

std::string Stations::overloads() const
{
    std::lock_guard const lock(impl_->mutex);
    std::string found;
    for (auto const& [name, fuse] : impl_->fuses)
        for (auto const& reading : fuse.readings)
            for (std::size_t line = 0; line < reading.lines_ma.size(); ++line)
                if (reading.lines_ma[line] > fuse.limit_ma)
                    found += name + " L" + std::to_string(line + 1) + ": " +
                             std::to_string(reading.lines_ma[line]) + " mA at " +
                             ocpp::to_string(reading.at) + '\n';
    return found;
}

void Stations::await(std::string_view what, std::function<bool()> const& condition) const
{
    std::unique_lock lock(impl_->mutex);
    if (!impl_->changed.wait_for(lock, patience, condition))
        throw std::runtime_error(
            "waited in vain for: " + std::string(what) + "\n" + impl_->describe());
}

void Stations::run_for(std::chrono::milliseconds time) const
{
    std::unique_lock lock(impl_->mutex);
    impl_->changed.wait_for(lock, time, [] { return false; });
}

sim::StationConfig quick_station(std::string identity, ocpp::Version version)
{
    sim::StationConfig config;
    config.version = version;
    config.run = identity;
    config.serial = identity;
    config.seed = std::hash<std::string>{}(identity);
    config.identity = std::move(identity);
    config.reaction = 200ms;
    config.meter_interval = 300ms;
    config.boot_retry = 500ms;
    config.transaction_retry_interval = 500ms;
    config.reconnect_min = 40ms;
    config.reconnect_max = 160ms;
    return config;
}

sim::CarConfig quick_car(Milliseconds reaction)
{
    sim::CarConfig car;
    car.energy_wanted_wh = 80'000;  // more than it gets in any of these tests
    car.reaction = reaction;
    return car;
}

}
