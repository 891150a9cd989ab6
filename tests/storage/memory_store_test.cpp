#include "storage/memory/memory_store.hpp"

#include <doctest/doctest.h>

using namespace storage;

namespace {

Record user(std::string name)
{
    User row;
    row.name = std::move(name);
    return row;
}

}

TEST_SUITE("the store in memory")
{
    TEST_CASE("a batch is durable and reported when it is stepped, one at a time and in order")
    {
        MemoryRows disk;
        MemoryStore store(disk);
        std::vector<int> reported;
        store.commit({user("a")}, [&] { reported.push_back(1); });
        store.commit({user("b"), user("c")}, [&] { reported.push_back(2); });
        CHECK(disk.users.empty());
        CHECK(store.pending() == 2);

        CHECK(store.step());
        CHECK(reported == std::vector{1});
        CHECK(disk.users.size() == 1);
        CHECK(store.step());
        CHECK(reported == std::vector{1, 2});
        CHECK(disk.users.size() == 3);
        CHECK_FALSE(store.step());
    }

    TEST_CASE("a crash loses what was pending, and nothing that was durable")
    {
        MemoryRows disk;
        MemoryStore store(disk);
        int reported = 0;
        store.commit({user("kept")}, [&] { ++reported; });
        store.commit({user("lost")}, [&] { ++reported; });
        store.step();
        store.crash();
        CHECK_FALSE(store.step());
        CHECK(reported == 1);
        REQUIRE(store.load().users.size() == 1);
        CHECK(store.load().users.front().name == "kept");
    }

    TEST_CASE("while it takes no writes nothing is durable, and all of it is afterwards")
    {
        MemoryRows disk;
        MemoryStore store(disk);
        std::vector<bool> health;
        store.on_health([&](Health now) { health.push_back(now.writable); });
        store.set_writable(false);
        store.set_writable(false);
        store.commit({user("a")}, nullptr);
        CHECK_FALSE(store.step());
        CHECK(store.pending() == 1);
        store.set_writable(true);
        CHECK(store.step());
        CHECK(disk.users.size() == 1);
        CHECK(health == std::vector{false, true});
    }

    TEST_CASE("a batch that is committed while another is reported comes after it")
    {
        MemoryRows disk;
        MemoryStore store(disk);
        store.commit({user("a")}, [&] { store.commit({user("b")}, nullptr); });
        CHECK(store.step());
        CHECK(disk.users.size() == 1);
        CHECK(store.step());
        CHECK(disk.users.size() == 2);
    }
}
