#include "storage/sqlite/migrations.hpp"
#include "tests/storage/driver.hpp"

#include <doctest/doctest.h>

#include <array>
#include <span>

using namespace storage;
using namespace storage_test;
using sqlite::Migration;

namespace {

constexpr std::array<Migration, 3> steps{{
    {"a table", "CREATE TABLE car (name TEXT); INSERT INTO car VALUES ('Leaf');"},
    {"a column", "ALTER TABLE car ADD COLUMN phases INTEGER NOT NULL DEFAULT 1;"},
    {"a value", "UPDATE car SET phases = 3;"},
}};

std::int64_t ask(std::filesystem::path const& file, char const* sql)
{
    return sqlite::Connection(file, sqlite::Access::read_only).number(sql);
}

bool opens(std::filesystem::path const& file, std::span<Migration const> known)
{
    auto const opened = sqlite::open_file(file, known, quick_tuning());
    return std::holds_alternative<sqlite::OpenFile>(opened);
}

}

TEST_SUITE("migrations")
{
    TEST_CASE("a file of any older version is brought to the newest, and its rows are kept")
    {
        for (std::size_t version = 1; version <= steps.size(); ++version) {
            CAPTURE(version);
            TemporaryFolder const folder;
            REQUIRE(opens(folder.file(), std::span(steps).first(version)));
            CHECK(ask(folder.file(), "PRAGMA user_version") == static_cast<std::int64_t>(version));
            REQUIRE(opens(folder.file(), steps));
            CHECK(ask(folder.file(), "PRAGMA user_version") == 3);
            CHECK(ask(folder.file(), "SELECT count(*) FROM car WHERE phases = 3") == 1);
        }
    }

    TEST_CASE("a step that fails leaves the file as the step before left it")
    {
        auto broken = steps;
        broken[1].sql = "ALTER TABLE car ADD COLUMN doors INTEGER; UPDATE boat SET phases = 3;";
        TemporaryFolder const folder;
        REQUIRE(opens(folder.file(), std::span(steps).first(1)));
        auto const before = folder.files();

        auto const opened = sqlite::open_file(folder.file(), broken, quick_tuning());
        auto const* error = std::get_if<OpenError>(&opened);
        REQUIRE(error != nullptr);
        CHECK(error->message.find("step 2 of the schema (a column)") != std::string::npos);
        CHECK(folder.files() == before);
        REQUIRE(opens(folder.file(), steps));  // a program that does it right goes on from there
        CHECK(ask(folder.file(), "SELECT count(*) FROM car WHERE phases = 3") == 1);
    }

    TEST_CASE("a new file whose first step fails is not left behind")
    {
        constexpr std::array<Migration, 1> broken{{{"nothing", "CREATE TABLE car (;"}}};
        TemporaryFolder const folder;
        CHECK_FALSE(opens(folder.file(), broken));
        CHECK(folder.files().empty());
    }

    TEST_CASE("a store of every version that there has been opens")
    {
        for (std::size_t version = 1; version <= sqlite::migrations().size(); ++version) {
            CAPTURE(version);
            TemporaryFolder const folder;
            REQUIRE(opens(folder.file(), sqlite::migrations().first(version)));
            CHECK(open_store(folder.file())->load() == Contents{});
        }
    }

    TEST_CASE("what was there before current was shared by policies is shared equally")
    {
        TemporaryFolder const folder;
        REQUIRE(opens(folder.file(), sqlite::migrations().first(2)));
        sqlite::Connection(folder.file(), sqlite::Access::read_write).execute(R"sql(
            INSERT INTO installation VALUES (1, 'one', '', 'tn_400', 63000, '', '', 0);
            INSERT INTO charge_point VALUES (2, 1, 3, 'P1', 1, 2, 3, 32000, 0, 1, 0);
            INSERT INTO session VALUES (4, 2, 'A', 1, '', '', 0, NULL, NULL, NULL, '', 0);
        )sql");
        Contents const contents = open_store(folder.file())->load();
        REQUIRE(contents.installations.size() == 1);
        CHECK(contents.installations[0].name == "one");
        CHECK(contents.installations[0].policy == SharingPolicy::equal_share);
        REQUIRE(contents.charge_points.size() == 1);
        CHECK(contents.charge_points[0].max_ma == 32'000);
        CHECK(contents.charge_points[0].priority == 0);
        REQUIRE(contents.open_sessions.size() == 1);
        CHECK_FALSE(contents.open_sessions[0].departs_at);
        CHECK_FALSE(contents.open_sessions[0].wanted_mwh);
    }

    TEST_CASE("a file says whose it is and its version")
    {
        TemporaryFolder const folder;
        open_store(folder.file());
        CHECK(ask(folder.file(), "PRAGMA application_id") == 0x4b555253);  // "KURS"
        CHECK(ask(folder.file(), "PRAGMA user_version") ==
              static_cast<std::int64_t>(sqlite::migrations().size()));
    }
}
