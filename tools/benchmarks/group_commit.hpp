// What durability costs: a bare SQLite loop, and how to see what the server's loop does.
#pragma once

#include "tools/benchmarks/units.hpp"

#include <cstdint>
#include <filesystem>

namespace bench {

struct CommitResult {
    double rows = 0;
    Seconds elapsed{};
    Seconds cpu{};

    double per_second() const { return rows / elapsed.count(); }
    double cpu_us() const { return Microseconds(cpu).count() / rows; }
};

// Appends rows like those that a MeterValues becomes to a new database `file` (WAL,
// synchronous=FULL, one prepared statement, SQLite's own checkpoints) for the given time, and
// removes it again.
CommitResult bare_group_commits(
    std::filesystem::path const& file, std::int64_t rows_per_commit, Seconds time);

// How many transactions have written to the database so far, modulo 2^32: a difference of two calls
// is what counts. The database is in WAL mode and another process has it open.
std::uint32_t commits_of(std::filesystem::path const& database);

}
