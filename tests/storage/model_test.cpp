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
    model.read_signed(
        session, [&](auto const& expected) { CHECK(signed_readings(store, session) == expected); });
    UnbookedQuery const messages = random.unbooked_query();
    model.read_unbooked(
        messages, [&](auto const& expected) { CHECK(unbooked(store, messages) == expected); });
    GraphQuery const graph = random.graph_query();
    model.read_graph(graph, [&](auto const& expected) { CHECK(graphs(store, graph) == expected); });
    int const limit = static_cast<int>(random.number(-1, 5));
    model.read_audit(limit, [&](auto const& expected) { CHECK(audit(store, limit) == expected); });
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

// More waiting messages of one station than are kept at hand.
std::vector<Record> many_messages()
{
    std::vector<Record> records;
    for (std::int64_t id = 1000; id < 1000 + 2 * waiting_messages_per_station; ++id) {
        UnbookedMessage row;
        row.id = UnbookedId{id};
        row.station = StationIdentity{id % 7 == 0 ? "a" : "b"};
        if (id % 10 == 0) row.state = UnbookedState::booked;
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
            tuning.samples_per_block = static_cast<std::size_t>(random.number(1, 10));
            tuning.graph_rest = std::chrono::seconds{seed % 3 == 0 ? 0 : 3600};
            auto store = open_store(folder.file(), tuning);
            MemoryRows rows;
            MemoryStore model(rows);
            if (seed % 2 == 0) commit_to_both(*store, model, many_sessions());
            if (seed % 5 == 0) commit_to_both(*store, model, many_messages());
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
