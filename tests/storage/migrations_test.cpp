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

    TEST_CASE("sessions, tokens, samples and messages of before are kept, and say what was known")
    {
        TemporaryFolder const folder;
        REQUIRE(opens(folder.file(), sqlite::migrations().first(3)));
        sqlite::Connection(folder.file(), sqlite::Access::read_write).execute(R"sql(
            INSERT INTO station VALUES ('A', '', '', '', '', 'ocpp1.6', 0, 0, 0);
            INSERT INTO token VALUES ('04A1', 'mine', 'blocked', 5);
            INSERT INTO session VALUES
                (4, 2, 'A', 1, 'k4', '04A1', 10, 1, NULL, NULL, '', 0, NULL, NULL),
                (5, 2, 'A', 1, 'k5', '', 20, 1, 25, 2, 'Replaced', 0, NULL, NULL),
                (6, 2, 'A', 1, 'k6', '', 30, 1, 35, 2, 'Remote', 1, NULL, NULL);
            INSERT INTO meter_sample VALUES (4, 11, 1, 2, 3, 4, 5, 6), (4, 12, 1, 2, 3, 4, 5, 6);
            INSERT INTO fresh_sample VALUES
                (1, 4, 13, 2, NULL, NULL, NULL, NULL, NULL), (2, 4, 12, 1, 2, 3, 4, 5, 6);
            INSERT INTO unbooked_message VALUES (200, 'B', 'late', 'why'), (100, 'A', 'early', '');
        )sql");

        auto const store = open_store(folder.file());
        Contents const contents = store->load();
        Token token;
        token.value = "04A1";
        token.label = "mine";
        token.status = TokenStatus::blocked;
        token.expires_at = at_ms(5);
        CHECK(contents.tokens == std::vector{token});

        Session open;
        open.id = SessionId{4};
        open.charge_point = ChargePointId{2};
        open.station = StationIdentity{"A"};
        open.evse = EvseNumber{1};
        open.station_key = "k4";
        open.token = "04A1";
        open.started_at = open.first_heard_at = at_ms(10);
        open.start_reported = true;
        open.meter_start_mwh = 1;
        CHECK(contents.open_sessions == std::vector{open});
        REQUIRE(contents.recent_sessions.size() == 2);
        CHECK(contents.recent_sessions[0].closing == Closing::replaced);
        CHECK(contents.recent_sessions[0].stop_reason.empty());
        CHECK(contents.recent_sessions[1].closing == Closing::station);
        CHECK(contents.recent_sessions[1].stop_reason == "Remote");

        MeterSample filed = sample(4, 11, 1);
        filed.current_ma = {2, 3, 4};
        filed.power_mw = 5;
        filed.soc_percent = 6;
        MeterSample in_both = filed;
        in_both.at = at_ms(12);
        CHECK(samples(*store, SessionId{4}) == std::vector{filed, in_both, sample(4, 13, 2)});

        UnbookedMessage early;
        early.id = UnbookedId{7};  // above all other ids
        early.station = StationIdentity{"A"};
        early.protocol = "ocpp1.6";
        early.received_at = at_ms(100);
        early.frame = "early";
        UnbookedMessage late = early;
        late.id = UnbookedId{8};
        late.station = StationIdentity{"B"};
        late.protocol = "";  // nobody knows
        late.received_at = at_ms(200);
        late.frame = "late";
        late.why = "why";
        CHECK(contents.waiting_messages == std::vector{early, late});
        CHECK(contents.highest_id == 8);
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
