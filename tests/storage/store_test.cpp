// Committing: order, threads, and what a callback may rely on.
#include "tests/storage/driver.hpp"

#include <doctest/doctest.h>

#include <thread>

using namespace storage;
using namespace storage_test;

TEST_SUITE("commit")
{
    TEST_CASE("batches are reported in the order in which they were committed, on one other thread")
    {
        TemporaryFolder const folder;
        auto const store = open_store(folder.file());
        Inbox<std::pair<std::int64_t, std::thread::id>> reported;
        constexpr std::int64_t batches = 500;
        for (std::int64_t i = 0; i < batches; ++i) {
            store->commit({sample(1, i, i)}, [&reported, i] {
                reported.put({i, std::this_thread::get_id()});
            });
        }
        auto const all = reported.wait_for(batches);
        for (std::int64_t i = 0; i < batches; ++i) {
            auto const& [number, thread] = all[static_cast<std::size_t>(i)];
            CHECK(number == i);
            CHECK(thread == all.front().second);
            CHECK(thread != std::this_thread::get_id());
        }
    }

    TEST_CASE("what is reported as committed is in the file")
    {
        TemporaryFolder const folder;
        auto const store = open_store(folder.file());
        sqlite::Connection other(folder.file(), sqlite::Access::read_only);
        Inbox<std::int64_t> seen;
        for (std::int64_t i = 1; i <= 50; ++i) {
            store->commit({sample(1, i, i)}, [&seen, &other, i] {
                seen.put(other.number("SELECT count(*) FROM fresh_sample") >= i ? i : -i);
            });
            CHECK(seen.wait_for(static_cast<std::size_t>(i)).back() == i);
        }
    }

    TEST_CASE("several threads commit, and each one's batches are reported in its order")
    {
        TemporaryFolder const folder;
        auto const store = open_store(folder.file(), quick_tuning());
        constexpr std::int64_t threads = 4;
        constexpr std::int64_t batches = 300;
        Inbox<std::pair<std::int64_t, std::int64_t>> reported;
        std::vector<std::jthread> committers;
        for (std::int64_t t = 0; t < threads; ++t) {
            committers.emplace_back([&, t] {
                for (std::int64_t i = 0; i < batches; ++i) {
                    store->commit({sample(t, i, i)}, [&reported, t, i] { reported.put({t, i}); });
                    if (i % 50 == 0) store->read_samples(SessionId{t}, [](auto const&) {});
                }
            });
        }
        std::vector<std::int64_t> next(threads, 0);
        for (auto const& [thread, number] : reported.wait_for(threads * batches)) {
            CHECK(number == next[static_cast<std::size_t>(thread)]++);
        }
        for (std::int64_t t = 0; t < threads; ++t) {
            CHECK(samples(*store, SessionId{t}).size() == batches);
        }
    }

    TEST_CASE("closing commits what is queued, answers what was asked, and leaves the file alone")
    {
        TemporaryFolder const folder;
        Inbox<std::int64_t> reported;
        Inbox<std::size_t> answered;
        {
            auto const store = open_store(folder.file());
            for (std::int64_t i = 0; i < 200; ++i) {
                store->commit({sample(1, i, i)}, [&reported, i] { reported.put(i); });
            }
            store->read_samples(SessionId{1}, [&](auto rows) { answered.put(rows.size()); });
        }
        CHECK(reported.all().size() == 200);
        CHECK(answered.all().size() == 1);
        CHECK(samples(*open_store(folder.file()), SessionId{1}).size() == 200);
        CHECK(folder.files().size() == 1);
    }

    TEST_CASE("a batch without records, or without a callback, is committed like any other")
    {
        TemporaryFolder const folder;
        auto const store = open_store(folder.file());
        store->commit({sample(1, 1, 1)}, nullptr);
        commit_and_wait(*store, {});
        CHECK(samples(*store, SessionId{1}).size() == 1);
    }

    TEST_CASE("a group that is too long for one transaction is stored in parts, in order")
    {
        TemporaryFolder const folder;
        auto tuning = quick_tuning();
        tuning.records_per_transaction = 3;
        Inbox<std::int64_t> reported;
        {
            auto const store = open_store(folder.file(), tuning);
            for (std::int64_t i = 0; i < 100; ++i) {
                std::vector<Record> records(static_cast<std::size_t>(i % 6), sample(1, i, i));
                store->commit(std::move(records), [&reported, i] { reported.put(i); });
            }
        }
        auto const all = reported.all();
        REQUIRE(all.size() == 100);
        for (std::int64_t i = 0; i < 100; ++i) {
            CHECK(all[static_cast<std::size_t>(i)] == i);
        }
    }

    TEST_CASE("a batch that no table takes is set aside and reported; the others are stored")
    {
        TemporaryFolder const folder;
        auto const store = open_store(folder.file(), quick_tuning());
        Inbox<Health> health;
        store->on_health([&health](Health now) { health.put(std::move(now)); });
        Inbox<std::string> reported;

        Token nameless;
        nameless.value = "04A1";
        nameless.status = static_cast<TokenStatus>(9);
        Token good;
        good.value = "04B2";
        store->commit({sample(1, 1, 1)}, [&] { reported.put("before"); });
        store->commit({good, nameless}, [&] { reported.put("refused"); });
        store->commit({sample(1, 2, 2)}, [&] { reported.put("after"); });
        CHECK(reported.wait_for(2) == std::vector<std::string>{"before", "after"});

        auto const reports = health.wait_for(1);
        CHECK(reports.size() == 1);
        CHECK(reports.front().writable);
        CHECK(reports.front().problem.find("refused_record") != std::string::npos);

        // All or none: the good token of the batch is not in its table either.
        CHECK(samples(*store, SessionId{1}).size() == 2);
        sqlite::Connection connection(folder.file(), sqlite::Access::read_only);
        CHECK(connection.number("SELECT count(*) FROM token") == 0);
        CHECK(connection.number("SELECT count(*) FROM refused_record") == 2);
        std::string const kept = connection.word(
            "SELECT group_concat(statement || '|' || why) FROM refused_record");
        CHECK(kept.find("04A1") != std::string::npos);
        CHECK(kept.find("04B2") != std::string::npos);
        CHECK(kept.find("token.status") != std::string::npos);
    }
}
