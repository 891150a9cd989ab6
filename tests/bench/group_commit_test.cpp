#include "tests/bench/folder.hpp"
#include "tools/benchmarks/group_commit.hpp"

#include <doctest/doctest.h>
#include <sqlite3.h>

#include <memory>

namespace {

using namespace bench;

struct Close {
    void operator()(sqlite3* database) const { sqlite3_close(database); }
};

TEST_CASE("every transaction that writes is counted, whatever it writes")
{
    bench_test::Folder const folder;
    auto const file = folder.path() / "some.db";
    sqlite3* opened = nullptr;
    REQUIRE(sqlite3_open(file.c_str(), &opened) == SQLITE_OK);
    std::unique_ptr<sqlite3, Close> const database(opened);
    auto const run = [&](char const* sql) {
        REQUIRE(sqlite3_exec(opened, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
    };
    run("PRAGMA journal_mode = WAL; CREATE TABLE t (x INT)");

    auto const before = commits_of(file);
    run("INSERT INTO t VALUES (1)");
    run("BEGIN; INSERT INTO t VALUES (2); INSERT INTO t VALUES (3); COMMIT");
    run("SELECT * FROM t");
    run("PRAGMA wal_checkpoint(TRUNCATE)");
    run("DELETE FROM t");
    CHECK(commits_of(file) - before == 3);
}

TEST_CASE("a database that nobody has open is an error")
{
    bench_test::Folder const folder;
    CHECK_THROWS(commits_of(folder.path() / "none.db"));
}

TEST_CASE("the bare loop writes whole groups, measures itself and leaves nothing behind")
{
    bench_test::Folder const folder;
    constexpr std::int64_t group = 7;
    auto const result = bare_group_commits(folder.path() / "bare.db", group, Seconds(0.05));
    CHECK(result.rows >= group);
    CHECK(static_cast<std::int64_t>(result.rows) % group == 0);
    CHECK(result.elapsed >= Seconds(0.05));
    CHECK(result.cpu.count() > 0);
    CHECK(std::filesystem::is_empty(folder.path()));
}

}
