// How many meter samples a second become durable, through the Store and in a bare SQLite loop, on
// the same disk in the same run. 1,000 sessions charge at once and report in turn nine values, once
// a minute each.
//
// Usage: bench_store [FOLDER]; the folder (default: the current one) decides which disk is
// measured.
#include "storage/sqlite/sqlite_store.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <memory>
#include <string>
#include <sys/resource.h>
#include <system_error>
#include <unistd.h>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

constexpr std::int64_t sessions = 1000;
constexpr std::int64_t report_interval_ms = 60'000;
constexpr std::array outstanding_batches{1, 10, 100, 1000};
constexpr Seconds measured_time{2.0};
// What each session has reported before: only then does each stand on a page of its own.
constexpr std::int64_t earlier_reports = 200;
constexpr std::int64_t earlier_rows = earlier_reports * sessions;
constexpr std::int64_t rows_per_fill = 10'000;

constexpr std::array phases{storage::Phase::l1_n, storage::Phase::l2_n, storage::Phase::l3_n};

[[noreturn]] void give_up(std::string const& why)
{
    std::fprintf(stderr, "bench_store: %s\n", why.c_str());
    std::exit(1);
}

// Of this process, all threads, user and kernel.
Seconds cpu_time()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    auto const seconds = [](timeval t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
    };
    return Seconds{seconds(usage.ru_utime) + seconds(usage.ru_stime)};
}

// The nth report of all: session n mod 1000, and what a charging car's station would measure.
storage::MeterSample nth_sample(std::int64_t n)
{
    std::int64_t const round = n / sessions;
    storage::MeterSample sample;
    sample.session = storage::SessionId{100'000 + n % sessions};
    sample.at = storage::Timestamp{std::chrono::milliseconds{
        1'700'000'000'000 + round * report_interval_ms + n % sessions * 60}};
    sample.energy_mwh = 5'000'000'000 + round * 183'000 + n % 997;
    auto const wobble = static_cast<std::int32_t>(n % 211);
    sample.current_ma = {15'900 + wobble, 15'800 + wobble, 15'950 - wobble};
    sample.power_mw = 11'000'000 + n % 9973;
    sample.soc_percent = static_cast<std::int32_t>(20 + round % 80);
    for (std::size_t line = 0; line < phases.size(); ++line) {
        auto const volts = 2'300 + n * 7 % 31 - static_cast<std::int64_t>(line);
        sample.others.push_back(
            {{storage::Measurand::voltage, phases[line], storage::Location::outlet}, volts * 100});
    }
    return sample;
}

struct Result {
    double rows = 0;
    Seconds elapsed{};
    Seconds cpu{};
    std::vector<double> latencies_ms;

    double per_second() const { return rows / elapsed.count(); }
    double cpu_us() const { return cpu.count() / rows * 1e6; }
    // That `share` of all were no slower than.
    double latency_ms(double share)
    {
        if (latencies_ms.empty()) return 0;
        auto const place = static_cast<std::size_t>(
            share * static_cast<double>(latencies_ms.size() - 1));
        std::nth_element(latencies_ms.begin(),
            latencies_ms.begin() + static_cast<std::ptrdiff_t>(place), latencies_ms.end());
        return latencies_ms[place];
    }
};

// Keeps as many batches on their way as it is told: each that is committed is followed by another.
class StoreLoad {
public:
    explicit StoreLoad(std::filesystem::path const& file)
    {
        auto opened = storage::open_sqlite_store(file);
        if (auto const* error = std::get_if<storage::OpenError>(&opened)) give_up(error->message);
        store_ = std::get<std::unique_ptr<storage::Store>>(std::move(opened));
        while (next_ < earlier_rows) {
            std::vector<storage::Record> records;
            for (std::int64_t i = 0; i < rows_per_fill; ++i) {
                records.emplace_back(nth_sample(next_++));
            }
            auto const done = std::make_shared<std::promise<void>>();
            store_->commit(std::move(records), [done] { done->set_value(); });
            done->get_future().wait();
        }
    }

    Result run(int outstanding)
    {
        result_ = {};
        auto const begun = Clock::now();
        Seconds const cpu_before = cpu_time();
        until_ = begun + std::chrono::duration_cast<Clock::duration>(measured_time);
        running_ = outstanding;
        for (int i = 0; i < outstanding; ++i) {
            commit_next();
        }
        for (int left = running_; left > 0; left = running_) {
            running_.wait(left);
        }
        result_.elapsed = Clock::now() - begun;
        result_.cpu = cpu_time() - cpu_before;
        result_.rows = static_cast<double>(result_.latencies_ms.size());
        return result_;
    }

    std::int64_t rows() const { return next_; }

private:
    void commit_next()
    {
        auto const sent = Clock::now();
        store_->commit({nth_sample(next_++)}, [this, sent] {
            auto const now = Clock::now();
            result_.latencies_ms.push_back(Seconds(now - sent).count() * 1e3);
            if (now < until_) {
                commit_next();
            } else {
                --running_;
                running_.notify_one();
            }
        });
    }

    std::unique_ptr<storage::Store> store_;
    Clock::time_point until_{};
    std::atomic<std::int64_t> next_{0};
    std::atomic<int> running_{0};
    Result result_;  // of the store's thread while it runs
};

// One thread, one prepared statement, as many rows per commit as it is told, SQLite's checkpoints.
class BareLoop {
public:
    BareLoop(std::filesystem::path const& file, bool keyed)
    {
        sqlite3* database = nullptr;
        check(sqlite3_open(file.c_str(), &database));
        database_.reset(database);
        execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                " PRAGMA cache_size = -65536");
        execute(std::string("CREATE TABLE sample (session INT, at INT, energy INT, l1 INT, l2 INT,"
                            " l3 INT, power INT, soc INT, v1 INT, v2 INT, v3 INT") +
                (keyed ? ", PRIMARY KEY (session, at)) WITHOUT ROWID" : ")"));
        sqlite3_stmt* insert = nullptr;
        check(sqlite3_prepare_v2(database,
            "INSERT OR IGNORE INTO sample VALUES (?,?,?,?,?,?,?,?,?,?,?)", -1, &insert, nullptr));
        insert_.reset(insert);
        while (next_ < earlier_rows) {
            commit(rows_per_fill);
        }
    }

    Result run(int rows_per_commit)
    {
        Result result;
        std::int64_t const first = next_;
        auto const begun = Clock::now();
        Seconds const cpu_before = cpu_time();
        while (Clock::now() - begun < measured_time) {
            commit(rows_per_commit);
        }
        result.rows = static_cast<double>(next_ - first);
        result.elapsed = Clock::now() - begun;
        result.cpu = cpu_time() - cpu_before;
        return result;
    }

    std::int64_t rows() const { return next_; }

private:
    struct Close {
        void operator()(sqlite3* database) const { sqlite3_close(database); }
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };

    void check(int code) const
    {
        if (code != SQLITE_OK && code != SQLITE_DONE) give_up(sqlite3_errmsg(database_.get()));
    }
    void execute(std::string const& sql)
    {
        check(sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr));
    }

    void commit(std::int64_t rows)
    {
        execute("BEGIN");
        for (std::int64_t i = 0; i < rows; ++i) {
            storage::MeterSample const sample = nth_sample(next_++);
            sqlite3_stmt* const insert = insert_.get();
            sqlite3_bind_int64(insert, 1, sample.session.value);
            sqlite3_bind_int64(insert, 2, sample.at.time_since_epoch().count());
            sqlite3_bind_int64(insert, 3, sample.energy_mwh.value_or(0));
            sqlite3_bind_int64(insert, 4, sample.current_ma[0].value_or(0));
            sqlite3_bind_int64(insert, 5, sample.current_ma[1].value_or(0));
            sqlite3_bind_int64(insert, 6, sample.current_ma[2].value_or(0));
            sqlite3_bind_int64(insert, 7, sample.power_mw.value_or(0));
            sqlite3_bind_int64(insert, 8, sample.soc_percent.value_or(0));
            for (int line = 0; line < 3; ++line) {
                sqlite3_bind_int64(
                    insert, 9 + line, sample.others[static_cast<std::size_t>(line)].milli);
            }
            check(sqlite3_step(insert));
            sqlite3_reset(insert);
        }
        execute("COMMIT");
    }

    std::unique_ptr<sqlite3, Close> database_;
    std::unique_ptr<sqlite3_stmt, Close> insert_;
    std::int64_t next_ = 0;
};

// A database that is removed in the end, closed before.
class Subject {
public:
    explicit Subject(std::filesystem::path file) : file_(std::move(file)) { remove(); }
    ~Subject() { remove(); }
    Subject(Subject const&) = delete;
    Subject& operator=(Subject const&) = delete;

    std::filesystem::path const& file() const { return file_; }
    double bytes_per_row(std::int64_t rows) const
    {
        return static_cast<double>(std::filesystem::file_size(file_)) / static_cast<double>(rows);
    }

private:
    void remove() const
    {
        std::error_code ignored;
        for (char const* suffix : {"", "-wal", "-shm"}) {
            std::filesystem::remove(file_.string() + suffix, ignored);
        }
    }

    std::filesystem::path file_;
};

void print_table(Subject const& append_file, Subject const& keyed_file, Subject const& store_file)
{
    auto append = std::make_unique<BareLoop>(append_file.file(), false);
    auto keyed = std::make_unique<BareLoop>(keyed_file.file(), true);
    auto store = std::make_unique<StoreLoad>(store_file.file());
    std::printf("%11s |%8s %7s %8s %8s |%9s %7s |%8s %7s |%6s\n", "outstanding", "store/s",
        "CPU us", "p50 ms", "p99 ms", "append/s", "CPU us", "keyed/s", "CPU us", "ratio");
    for (int const outstanding : outstanding_batches) {
        Result const a = append->run(outstanding);
        Result const k = keyed->run(outstanding);
        Result s = store->run(outstanding);
        std::printf("%11d |%8.0f %7.1f %8.2f %8.2f |%9.0f %7.1f |%8.0f %7.1f |%6.2f\n", outstanding,
            s.per_second(), s.cpu_us(), s.latency_ms(0.5), s.latency_ms(0.99), a.per_second(),
            a.cpu_us(), k.per_second(), k.cpu_us(), s.per_second() / a.per_second());
        std::fflush(stdout);
    }
    std::int64_t const append_rows = append->rows();
    std::int64_t const keyed_rows = keyed->rows();
    std::int64_t const store_rows = store->rows();
    append.reset();
    keyed.reset();
    store.reset();
    std::printf("bytes in the file per sample: store %.1f, append %.1f, keyed %.1f\n",
        store_file.bytes_per_row(store_rows), append_file.bytes_per_row(append_rows),
        keyed_file.bytes_per_row(keyed_rows));
}

}

int main(int argc, char** argv)
{
    std::filesystem::path const folder = argc > 1 ? argv[1] : ".";
    std::string const name = "bench_store." + std::to_string(::getpid());
    Subject const append(folder / (name + ".append.db"));
    Subject const keyed(folder / (name + ".keyed.db"));
    Subject const store(folder / (name + ".store.db"));

    std::printf("durable meter samples: the Store, and bare SQLite with as many rows per commit\n"
                "append: in the order of arrival, no key; keyed: PRIMARY KEY (session, at)\n"
                "CPU: of the process, per sample; p50, p99: from commit() to committed()\n"
                "ratio: store to append\n");
    print_table(append, keyed, store);
    return 0;
}
