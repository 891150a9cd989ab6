#include "tools/benchmarks/fleet.hpp"

#include "tools/benchmarks/messages.hpp"

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <deque>
#include <stdexcept>
#include <string_view>
#include <sys/resource.h>
#include <utility>
#include <vector>

namespace bench {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using boost::system::error_code;
using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;
using Timer = asio::basic_waitable_timer<Clock, asio::wait_traits<Clock>, Executor>;

constexpr std::size_t connecting_at_once = 64;
constexpr std::int64_t first_register_wh = 1'234'567;
constexpr std::int64_t register_step_wh = 3;            // 11 kW for a second
constexpr std::chrono::milliseconds report_step{1000};  // between a station's meter values

// What a station has queued: transactions of a start, meter values once a minute at 11 kW, a stop.
constexpr std::size_t messages_per_queued_transaction = 50;
constexpr std::chrono::hours queue_age{24 * 30};
constexpr std::chrono::minutes queued_step{1};
constexpr std::int64_t queued_step_wh = 183;

// How precisely live traffic is spread.
constexpr std::chrono::milliseconds pace_tick{1};

// Small windows, as the server offers them; the memory at this end is not measured.
constexpr int window_bits = 10;
constexpr int deflate_memory_level = 1;

struct Station {
    explicit Station(asio::io_context& io, std::size_t n) : number(n), ws(Socket(io.get_executor()))
    {
    }

    std::size_t number;
    websocket::stream<Socket> ws;
    websocket::response_type upgrade{};
    beast::flat_buffer incoming{};
    std::string leaving{};
    std::deque<std::string> outbox{};
    bool writing = false;

    std::string id{};  // of the outstanding CALL; empty: there is none
    Clock::time_point sent{};
    void (*then)(void* fleet, Station& station, std::string_view frame) = nullptr;
    int limits = 0;        // accepted since the present phase began
    bool done = false;     // with the phase's own messages
    bool counted = false;  // as ready
    std::int64_t transaction = 0;
    std::int64_t reports = 0;
    std::size_t queued = 0;   // of a flush
    std::int64_t paced = 0;   // of live traffic
    Clock::time_point due{};  // the message that was sent last
    Clock::time_point next_due{};
};

// Eight digits, so that all frames of a kind are of one length.
std::string id_text(std::uint64_t number)
{
    std::array<char, 24> text{};
    std::snprintf(text.data(), text.size(), "%08llu", static_cast<unsigned long long>(number));
    return text.data();
}

Seconds own_cpu_time()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    auto const seconds = [](timeval t) {
        return Seconds(static_cast<double>(t.tv_sec)) + std::chrono::microseconds(t.tv_usec);
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

[[noreturn]] void give_up(Station const& station, std::string const& why)
{
    throw std::runtime_error(identity_of(station.number) + ": " + why);
}

}

Milliseconds quantile(std::vector<Seconds>& all, double share)
{
    if (all.empty()) return {};
    auto const place = static_cast<std::ptrdiff_t>(share * static_cast<double>(all.size() - 1));
    std::nth_element(all.begin(), all.begin() + place, all.end());
    return all[static_cast<std::size_t>(place)];
}

std::string identity_of(std::size_t station) { return "BENCH-" + std::to_string(station); }

struct Fleet::Impl {
    explicit Impl(FleetSpec const& s)
        : spec(s),
          epoch(std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()))
    {
        for (std::size_t n = 0; n < spec.stations; ++n)
            stations.push_back(std::make_unique<Station>(io, spec.first + n));
    }

    FleetSpec const spec;
    Timestamp const epoch;
    asio::io_context io{1};
    std::vector<std::unique_ptr<Station>> stations{};
    std::size_t opened = 0;
    std::size_t ready = 0;
    int limits_wanted = 0;  // that a station accepts before it is ready
    std::uint64_t calls = 0;

    // While loading.
    Load load = Load::heartbeats;
    bool sending = false;
    bool measuring = false;
    std::size_t outstanding = 0;
    std::size_t frame_bytes = 0;
    std::vector<Seconds> latencies{};
    std::vector<PacedAnswer> paced{};
    std::size_t messages_wanted = 0;  // of each station's queue

    // Live traffic lasts as long as others want, so patience is with each step only.
    void run_some()
    {
        if (io.run_one_until(Clock::now() + patience) == 0)
            throw std::runtime_error("waited in vain for live answers");
    }

    template <class Condition>
    void run_until(char const* what, Condition condition)
    {
        auto const deadline = Clock::now() + patience;
        while (!condition())
            if (io.run_one_until(deadline) == 0)
                throw std::runtime_error(std::string("waited in vain for ") + what);
    }

    // Calls `step(*this, station, frame)` with the answer.
    template <class Step>
    void call(Station& station, std::string_view action, std::string_view payload, Step)
    {
        station.id = id_text(++calls);
        station.then = [](void* fleet, Station& from, std::string_view frame) {
            Step{}(*static_cast<Impl*>(fleet), from, frame);
        };
        auto text = call_text(station.id, action, payload);
        frame_bytes = text.size();
        station.sent = Clock::now();
        send(station, std::move(text));
    }

    void send(Station& station, std::string text)
    {
        station.outbox.push_back(std::move(text));
        if (!station.writing) write(station);
    }

    void write(Station& station)
    {
        station.leaving = std::move(station.outbox.front());
        station.outbox.pop_front();
        station.writing = true;
        station.ws.async_write(
            asio::buffer(station.leaving), [this, &station](error_code error, std::size_t) {
                if (error) give_up(station, "cannot send: " + error.message());
                station.writing = false;
                if (!station.outbox.empty()) write(station);
            });
    }

    void read(Station& station)
    {
        station.ws.async_read(station.incoming, [this, &station](error_code error, std::size_t) {
            if (error) give_up(station, "cannot receive: " + error.message());
            auto const bytes = station.incoming.cdata();
            take(station, {static_cast<char const*>(bytes.data()), bytes.size()});
            station.incoming.clear();
            read(station);
        });
    }

    void take(Station& station, std::string_view frame)
    {
        constexpr std::string_view call = R"([2,")";
        constexpr std::string_view result = R"([3,")";
        auto const rest = frame.substr(std::min(frame.size(), call.size()));
        auto const id = rest.substr(0, rest.find('"'));
        if (frame.starts_with(result) && !station.id.empty() && id == station.id) {
            station.id.clear();
            station.then(this, station, frame);
        } else if (frame.starts_with(call) && frame.find("\"SetChargingProfile\"") < frame.size()) {
            send(station, accepted_text(id));
            ++station.limits;
            note_ready(station);
        } else {
            give_up(station, "did not expect " + std::string(frame));
        }
    }

    // Called with each step; a station becomes ready once in a phase.
    void note_ready(Station& station)
    {
        if (station.counted || !station.done || station.limits < limits_wanted) return;
        station.counted = true;
        ++ready;
    }

    void begin_phase(int limits)
    {
        ready = 0;
        limits_wanted = limits;
        for (auto const& station : stations) {
            station->limits = 0;
            station->done = false;
            station->counted = false;
        }
    }

    void open(Station& station)
    {
        asio::ip::tcp::endpoint const server(asio::ip::address_v4::loopback(), spec.port);
        station.ws.next_layer().async_connect(server, [this, &station](error_code error) {
            if (error) give_up(station, "cannot connect: " + error.message());
            station.ws.next_layer().set_option(asio::ip::tcp::no_delay(true));
            shake_hands(station);
        });
    }

    void shake_hands(Station& station)
    {
        auto& ws = station.ws;
        ws.auto_fragment(false);
        ws.text(true);
        ws.secure_prng(false);  // no secrets here, and the load is to be light
        if (spec.deflate) {
            websocket::permessage_deflate deflate;
            deflate.client_enable = true;
            deflate.client_max_window_bits = window_bits;
            deflate.server_max_window_bits = window_bits;
            deflate.memLevel = deflate_memory_level;
            ws.set_option(deflate);
        }
        char const* const protocol = spec.speech == Speech::v201 ? "ocpp2.0.1" : "ocpp1.6";
        ws.set_option(
            websocket::stream_base::decorator([protocol](websocket::request_type& request) {
                request.set(beast::http::field::sec_websocket_protocol, protocol);
            }));
        ws.async_handshake(station.upgrade, "127.0.0.1", "/ocpp/" + identity_of(station.number),
            [this, &station](error_code error) {
                if (error) give_up(station, "is refused: " + error.message());
                bool const deflate = station.upgrade.count(
                                         beast::http::field::sec_websocket_extensions) != 0;
                if (deflate != spec.deflate) give_up(station, "got another compression");
                station.upgrade = {};
                ++opened;
                boot(station);
                read(station);
                if (auto const next = opened + connecting_at_once - 1; next < stations.size())
                    open(*stations[next]);
            });
    }

    void boot(Station& station)
    {
        if (spec.speech == Speech::bare) return finish_booting(station);
        bool const old = spec.speech == Speech::v16;
        call(station, "BootNotification", old ? boot_v16() : boot_v201(),
            [](Impl& fleet, Station& from, std::string_view frame) {
                if (frame.find("\"Accepted\"") == std::string_view::npos)
                    give_up(from, "may not boot: " + std::string(frame));
                bool const v16 = fleet.spec.speech == Speech::v16;
                fleet.call(from, "StatusNotification",
                    v16 ? available_v16() : available_v201(fleet.epoch),
                    [](Impl& f, Station& s, std::string_view) { f.finish_booting(s); });
            });
    }

    // One message to and fro, so that every connection has its buffers.
    void finish_booting(Station& station)
    {
        call(station, "Heartbeat", "{}", [](Impl& fleet, Station& from, std::string_view) {
            from.done = true;
            fleet.note_ready(from);
        });
    }

    void start_transaction(Station& station)
    {
        call(station, "StartTransaction", bench::start_transaction(epoch, first_register_wh),
            [](Impl& fleet, Station& from, std::string_view frame) {
                from.transaction = number_in(frame, "transactionId");
                from.done = true;
                fleet.note_ready(from);
            });
    }

    void send_load(Station& station)
    {
        ++outstanding;
        auto const next = [](Impl& fleet, Station& from, std::string_view) {
            --fleet.outstanding;
            if (fleet.measuring) fleet.latencies.push_back(Clock::now() - from.sent);
            if (fleet.sending) fleet.send_load(from);
        };
        if (load == Load::heartbeats) return call(station, "Heartbeat", "{}", next);
        send_meter_values(station, next);
    }

    void send_meter_values(Station& station, auto next)
    {
        auto const report = ++station.reports;
        call(station, "MeterValues",
            meter_values(station.transaction, epoch + report * report_step,
                first_register_wh + report * register_step_wh),
            next);
    }

    // Heartbeats and meter values in turn.
    void send_paced(Station& station)
    {
        ++outstanding;
        if (++station.paced % 2 == 0)
            return call(
                station, "Heartbeat", "{}", [](Impl& fleet, Station& from, std::string_view) {
                    fleet.note_paced(from, Load::heartbeats);
                });
        send_meter_values(station, [](Impl& fleet, Station& from, std::string_view) {
            fleet.note_paced(from, Load::meter_values);
        });
    }

    void note_paced(Station& station, Load what)
    {
        --outstanding;
        paced.push_back({.load = what, .due = station.due, .latency = Clock::now() - station.due});
    }

    // The next message of its queue, as long as there is one.
    void send_queued(Station& station)
    {
        auto const number = static_cast<std::int64_t>(station.queued);
        auto const place = station.queued % messages_per_queued_transaction;
        auto const at = epoch - queue_age + number * queued_step;
        auto const meter_wh = first_register_wh + number * queued_step_wh;
        ++station.queued;
        auto const next = [](Impl& fleet, Station& from, std::string_view) {
            fleet.go_on_with_queue(from);
        };
        if (place == 0)
            call(station, "StartTransaction", bench::start_transaction(at, meter_wh),
                [](Impl& fleet, Station& from, std::string_view frame) {
                    from.transaction = number_in(frame, "transactionId");
                    fleet.go_on_with_queue(from);
                });
        else if (place + 1 == messages_per_queued_transaction)
            call(station, "StopTransaction", stop_transaction(station.transaction, at, meter_wh),
                next);
        else
            call(station, "MeterValues", meter_values(station.transaction, at, meter_wh), next);
    }

    void go_on_with_queue(Station& station)
    {
        if (station.queued < messages_wanted) return send_queued(station);
        station.done = true;
        note_ready(station);
    }
};

Fleet::Fleet(FleetSpec const& spec) : impl_(std::make_unique<Impl>(spec)) {}
Fleet::~Fleet() = default;

void Fleet::connect()
{
    auto& fleet = *impl_;
    fleet.begin_phase(fleet.spec.speech == Speech::bare ? 0 : 1);
    for (std::size_t n = 0; n < std::min(connecting_at_once, fleet.stations.size()); ++n)
        fleet.open(*fleet.stations[n]);
    fleet.run_until("stations that are connected and ready",
        [&] { return fleet.ready == fleet.stations.size(); });
}

void Fleet::start_transactions()
{
    auto& fleet = *impl_;
    fleet.begin_phase(1);
    for (auto const& station : fleet.stations) fleet.start_transaction(*station);
    fleet.run_until(
        "transactions with a limit", [&] { return fleet.ready == fleet.stations.size(); });
}

LoadResult Fleet::run(LoadSpec const& spec)
{
    auto& fleet = *impl_;
    struct Reading {
        Clock::time_point at{};
        Seconds own_cpu{};
        Gauge gauge{};
    };
    auto const read = [&spec] {
        return Reading{.at = Clock::now(), .own_cpu = own_cpu_time(), .gauge = spec.gauge()};
    };
    fleet.load = spec.load;
    fleet.latencies.clear();
    fleet.sending = true;
    for (auto const& station : fleet.stations) fleet.send_load(*station);

    Reading begin;
    Reading end;
    Timer timer(fleet.io.get_executor());
    timer.expires_after(std::chrono::duration_cast<Clock::duration>(spec.warm_up));
    timer.async_wait([&](error_code) {
        begin = read();
        fleet.measuring = true;
        timer.expires_after(std::chrono::duration_cast<Clock::duration>(spec.measured));
        timer.async_wait([&](error_code) {
            end = read();
            fleet.measuring = false;
            fleet.sending = false;
        });
    });
    fleet.run_until(
        "answers to the load", [&] { return !fleet.sending && fleet.outstanding == 0; });
    return {.messages = static_cast<double>(fleet.latencies.size()),
        .elapsed = end.at - begin.at,
        .server_cpu = end.gauge.server_cpu - begin.gauge.server_cpu,
        .own_cpu = end.own_cpu - begin.own_cpu,
        .commits = end.gauge.commits - begin.gauge.commits,
        .p50 = quantile(fleet.latencies, 0.5),
        .p99 = quantile(fleet.latencies, 0.99),
        .frame_bytes = fleet.frame_bytes};
}

std::vector<PacedAnswer> Fleet::pace(PaceSpec const& spec)
{
    auto& fleet = *impl_;
    auto const period = std::chrono::duration_cast<Clock::duration>(spec.period);
    auto const start = Clock::now();
    auto const count = static_cast<Clock::rep>(fleet.stations.size());
    for (Clock::rep n = 0; n < count; ++n)
        fleet.stations[static_cast<std::size_t>(n)]->next_due = start + n * period / count;
    fleet.paced.clear();
    Timer timer(fleet.io.get_executor());
    bool over = false;
    std::function<void(error_code)> const tick = [&](error_code) {
        over = !spec.go_on();
        if (over) return;
        auto const now = Clock::now();
        for (auto const& station : fleet.stations) {
            if (!station->id.empty() || station->next_due > now) continue;
            station->due = std::exchange(station->next_due, station->next_due + period);
            fleet.send_paced(*station);
        }
        timer.expires_after(pace_tick);
        timer.async_wait([&tick](error_code error) { tick(error); });
    };
    tick({});
    while (!over || fleet.outstanding > 0) fleet.run_some();
    return std::move(fleet.paced);
}

FlushResult Fleet::flush(std::size_t messages_each)
{
    auto& fleet = *impl_;
    fleet.begin_phase(0);
    auto const start = Clock::now();
    fleet.messages_wanted = fleet.stations.front()->queued + messages_each;
    for (auto const& station : fleet.stations) fleet.send_queued(*station);
    fleet.run_until("a flush", [&] { return fleet.ready == fleet.stations.size(); });
    return {.messages = static_cast<double>(messages_each * fleet.stations.size()),
        .elapsed = Clock::now() - start};
}

}
