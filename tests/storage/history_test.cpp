// What operators ask of the history, and that answering it does not grow with the history.
#include "storage/sqlite/reader.hpp"
#include "tests/storage/driver.hpp"

#include <doctest/doctest.h>
#include <sqlite3.h>

#include <cstdint>

using namespace storage;
using namespace storage_test;

namespace {

constexpr std::int64_t charge_points = 10;

ChargePoint charge_point(std::int64_t id, std::int64_t installation)
{
    ChargePoint row;
    row.id = ChargePointId{id};
    row.installation = InstallationId{installation};
    row.circuit = CircuitId{1};
    return row;
}

// Session n started at n, is of charge point n mod 10 and station "S" + (n mod 10), which calls it
// "K" + n; every seventh has the token 04aB; even ones have ended. Charge points 0 to 4 are of
// installation 1, the others of installation 2.
Session session(std::int64_t n)
{
    Session row;
    row.id = SessionId{n};
    row.charge_point = ChargePointId{n % charge_points};
    row.station = StationIdentity{"S" + std::to_string(n % charge_points)};
    row.evse = EvseNumber{1};
    row.started_at = at_ms(n);
    row.station_key = "K" + std::to_string(n);
    row.token = n % 7 == 0 ? "04aB" : "";
    if (n % 2 == 0) row.ended_at = at_ms(n + 1);
    return row;
}

std::vector<Record> sessions_up_to(std::int64_t count)
{
    std::vector<Record> records;
    for (std::int64_t i = 0; i < charge_points; ++i) {
        records.push_back(charge_point(i, i < 5 ? 1 : 2));
    }
    for (std::int64_t n = 1; n <= count; ++n) {
        records.push_back(session(n));
    }
    return records;
}

std::vector<std::int64_t> ids(std::vector<SessionSummary> const& summaries)
{
    std::vector<std::int64_t> found;
    for (SessionSummary const& summary : summaries) {
        found.push_back(summary.session.id.value);
    }
    return found;
}

// Rows that the connection's statements have gone through without an index.
int rows_scanned(sqlite::Connection const& connection)
{
    int scanned = 0;
    sqlite3_stmt* statement = nullptr;
    while ((statement = sqlite3_next_stmt(connection.handle(), statement)) != nullptr) {
        scanned += sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_FULLSCAN_STEP, 1);
    }
    return scanned;
}

}

TEST_SUITE("history")
{
    TEST_CASE("sessions are found by each condition and by several, newest first")
    {
        TemporaryFolder const folder;
        auto const store = open_store(folder.file());
        commit_and_wait(*store, sessions_up_to(40));
        using Ids = std::vector<std::int64_t>;

        SessionQuery query;
        query.limit = 3;
        CHECK(ids(sessions(*store, query)) == Ids{40, 39, 38});
        query.before = SessionId{38};
        CHECK(ids(sessions(*store, query)) == Ids{37, 36, 35});
        query.installation = InstallationId{1};
        CHECK(ids(sessions(*store, query)) == Ids{34, 33, 32});
        query.open_only = true;
        CHECK(ids(sessions(*store, query)) == Ids{33, 31, 23});
        query.station = StationIdentity{"S3"};
        CHECK(ids(sessions(*store, query)) == Ids{33, 23, 13});
        query.open_only = false;
        query.charge_point = ChargePointId{3};
        CHECK(ids(sessions(*store, query)) == Ids{33, 23, 13});
        query.charge_point = ChargePointId{4};
        CHECK(ids(sessions(*store, query)).empty());

        SessionQuery one;
        one.session = SessionId{17};
        CHECK(ids(sessions(*store, one)) == Ids{17});
        one.installation = InstallationId{1};
        CHECK(ids(sessions(*store, one)).empty());
    }

    TEST_CASE("sessions are found by their station's name for them, by token and by time")
    {
        TemporaryFolder const folder;
        auto const store = open_store(folder.file());
        commit_and_wait(*store, sessions_up_to(40));
        using Ids = std::vector<std::int64_t>;

        SessionQuery named;
        named.station = StationIdentity{"S7"};
        named.station_key = "K17";
        CHECK(ids(sessions(*store, named)) == Ids{17});
        named.station = StationIdentity{"S8"};
        CHECK(ids(sessions(*store, named)).empty());

        SessionQuery query;
        query.token = "04Ab";
        CHECK(ids(sessions(*store, query)) == Ids{35, 28, 21, 14, 7});
        query.from = at_ms(14);
        query.until = at_ms(28);
        CHECK(ids(sessions(*store, query)) == Ids{21, 14});
        query.token.reset();
        query.limit = 3;
        CHECK(ids(sessions(*store, query)) == Ids{27, 26, 25});
        query.installation = InstallationId{1};
        CHECK(ids(sessions(*store, query)) == Ids{24, 23, 22});
        query.before = SessionId{22};
        CHECK(ids(sessions(*store, query)) == Ids{21, 20, 14});
        query.charge_point = ChargePointId{1};
        CHECK(ids(sessions(*store, query)) == Ids{21});
    }

    TEST_CASE("a limit of nothing gives nothing")
    {
        TemporaryFolder const folder;
        auto const store = open_store(folder.file());
        commit_and_wait(*store, sessions_up_to(3));
        SessionQuery query;
        query.limit = 0;
        CHECK(sessions(*store, query).empty());
        query.limit = -1;
        CHECK(sessions(*store, query).empty());
    }

    TEST_CASE(
        "a session's span goes from its earliest to its latest register, in any order of arrival")
    {
        TemporaryFolder const folder;
        auto tuning = quick_tuning();
        for (std::int64_t const fresh_samples : {1, 4, 1000}) {
            CAPTURE(fresh_samples);
            tuning.fresh_samples = fresh_samples;
            auto const store = open_store(folder.file(), tuning);
            MeterSample without_register;
            without_register.session = SessionId{1};
            without_register.at = at_ms(9000);
            commit_and_wait(*store, {session(1), session(2), sample(1, 5000, 50)});
            commit_and_wait(*store, {sample(1, 3000, 30), without_register, sample(1, 7000, 70)});
            commit_and_wait(*store, {sample(1, 3000, 31), sample(1, 9000, 90), sample(3, 1, 1)});

            auto const found = sessions(*store);
            REQUIRE(ids(found) == std::vector<std::int64_t>{2, 1});
            CHECK(found[0] == SessionSummary{session(2), {}, {}, {}});
            CHECK(found[1] == SessionSummary{session(1), 30, 90, at_ms(9000)});
            CHECK(samples(*store, SessionId{1}) ==
                  std::vector{sample(1, 3000, 30), sample(1, 3000, 31), sample(1, 5000, 50),
                      sample(1, 7000, 70), without_register, sample(1, 9000, 90)});
        }
    }

    TEST_CASE("a read sees every batch that was reported as committed")
    {
        TemporaryFolder const folder;
        auto const store = open_store(folder.file());
        for (std::int64_t n = 1; n <= 50; ++n) {
            commit_and_wait(*store, {session(n), sample(n, 1, n)});
            SessionQuery newest;
            newest.limit = 1;
            CHECK(sessions(*store, newest) ==
                  std::vector{SessionSummary{session(n), n, n, at_ms(1)}});
        }
    }

    TEST_CASE("no question about sessions goes through the whole history")
    {
        constexpr std::int64_t history = 3000;
        TemporaryFolder const folder;
        auto tuning = quick_tuning();
        {
            auto const store = open_store(folder.file(), tuning);
            commit_and_wait(*store, sessions_up_to(history));
            for (std::int64_t n = 1; n <= history; ++n) {
                store->commit({sample(n, 1, 1), sample(n, 2, 2)}, nullptr);
            }
        }
        sqlite::Connection connection(folder.file(), sqlite::Access::read_only);
        auto const fresh = connection.number("SELECT count(*) FROM fresh_sample");
        rows_scanned(connection);  // counts anew from here

        std::vector<SessionQuery> queries(11);
        queries[1].installation = InstallationId{1};
        queries[2].charge_point = ChargePointId{3};
        queries[3].station = StationIdentity{"S3"};
        queries[4].session = SessionId{3};
        queries[5].open_only = true;
        queries[6].token = "04AB";
        queries[7].from = at_ms(1000);
        queries[7].until = at_ms(1100);
        queries[8] = queries[7];
        queries[8].installation = InstallationId{1};
        queries[9] = queries[7];
        queries[9].until.reset();
        queries[9].charge_point = ChargePointId{3};
        queries[10].station = StationIdentity{"S3"};
        queries[10].station_key = "K1003";
        for (std::size_t i = 0; i < queries.size(); ++i) {
            CAPTURE(i);
            queries[i].limit = 20;
            bool const is_one = i == 4 || i == 10;
            CHECK(sqlite::read_sessions(connection, queries[i]).size() == (is_one ? 1u : 20u));
            // A page, the fresh samples, and one entry for each charge point.
            CHECK(rows_scanned(connection) <= 20 + fresh + charge_points);
        }
    }
}
