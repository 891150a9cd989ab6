// The store on SQLite and the store in memory are given the same and asked the same.
#include "storage/memory/memory_store.hpp"
#include "tests/storage/driver.hpp"
#include "tests/storage/random_records.hpp"

#include <doctest/doctest.h>

using namespace storage;
using namespace storage_test;

namespace {

void commit_to_both(Store& store, MemoryStore& model, std::vector<Record> const& records)
{
    commit_and_wait(store, records);
    model.commit(records, nullptr);
    REQUIRE(model.step());
}

void compare_answers(Store& store, MemoryStore& model, RandomRecords& random)
{
    SessionQuery const query = random.query();
    model.read_sessions(
        query, [&](auto const& expected) { CHECK(sessions(store, query) == expected); });
    SessionId const session = random.session_id();
    model.read_samples(
        session, [&](auto const& expected) { CHECK(samples(store, session) == expected); });
    int const limit = static_cast<int>(random.number(0, 5));
    model.read_unbooked(
        limit, [&](auto const& expected) { CHECK(unbooked(store, limit) == expected); });
}

// More ended sessions of one station than are kept at hand.
std::vector<Record> many_sessions()
{
    std::vector<Record> records;
    for (std::int64_t id = 100; id < 100 + 2 * recent_sessions_per_station; ++id) {
        Session row;
        row.id = SessionId{id};
        row.station = StationIdentity{id % 3 == 0 ? "a" : "b"};
        if (id % 10 != 0) row.ended_at = at_ms(id);
        records.emplace_back(row);
    }
    return records;
}

}

TEST_SUITE("model")
{
    TEST_CASE("after any records, both stores hold the same and answer the same")
    {
        for (std::uint64_t seed = 1; seed <= 25; ++seed) {
            CAPTURE(seed);
            RandomRecords random(seed);
            TemporaryFolder const folder(memory_folder());
            auto tuning = quick_tuning();
            tuning.fresh_samples = random.number(1, 40);
            auto store = open_store(folder.file(), tuning);
            MemoryRows rows;
            MemoryStore model(rows);
            if (seed % 2 == 0) commit_to_both(*store, model, many_sessions());
            for (int step = 0; step < 60; ++step) {
                commit_to_both(*store, model, random.batch(6));
                compare_answers(*store, model, random);
                if (random.number(0, 14) != 0) continue;
                store.reset();
                store = open_store(folder.file(), tuning);
                CHECK(store->load() == model.load());
            }
        }
    }
}
