#include "tools/benchmarks/group_commit.hpp"

#include <sqlite3.h>

#include <array>
#include <cstring>
#include <ctime>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>
#include <system_error>

namespace bench {

namespace {

// Of the wal-index header, "iChange": a counter that every transaction increments
// (https://sqlite.org/walformat.html, section 2.1).
constexpr std::streamoff change_counter_offset = 8;

constexpr std::int64_t sessions = 1000;

struct Close {
    void operator()(sqlite3* database) const { sqlite3_close(database); }
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

Seconds thread_cpu_time()
{
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return Seconds(static_cast<double>(time.tv_sec)) +
           std::chrono::nanoseconds(static_cast<std::int64_t>(time.tv_nsec));
}

void remove_database(std::filesystem::path const& file)
{
    std::error_code ignored;
    for (char const* suffix : {"", "-wal", "-shm"})
        std::filesystem::remove(file.string() + suffix, ignored);
}

class Loop {
public:
    explicit Loop(std::filesystem::path const& file)
    {
        sqlite3* database = nullptr;
        int const opened = sqlite3_open(file.c_str(), &database);
        database_.reset(database);
        check(opened);
        execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                "CREATE TABLE sample (session INT, at INT, energy_mwh INT, l1_ma INT, l2_ma INT,"
                " l3_ma INT, power_mw INT, soc INT)");
        sqlite3_stmt* insert = nullptr;
        check(sqlite3_prepare_v2(
            database, "INSERT INTO sample VALUES (?,?,?,?,?,?,?,?)", -1, &insert, nullptr));
        insert_.reset(insert);
    }

    void commit(std::int64_t rows)
    {
        execute("BEGIN");
        for (std::int64_t i = 0; i < rows; ++i, ++row_) {
            // Of the sizes that real ones have: identities, milliseconds since 1970, mWh, mA, mW.
            int column = 0;
            for (std::int64_t const value : {100'000 + row_ % sessions, 1'800'000'000'000 + row_,
                     1'234'567'000 + row_, std::int64_t{15'940}, std::int64_t{15'870},
                     std::int64_t{15'910}, std::int64_t{10'982'500}, std::int64_t{47}})
                sqlite3_bind_int64(insert_.get(), ++column, value);
            check(sqlite3_step(insert_.get()));
            sqlite3_reset(insert_.get());
        }
        execute("COMMIT");
    }

    std::int64_t rows() const { return row_; }

private:
    void check(int code) const
    {
        if (code != SQLITE_OK && code != SQLITE_DONE)
            throw std::runtime_error(std::string("SQLite: ") + sqlite3_errmsg(database_.get()));
    }
    void execute(char const* sql)
    {
        check(sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr));
    }

    std::unique_ptr<sqlite3, Close> database_;
    std::unique_ptr<sqlite3_stmt, Close> insert_;
    std::int64_t row_ = 0;
};

}

CommitResult bare_group_commits(
    std::filesystem::path const& file, std::int64_t rows_per_commit, Seconds time)
{
    remove_database(file);
    CommitResult result;
    {
        Loop loop(file);
        auto const begun = Clock::now();
        auto const cpu = thread_cpu_time();
        while (Clock::now() - begun < time) loop.commit(rows_per_commit);
        result = {.rows = static_cast<double>(loop.rows()),
            .elapsed = Clock::now() - begun,
            .cpu = thread_cpu_time() - cpu};
    }
    remove_database(file);
    return result;
}

std::uint32_t commits_of(std::filesystem::path const& database)
{
    std::ifstream file(database.string() + "-shm", std::ios::binary);
    file.seekg(change_counter_offset);
    std::uint32_t count = 0;  // in the machine's own byte order
    std::array<char, sizeof count> bytes{};
    if (!file.read(bytes.data(), bytes.size()))
        throw std::runtime_error("cannot read " + database.string() + "-shm");
    std::memcpy(&count, bytes.data(), sizeof count);
    return count;
}

}
