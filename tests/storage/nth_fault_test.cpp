// The disk fails at its nth change, for every n that a small workload reaches: opening, committing,
// filing samples, copying the log, closing.
#include "tests/storage/driver.hpp"
#include "tests/storage/fault_vfs.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace storage;
using namespace storage_test;

namespace {

constexpr std::int64_t batches = 12;

// One batch: a session that grows, a sample, and an unbooked message.
std::vector<Record> batch(std::int64_t n)
{
    Session session;
    session.id = SessionId{1};
    session.station = StationIdentity{"A"};
    session.meter_stop_mwh = n;
    UnbookedMessage message;
    message.id = UnbookedId{100 + n};
    message.station = StationIdentity{"A"};
    message.frame = "[2,\"1\",\"X\",{}]";
    return {session, sample(1, n, n), message};
}

// Commits the workload and returns how many batches were reported as committed, at the latest when
// the store was closed.
std::int64_t run_workload(std::unique_ptr<Store> store, bool wait_for_all)
{
    Inbox<std::int64_t> committed;
    for (std::int64_t n = 1; n <= batches; ++n) {
        store->commit(batch(n), [&committed, n] { committed.put(n); });
        // Most batches make a group of their own, and the last ones share one.
        if (wait_for_all && n <= batches - 3) committed.wait_for(static_cast<std::size_t>(n));
    }
    if (wait_for_all) committed.wait_for(batches);
    store.reset();
    auto const all = committed.all();
    for (std::size_t i = 0; i < all.size(); ++i) {
        REQUIRE(all[i] == static_cast<std::int64_t>(i) + 1);
    }
    return static_cast<std::int64_t>(all.size());
}

// The file holds the first batches, each whole and once: those reported, and perhaps some more.
void check_file(std::filesystem::path const& file, std::int64_t reported)
{
    auto const store = open_store(file);
    auto const rows = samples(*store, SessionId{1});
    auto const count = static_cast<std::int64_t>(rows.size());
    CHECK(count >= reported);
    for (std::int64_t n = 1; n <= count; ++n) {
        CHECK(rows[static_cast<std::size_t>(n - 1)] == sample(1, n, n));
    }
    CHECK(unbooked(*store).size() == rows.size());
    auto const found = sessions(*store);
    REQUIRE(found.size() == (count == 0 ? 0u : 1u));
    if (count > 0) CHECK(found.front().session.meter_stop_mwh == count);
}

}

TEST_SUITE("fault at every change")
{
    TEST_CASE("a single failure anywhere delays commits and loses nothing")
    {
        FaultVfs disk;
        std::int64_t changes = 0;
        for (std::int64_t n = 0; n <= changes; ++n) {
            CAPTURE(n);
            TemporaryFolder const folder(memory_folder());
            auto store = open_store(folder.file(), quick_tuning());
            disk.fail_at(n, false);  // n = 0: nothing fails, and the changes are counted
            CHECK(run_workload(std::move(store), true) == batches);
            changes = std::max(changes, n == 0 ? disk.changes() : 0);
            disk.fail_at(0, false);
            check_file(folder.file(), batches);
        }
        CHECK(changes > 3 * batches);
    }

    TEST_CASE("when nothing can be written any more, what was reported is in the file")
    {
        FaultVfs disk;
        std::int64_t changes = 0;
        for (std::int64_t n = 0; n <= changes; ++n) {
            CAPTURE(n);
            TemporaryFolder const folder(memory_folder());
            auto store = open_store(folder.file(), quick_tuning());
            disk.fail_at(n, true);
            std::int64_t const reported = run_workload(std::move(store), n == 0);
            changes = std::max(changes, n == 0 ? disk.changes() : 0);
            disk.fail_at(0, false);
            check_file(folder.file(), reported);
        }
    }

    TEST_CASE("opening a new file either succeeds or leaves nothing behind")
    {
        FaultVfs disk;
        std::int64_t refused = 0;
        bool opened = false;
        for (std::int64_t n = 1; !opened; ++n) {
            CAPTURE(n);
            REQUIRE(n < 1000);
            TemporaryFolder const folder(memory_folder());
            disk.fail_at(n, true);
            {
                auto const result = sqlite::open_tuned_store(folder.file(), quick_tuning());
                opened = std::holds_alternative<std::unique_ptr<Store>>(result);
                refused += opened ? 0 : 1;
            }
            disk.fail_at(0, false);
            if (!opened) CHECK(folder.files().empty());
            CHECK(open_store(folder.file())->load() == Contents{});
        }
        CHECK(refused > 5);
    }
}
