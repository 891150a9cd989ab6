// What history costs on the disk, and how long it takes to look at: 1,000 charge points of one
// installation, each with two sessions of four hours a day, nine values every 30 seconds. Five days
// of them, which takes a minute or two to write; what is asked reads by key, so that a year, 73
// times as much, changes the depth of the trees and what the disk's cache holds.
//
// Usage: bench_history [FOLDER [DAYS]]
#include "storage/sqlite/open.hpp"
#include "storage/sqlite/sqlite_store.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <future>
#include <memory>
#include <random>
#include <string>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;

constexpr std::int64_t charge_points = 1000;
constexpr std::int64_t default_days = 5;
constexpr std::int64_t report_ms = 30'000;
constexpr std::int64_t hour_ms = 3'600'000;
constexpr std::int64_t day_ms = 24 * hour_ms;
constexpr std::array<std::int64_t, 2> session_begins{7 * hour_ms, 17 * hour_ms};
constexpr std::int64_t session_ms = 4 * hour_ms;
constexpr std::int64_t first_day_ms = 19'700 * day_ms;  // in 2023
constexpr std::size_t records_per_batch = 10'000;
constexpr std::array phases{storage::Phase::l1_n, storage::Phase::l2_n, storage::Phase::l3_n};

[[noreturn]] void give_up(std::string const& why)
{
    std::fprintf(stderr, "bench_history: %s\n", why.c_str());
    std::exit(1);
}

storage::Timestamp at_ms(std::int64_t ms)
{
    return storage::Timestamp{std::chrono::milliseconds{ms}};
}

storage::SessionId session_id(std::int64_t day, std::size_t part, std::int64_t charge_point)
{
    auto const sessions_before = day * 2 + static_cast<std::int64_t>(part);
    return {10'000 + sessions_before * charge_points + charge_point};
}

// The cars: 10 to 16 A that waver by some tenths of an ampere, and meters that do it by the
// watt-hour.
class Fleet {
public:
    explicit Fleet(storage::Store& store) : store_(store) {}
    ~Fleet() { flush(); }
    Fleet(Fleet const&) = delete;
    Fleet& operator=(Fleet const&) = delete;

    void build()
    {
        for (std::int64_t i = 0; i < charge_points; ++i) {
            storage::ChargePoint row;
            row.id = {1000 + i};
            row.installation = {1};
            commit(row);
        }
    }

    void live_through(std::int64_t day)
    {
        for (std::size_t part = 0; part < session_begins.size(); ++part) {
            std::int64_t const begin = first_day_ms + day * day_ms + session_begins[part];
            for (std::int64_t i = 0; i < charge_points; ++i) commit(session(day, part, i, begin));
            for (std::int64_t after = 0; after < session_ms; after += report_ms) {
                for (std::int64_t i = 0; i < charge_points; ++i) {
                    commit(sample(day, part, i, begin + i * 29, after));
                    ++samples_;
                }
            }
        }
    }

    void flush()
    {
        auto const done = std::make_shared<std::promise<void>>();
        store_.commit(std::exchange(records_, {}), [done] { done->set_value(); });
        done->get_future().wait();
    }
    std::int64_t samples() const { return samples_; }

private:
    void commit(storage::Record record)
    {
        records_.push_back(std::move(record));
        if (records_.size() >= records_per_batch) flush();
    }

    std::int64_t wobble(std::int64_t most)
    {
        return std::uniform_int_distribution<std::int64_t>(-most, most)(random_);
    }

    static storage::Session session(
        std::int64_t day, std::size_t part, std::int64_t i, std::int64_t begin)
    {
        storage::Session row;
        row.id = session_id(day, part, i);
        row.charge_point = {1000 + i};
        row.station = {"station-" + std::to_string(i)};
        row.evse = {1};
        row.station_key = std::to_string(row.id.value);
        row.token = "04A1B2C3" + std::to_string(i);
        row.started_at = at_ms(begin);
        row.ended_at = at_ms(begin + session_ms);
        row.closing = storage::Closing::station;
        return row;
    }

    storage::MeterSample sample(
        std::int64_t day, std::size_t part, std::int64_t i, std::int64_t begin, std::int64_t after)
    {
        storage::MeterSample row;
        row.session = session_id(day, part, i);
        row.at = at_ms(begin + after + wobble(20));
        std::int64_t const amperes = 10 + i % 7;
        std::int64_t const watts = amperes * 690;
        std::int64_t const wh = watts * after / hour_ms + wobble(1);
        row.energy_mwh = (5'000'000 + day * 50'000 + wh) * 1000;
        for (auto& current : row.current_ma) {
            current = static_cast<std::int32_t>(amperes * 1000 + 100 * wobble(3));
        }
        row.power_mw = (watts + wobble(40)) * 1000;
        row.soc_percent = static_cast<std::int32_t>(20 + after * 60 / session_ms);
        for (auto const phase : phases) {
            row.others.push_back({{storage::Measurand::voltage, phase, storage::Location::outlet},
                230'000 + 100 * wobble(8)});
        }
        return row;
    }

    storage::Store& store_;
    std::vector<storage::Record> records_;
    std::mt19937_64 random_{1};
    std::int64_t samples_ = 0;
};

// Asks, waits for the answer, and prints the median and the longest time.
template <class Ask>
void measure(char const* what, int times, Ask ask)
{
    std::vector<double> took;
    std::size_t size = 0;
    for (int i = 0; i < times; ++i) {
        std::promise<std::size_t> answer;
        auto const begun = Clock::now();
        ask(i, [&answer](std::size_t count) { answer.set_value(count); });
        size = answer.get_future().get();
        took.push_back(Milliseconds(Clock::now() - begun).count());
    }
    std::ranges::sort(took);
    std::printf("%-58s %8.2f ms median, %8.2f ms longest (%zu)\n", what, took[took.size() / 2],
        took.back(), size);
    std::fflush(stdout);
}

void ask_questions(storage::Store& store, std::int64_t days)
{
    std::mt19937_64 random(2);
    using Answer = std::function<void(std::size_t)>;
    measure("the curve of one session", 50, [&](int, Answer const& answer) {
        auto const id = session_id(
            static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(days)), random() % 2,
            static_cast<std::int64_t>(random() % charge_points));
        store.read_samples(id, [answer](auto const& rows) { answer(rows.size()); });
    });
    measure(
        "100 sessions of the installation, with their energy", 10, [&](int, Answer const& answer) {
            storage::SessionQuery query;
            query.installation = storage::InstallationId{1};
            store.read_sessions(query, [answer](auto const& rows) { answer(rows.size()); });
        });
    auto const graph = [&](char const* what, std::int64_t first, std::int64_t count, bool all,
                           storage::GraphWidth width) {
        measure(what, 10, [&](int i, Answer const& answer) {
            storage::GraphQuery query;
            query.installation = storage::InstallationId{1};
            if (!all) query.charge_point = storage::ChargePointId{1000 + i * 37};
            query.from = at_ms(first_day_ms + first * day_ms);
            query.until = at_ms(first_day_ms + (first + count) * day_ms);
            query.width = width;
            store.read_graph(query, [answer](auto const& graphs) {
                std::size_t points = 0;
                for (auto const& one : graphs) points += one.points.size();
                answer(points);
            });
        });
    };
    using storage::GraphWidth;
    graph("a day of 1,000 charge points, 15 min", 1, 1, true, GraphWidth::quarter_hour);
    graph("a day of 1,000 charge points, 1 min", 1, 1, true, GraphWidth::minute);
    graph("the latest day of 1,000 charge points, 15 min", days - 1, 1, true,
        GraphWidth::quarter_hour);
    graph("a day of one charge point, 1 min", 1, 1, false, GraphWidth::minute);
    graph("all days of one charge point, 1 h", 0, days, false, GraphWidth::hour);
}

std::int64_t number(std::filesystem::path const& file, char const* sql)
{
    sqlite3* database = nullptr;
    if (sqlite3_open(file.c_str(), &database) != SQLITE_OK) give_up("cannot read the file");
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v2(database, sql, -1, &statement, nullptr);
    std::int64_t const value = sqlite3_step(statement) == SQLITE_ROW
                                   ? sqlite3_column_int64(statement, 0)
                                   : 0;
    sqlite3_finalize(statement);
    sqlite3_close(database);
    return value;
}

void print_sizes(std::filesystem::path const& file, std::int64_t samples)
{
    auto const per_sample = [samples](std::int64_t bytes) {
        return static_cast<double>(bytes) / static_cast<double>(samples);
    };
    std::printf(
        "bytes per sample: %.1f in the file; of them blocks %.1f, minutes %.1f, quarters %.1f"
        " (sums of the blobs)\n",
        per_sample(static_cast<std::int64_t>(std::filesystem::file_size(file))),
        per_sample(number(file, "SELECT sum(length(data)) FROM sample_block")),
        per_sample(number(file, "SELECT sum(length(minutes)) FROM graph_minutes")),
        per_sample(number(file, "SELECT sum(length(quarters)) FROM graph_day")));
    std::printf("left: %lld fresh samples, %lld sessions with graphs due\n",
        static_cast<long long>(number(file, "SELECT count(*) FROM fresh_sample")),
        static_cast<long long>(number(file, "SELECT count(*) FROM graph_due")));
}

std::unique_ptr<storage::Store> open(
    std::filesystem::path const& file, storage::sqlite::Tuning const& tuning = {})
{
    auto opened = storage::sqlite::open_tuned_store(file, tuning);
    if (auto const* error = std::get_if<storage::OpenError>(&opened)) give_up(error->message);
    return std::get<std::unique_ptr<storage::Store>>(std::move(opened));
}

// What time would bring: sessions that rest are due.
void make_all_graphs(std::filesystem::path const& file)
{
    storage::sqlite::Tuning tuning;
    tuning.graph_rest = std::chrono::seconds{-1};
    auto store = open(file, tuning);
    auto const before = number(file, "SELECT count(*) FROM graph_due");
    auto const begun = Clock::now();
    do {
        std::promise<void> done;
        store->commit({}, [&done] { done.set_value(); });
        done.get_future().wait();
    } while (number(file, "SELECT count(*) FROM graph_due") > 0);
    double const took = Milliseconds(Clock::now() - begun).count();
    store.reset();
    std::printf(
        "\ngraphs of %lld sessions made in %.0f ms\n", static_cast<long long>(before), took);
}

}

int main(int argc, char** argv)
{
    std::filesystem::path const folder = argc > 1 ? argv[1] : ".";
    std::int64_t const days = argc > 2 ? std::atoll(argv[2]) : default_days;
    auto const file = folder / ("bench_history." + std::to_string(::getpid()) + ".db");
    auto store = open(file);
    auto const begun = Clock::now();
    std::int64_t samples = 0;
    {
        Fleet fleet(*store);
        fleet.build();
        for (std::int64_t day = 0; day < days; ++day) fleet.live_through(day);
        fleet.flush();
        samples = fleet.samples();
    }
    double const seconds = std::chrono::duration<double>(Clock::now() - begun).count();
    std::printf("%lld days, %lld samples of nine values written in %.0f s (%.0f a second)\n",
        static_cast<long long>(days), static_cast<long long>(samples), seconds,
        static_cast<double>(samples) / seconds);
    std::fflush(stdout);
    store.reset();
    store = open(file);
    std::printf("\nright after writing:\n");
    ask_questions(*store, days);
    store.reset();
    make_all_graphs(file);
    print_sizes(file, samples);
    store = open(file);
    std::printf("\nwhen all graphs are made:\n");
    ask_questions(*store, days);
    store.reset();
    std::error_code ignored;
    for (char const* suffix : {"", "-wal", "-shm", ".lock"}) {
        std::filesystem::remove(file.string() + suffix, ignored);
    }
    return 0;
}
