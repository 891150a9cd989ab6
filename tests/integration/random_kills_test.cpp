// Fifteen lives of one server, each ended by kill -9 at a random instant or when a report is under
// way, while four stations start and stop sessions as fast as they can and lose their connections.
// After every death the store is compared with what the stations know: each transaction message
// whose answer has arrived there is in it, once and with its values.
#include "ocpp/timestamp.hpp"
#include "tests/integration/support/exchanges.hpp"
#include "tests/integration/support/plant.hpp"
#include "tests/integration/support/server.hpp"
#include "tests/integration/support/stations.hpp"
#include "tests/integration/support/waiting.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <random>
#include <set>

using namespace integration;

namespace {

using ocpp::Timestamp;

// A transaction as its station knows it.
struct Known {
    bool start_acknowledged = false;
    std::optional<std::int64_t> id{};  // 1.6, from the answer
    Timestamp started_at{};
    std::int64_t start_wh = 0;
    std::optional<Timestamp> ended_at{};  // acknowledged
    std::int64_t stop_wh = 0;
    std::map<Timestamp, std::int64_t> samples_wh{};  // acknowledged
};

// Of one station, by when they started.
using Transactions = std::map<Timestamp, Known>;

Timestamp time_of(json::object const& object, std::string_view name)
{
    auto const parsed = ocpp::parse_timestamp(text(object, name));
    if (!parsed) throw std::runtime_error("no time in " + json::serialize(object));
    return parsed->time;
}

// In Wh, as simulated stations tell it: 1.6 as text, 2.0.1 as a number.
std::int64_t energy_wh(json::object const& meter_value)
{
    for (auto const& value : items(meter_value, "sampledValue")) {
        auto const& sample = value.as_object();
        if (text(sample, "measurand") != "Energy.Active.Import.Register") continue;
        auto const& number = sample.at("value");
        return number.is_string() ? std::stoll(std::string(number.as_string()))
                                  : thousandths(number) / 1000;
    }
    throw std::runtime_error("no register in " + json::serialize(meter_value));
}

void add_samples(Known& known, json::array const& meter_values)
{
    for (auto const& value : meter_values)
        known.samples_wh[time_of(value.as_object(), "timestamp")] = energy_wh(value.as_object());
}

// What the stations have said and what was acknowledged, from the recording.
class Memory {
public:
    explicit Memory(std::vector<Frame> const& frames)
    {
        for (auto const& exchange : exchanges_of(frames)) {
            if (!exchange.from_station) continue;
            if (exchange.action == "StartTransaction") hear_start(exchange);
            if (exchange.action == "TransactionEvent") hear_event(exchange);
            if (!exchange.answered || exchange.error) continue;
            if (exchange.action == "MeterValues")
                add_samples(by_number(exchange), items(exchange.payload, "meterValue"));
            if (exchange.action == "StopTransaction") hear_stop(exchange);
        }
    }

    Transactions const& of(std::string const& station) const
    {
        static Transactions const none;
        auto const found = stations_.find(station);
        return found == stations_.end() ? none : found->second;
    }

private:
    void hear_start(Exchange const& exchange)
    {
        auto const at = time_of(exchange.payload, "timestamp");
        auto& known = stations_[exchange.station][at];
        known.started_at = at;
        known.start_wh = integer(exchange.payload, "meterStart");
        if (!exchange.answered || exchange.error) return;
        auto const id = integer(exchange.answer, "transactionId");
        CHECK((!known.id || known.id == id));  // a repetition gets the same one
        known.id = id;
        known.start_acknowledged = true;
        numbers_[{exchange.station, std::to_string(id)}] = at;
    }

    void hear_event(Exchange const& exchange)
    {
        auto const& event = exchange.payload;
        auto const at = time_of(event, "timestamp");
        std::pair const key(
            exchange.station, text(child(event, "transactionInfo"), "transactionId"));
        auto const type = text(event, "eventType");
        if (type == "Started") numbers_[key] = at;
        auto& known = stations_[exchange.station][numbers_.at(key)];
        known.started_at = numbers_.at(key);
        auto const* const values = event.if_contains("meterValue");
        if (type == "Started") known.start_wh = energy_wh(values->as_array().at(0).as_object());
        if (!exchange.answered || exchange.error) return;
        known.start_acknowledged = true;
        if (values) add_samples(known, values->as_array());
        if (type != "Ended") return;
        known.ended_at = at;
        known.stop_wh = energy_wh(values->as_array().back().as_object());
    }

    void hear_stop(Exchange const& exchange)
    {
        auto& known = by_number(exchange);
        known.ended_at = time_of(exchange.payload, "timestamp");
        known.stop_wh = integer(exchange.payload, "meterStop");
        add_samples(known, items(exchange.payload, "transactionData"));
    }

    Known& by_number(Exchange const& exchange)
    {
        auto const id = std::to_string(integer(exchange.payload, "transactionId"));
        return stations_.at(exchange.station).at(numbers_.at({exchange.station, id}));
    }

    std::map<std::string, Transactions> stations_;
    std::map<std::pair<std::string, std::string>, Timestamp> numbers_;
};

void check_samples(Operator const& someone, std::int64_t session, Known const& known)
{
    std::map<Timestamp, std::int64_t> stored;
    std::set<std::string> texts;
    std::string before;  // context of the sample before
    for (auto const& sample : someone.list("session.samples", "samples", {{"session", session}})) {
        auto const [at, fresh] = stored.emplace(
            time_of(sample, "at"), thousandths(sample, "energy_kwh"));
        auto const shown = json::serialize(sample);
        CAPTURE(shown);
        // A periodic sample and that of the end can be of the same millisecond.
        bool const only_one = texts.insert(shown).second;
        CHECK(only_one);
        CHECK((fresh || text(sample, "context") != before));
        before = text(sample, "context");
    }
    for (auto const& [at, wh] : known.samples_wh) {
        auto const measured_at = ocpp::to_string(at);
        CAPTURE(measured_at);
        REQUIRE(stored.contains(at));
        CHECK(stored.at(at) == wh);
    }
}

// `all_told`: the stations have nothing more to say, so nothing else may be there.
void check_station(
    Operator const& someone, std::string const& station, Transactions const& known, bool all_told)
{
    CAPTURE(station);
    std::map<Timestamp, json::object> stored;
    for (auto const& session : sessions_of(someone, station))
        CHECK(stored.emplace(time_of(session, "started_at"), session).second);
    for (auto const& [at, session] : stored) CHECK(known.contains(at));
    for (auto const& [at, transaction] : known) {
        auto const started_at = ocpp::to_string(at);
        CAPTURE(started_at);
        if (all_told) CHECK(transaction.start_acknowledged);
        if (!transaction.start_acknowledged) continue;
        REQUIRE(stored.contains(at));
        auto const& session = stored.at(at);
        if (transaction.id) CHECK(integer(session, "id") == *transaction.id);
        CHECK(thousandths(session, "meter_start_kwh") == transaction.start_wh);
        if (transaction.ended_at) {
            CHECK(time_of(session, "ended_at") == *transaction.ended_at);
            CHECK(thousandths(session, "meter_stop_kwh") == transaction.stop_wh);
        }
        if (all_told) check_samples(someone, integer(session, "id"), transaction);
    }
}

class Random {
public:
    explicit Random(std::uint64_t seed) : engine_(seed) {}
    std::int64_t between(std::int64_t low, std::int64_t high)
    {
        return std::uniform_int_distribution<std::int64_t>(low, high)(engine_);
    }

private:
    std::mt19937_64 engine_;
};

sim::CarConfig some_car(Random& random)
{
    auto car = quick_car(
        sim::Milliseconds(random.between(fast_reaction.count(), slow_reaction.count())));
    car.max_ma = 63'000;
    return car;
}

// Cars come and go for a while, and connections break.
void bustle(Stations& stations, std::vector<std::string> const& names, Random& random,
    std::chrono::milliseconds time)
{
    auto const end = std::chrono::steady_clock::now() + time;
    while (std::chrono::steady_clock::now() < end) {
        auto const last = static_cast<std::int64_t>(names.size()) - 1;
        auto const& station = names[static_cast<std::size_t>(random.between(0, last))];
        if (stations.plugged(station))
            stations.unplug(station);
        else
            stations.plug_in(station, some_car(random), card);
        constexpr int one_in = 6;
        if (random.between(1, one_in) == 1) stations.cut(station);
        stations.run_for(std::chrono::milliseconds(random.between(5, 120)));
    }
}

constexpr std::array transaction_messages{
    "StartTransaction", "StopTransaction", "MeterValues", "TransactionEvent"};

bool mentions_report(std::string const& text)
{
    return std::any_of(
        transaction_messages.begin(), transaction_messages.end(), [&](char const* action) {
            return text.find('"' + std::string(action) + '"') != std::string::npos;
        });
}

// A station's report that the server is to make durable.
bool is_report(Frame const& frame)
{
    return frame.from_station && frame.text.starts_with("[2,") && mentions_report(frame.text);
}

// Waits for the instant of a death: any; just when a report has left; just when an answer has come,
// and its report had better be durable.
void await_death(Stations& stations, std::string const& station, Random& random, int life)
{
    if (!stations.plugged(station)) stations.plug_in(station, quick_car(), card);
    if (life % 3 == 1) {
        stations.await("a report", [&] { return is_report(stations.last_frame()); });
        stations.run_for(std::chrono::milliseconds(random.between(0, 5)));
    } else if (life % 3 == 2) {
        stations.await("an answer", [&] {
            auto const frame = stations.last_frame();
            return !frame.from_station && frame.text.starts_with("[3,");
        });
    }
}

// How often a death or a broken connection came between a report and its answer.
std::size_t unanswered(std::vector<Frame> const& frames)
{
    auto const exchanges = exchanges_of(frames);
    return static_cast<std::size_t>(
        std::count_if(exchanges.begin(), exchanges.end(), [&](Exchange const& exchange) {
            return !exchange.answered && is_report(frames[exchange.asked.index]);
        }));
}

void add_stations(Stations& stations, PlantSpec const& spec)
{
    for (std::size_t i = 0; i < spec.stations.size(); ++i) {
        auto config = quick_station(
            spec.stations[i], i % 2 == 0 ? ocpp::Version::v16 : ocpp::Version::v201);
        config.meter_interval = 150ms;
        config.max_ma = spec.max_a * 1000;
        config.register_start_wh = static_cast<std::int64_t>(i + 1) * 1'000'000;
        stations.add(config);
    }
    stations.fuse(spec.circuit, spec.circuit_a * 1000, spec.stations);
}

// Another one each time, so that many are tried; KURS_TEST_SEED repeats one, as far as threads and
// sockets can repeat anything.
std::uint64_t choose_seed()
{
    char const* const given = std::getenv("KURS_TEST_SEED");
    return given ? std::strtoull(given, nullptr, 10) : std::random_device{}();
}

}

TEST_SUITE("a killed server")
{
    TEST_CASE(
        "fifteen kills at random instants lose nothing that was acknowledged, and double nothing")
    {
        auto const seed = choose_seed();
        MESSAGE("seed " << seed);
        CAPTURE(seed);
        Random random(seed);

        PlantSpec const spec{.supply_a = 200,
            .circuit_a = 125,
            .stations = {"RND-1", "RND-2", "RND-3", "RND-4"},
            .max_a = 63,
            .fallback_a = 25};
        ServerProcess server;
        server.start();
        auto someone = server.log_in();
        auto const plant = build_plant(someone, spec);
        Stations stations;
        stations.server_at(server.station_port());
        add_stations(stations, spec);
        await_ready(someone, plant, spec);

        constexpr int lives = 15;
        for (int life = 1; life <= lives; ++life) {
            CAPTURE(life);
            bustle(stations, spec.stations, random,
                std::chrono::milliseconds(random.between(50, 600)));
            await_death(stations, spec.stations.front(), random, life);
            server.kill();
            stations.server_at(0);
            bustle(stations, spec.stations, random, 100ms);  // cars do not care
            server.start();
            CHECK_FALSE(server.printed_login());
            someone = server.log_in();
            Memory const memory(stations.frames());
            for (auto const& station : spec.stations)
                check_station(someone, station, memory.of(station), false);
            stations.server_at(server.station_port());
        }
        for (auto const& station : spec.stations)
            if (stations.plugged(station)) stations.unplug(station);
        for (auto const& station : spec.stations)
            stations.await("everything is told",
                [&] { return stations.online(station) && stations.delivered(station); });

        Memory const memory(stations.frames());
        std::size_t sessions = 0;
        for (auto const& station : spec.stations) {
            check_station(someone, station, memory.of(station), true);
            sessions += memory.of(station).size();
        }
        CHECK(sessions > 20);
        CHECK(all_sessions(someone, true).empty());
        CHECK(someone.list("unbooked.list", "messages").empty());
        CHECK(stations.overloads() == "");
        MESSAGE(sessions << " sessions, " << unanswered(stations.frames())
                         << " reports had to be repeated");
    }
}
