// A disk that is full, broken or locked for a while: nothing is reported too early, nothing is
// lost, and the store goes on by itself.
#include "tests/storage/driver.hpp"
#include "tests/storage/fault_vfs.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <thread>

using namespace storage;
using namespace storage_test;

namespace {

// Retries follow at once, but no samples are filed and no log is copied: these fail as well, and
// would have the health say more than the test asks for.
sqlite::Tuning calm_tuning()
{
    sqlite::Tuning tuning = quick_tuning();
    tuning.fresh_samples = 1'000'000;
    tuning.checkpoint_pages = 1'000'000;
    return tuning;
}

// A store, with what it reports.
struct Watched {
    Inbox<std::int64_t> committed;
    Inbox<Health> health;
    std::unique_ptr<Store> store;

    explicit Watched(
        std::filesystem::path const& file, sqlite::Tuning const& tuning = calm_tuning())
        : store(open_store(file, tuning))
    {
        store->on_health([this](Health now) { health.put(std::move(now)); });
    }

    // The nth sample of session 1.
    void commit(std::int64_t n)
    {
        store->commit({sample(1, n, n)}, [this, n] { committed.put(n); });
    }
};

std::vector<std::int64_t> numbers(std::int64_t first, std::int64_t last)
{
    std::vector<std::int64_t> all;
    for (std::int64_t n = first; n <= last; ++n) {
        all.push_back(n);
    }
    return all;
}

std::vector<std::int64_t> stored(std::filesystem::path const& file)
{
    std::vector<std::int64_t> found;
    for (MeterSample const& row : samples(*open_store(file), SessionId{1})) {
        found.push_back(row.at.time_since_epoch().count());
    }
    return found;
}

// Waits until the store must have tried several times.
void wait_for_changes(FaultVfs const& disk, std::int64_t more)
{
    auto const from = disk.changes();
    auto const deadline = std::chrono::steady_clock::now() + patience;
    while (disk.changes() < from + more) {
        REQUIRE(std::chrono::steady_clock::now() < deadline);
        std::this_thread::yield();
    }
}

}

TEST_SUITE("failure")
{
    TEST_CASE(
        "a full disk: nothing is reported as committed until there is room, then all in order")
    {
        FaultVfs disk;
        TemporaryFolder const folder;
        Watched watched(folder.file());
        watched.commit(1);
        watched.committed.wait_for(1);

        disk.set_space(0);
        watched.commit(2);
        auto const full = watched.health.wait_for(1).front();
        CHECK_FALSE(full.writable);
        CHECK(full.problem.find(folder.file().string()) != std::string::npos);
        CHECK(full.problem.find("full") != std::string::npos);
        for (std::int64_t n = 3; n <= 20; ++n) {
            watched.commit(n);
        }
        CHECK(watched.committed.all() == numbers(1, 1));

        disk.set_unlimited_space();
        CHECK(watched.committed.wait_for(20) == numbers(1, 20));
        auto const reports = watched.health.wait_for(2);
        CHECK(reports.size() == 2);  // once that it failed, however often; once that it is well
        CHECK(reports[1].writable);
        CHECK(reports[1].problem.empty());
        watched.store.reset();
        CHECK(stored(folder.file()) == numbers(1, 20));
    }

    TEST_CASE("a disk that has little room again and again loses nothing")
    {
        FaultVfs disk;
        TemporaryFolder const folder;
        Watched watched(folder.file(), quick_tuning());
        for (std::int64_t n = 1; n <= 300; ++n) {
            watched.commit(n);
        }
        for (std::int64_t bytes = 100; watched.committed.all().size() < 300; bytes += 3000) {
            disk.set_space(bytes);
            std::this_thread::yield();
        }
        disk.set_unlimited_space();
        CHECK(watched.committed.all() == numbers(1, 300));
        watched.store.reset();
        CHECK(stored(folder.file()) == numbers(1, 300));
    }

    TEST_CASE("a disk whose every sync fails: the store says so, and recovers with it")
    {
        FaultVfs disk;
        TemporaryFolder const folder;
        Watched watched(folder.file());
        disk.fail_at(1, true);
        watched.commit(1);
        CHECK_FALSE(watched.health.wait_for(1).front().writable);
        wait_for_changes(disk, 5);
        CHECK(watched.committed.all().empty());
        disk.fail_at(0, false);
        CHECK(watched.committed.wait_for(1) == numbers(1, 1));
        CHECK(watched.health.wait_for(2).back().writable);
        watched.store.reset();
        CHECK(stored(folder.file()) == numbers(1, 1));
    }

    TEST_CASE("another program that keeps the file locked delays commits, and history goes on")
    {
        TemporaryFolder const folder;
        Watched watched(folder.file());
        watched.commit(1);
        watched.committed.wait_for(1);
        std::optional<sqlite::Connection> other;
        other.emplace(folder.file(), sqlite::Access::read_write);
        other->execute("BEGIN IMMEDIATE");
        watched.commit(2);
        CHECK_FALSE(watched.health.wait_for(1).front().writable);
        CHECK(samples(*watched.store, SessionId{1}).size() == 1);
        CHECK(watched.committed.all() == numbers(1, 1));
        other.reset();
        CHECK(watched.committed.wait_for(2) == numbers(1, 2));
        CHECK(watched.health.wait_for(2).back().writable);
    }

    TEST_CASE("history that cannot be read is answered when it can, and commits go on meanwhile")
    {
        FaultVfs disk;
        TemporaryFolder const folder;
        Watched watched(folder.file());
        watched.commit(1);
        watched.committed.wait_for(1);
        disk.fail_reads(true);
        Inbox<std::size_t> answered;
        watched.store->read_samples(SessionId{1}, [&](auto rows) { answered.put(rows.size()); });
        auto const health = watched.health.wait_for(1).front();
        CHECK(health.writable);
        CHECK(health.problem.find("history cannot be read") != std::string::npos);
        watched.commit(2);  // all that it needs is in the writer's memory
        watched.committed.wait_for(2);
        CHECK(answered.all().empty());
        disk.fail_reads(false);
        CHECK(answered.wait_for(1) == std::vector<std::size_t>{2});
        CHECK(watched.health.wait_for(2).back().problem.empty());
    }

    TEST_CASE(
        "a store that is closed while its disk fails gives up and reports nothing as committed")
    {
        FaultVfs disk;
        TemporaryFolder const folder;
        {
            Watched watched(folder.file());
            watched.commit(1);
            watched.committed.wait_for(1);
            disk.set_space(0);
            watched.commit(2);
            watched.health.wait_for(1);
            watched.commit(3);
            watched.store.reset();
            CHECK(watched.committed.all() == numbers(1, 1));
            CHECK(watched.health.all().back().problem.find("could not be stored") !=
                  std::string::npos);
        }
        disk.set_unlimited_space();
        CHECK(stored(folder.file()) == numbers(1, 1));
    }

    TEST_CASE("a log that cannot be copied into the file is reported, and commits go on")
    {
        FaultVfs disk;
        TemporaryFolder const folder;
        auto tuning = calm_tuning();
        tuning.checkpoint_pages = 1;
        Watched watched(folder.file(), tuning);
        disk.fail_main_file(true);
        watched.commit(1);
        auto const health = watched.health.wait_for(1).front();
        CHECK(health.writable);
        CHECK(health.problem.find("log not copied") != std::string::npos);
        for (std::int64_t n = 2; n <= 5; ++n) {
            watched.commit(n);
            watched.committed.wait_for(static_cast<std::size_t>(n));
        }
        disk.fail_main_file(false);
        watched.commit(6);
        CHECK(watched.committed.wait_for(6) == numbers(1, 6));
        CHECK(watched.health.wait_for(2).back().problem.empty());
        watched.store.reset();
        CHECK(stored(folder.file()) == numbers(1, 6));
    }
}
