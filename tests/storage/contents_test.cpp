// Every kind of record comes back as it was written, after the file was closed and opened again.
#include "tests/storage/driver.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>

using namespace storage;
using namespace storage_test;

namespace {

constexpr auto largest = std::numeric_limits<std::int64_t>::max();
constexpr auto smallest = std::numeric_limits<std::int64_t>::min();

// Text that breaks naive storage: quotes, a NUL, letters outside ASCII, an emoji.
std::string const odd_text{"O'Neil \"x\"; --\0 Bj\xC3\xB8rn \xF0\x9F\x94\x8C", 28};

Contents after_reopening(std::vector<Record> records)
{
    TemporaryFolder const folder;
    commit_and_wait(*open_store(folder.file()), std::move(records));
    return open_store(folder.file())->load();
}

Session open_session(std::int64_t id, std::string station)
{
    Session session;
    session.id = SessionId{id};
    session.charge_point = ChargePointId{1};
    session.station = StationIdentity{std::move(station)};
    session.evse = EvseNumber{1};
    session.started_at = at_ms(1000);
    return session;
}

}

TEST_SUITE("contents")
{
    TEST_CASE("a new store is empty")
    {
        TemporaryFolder const folder;
        CHECK(open_store(folder.file())->load() == Contents{});
    }

    TEST_CASE("installations, circuits and charge points come back as they were written")
    {
        Installation const full{InstallationId{7}, "Borettslag", odd_text, GridType::it_230, 63'000,
            "Europe/Oslo", "notes\nof two lines", at_ms(1'700'000'000'123),
            SharingPolicy::departure};
        Installation const bare{InstallationId{2}, "", "", GridType::tn_400, 0, "", "", at_ms(0)};
        Circuit const top{CircuitId{11}, InstallationId{7}, std::nullopt, "F1", 63'000};
        Circuit const below{CircuitId{12}, InstallationId{7}, CircuitId{11}, odd_text, largest};
        ChargePoint const point{ChargePointId{21}, InstallationId{7}, CircuitId{12}, "P1",
            {3, 0, 1}, 32'000, 6'000, true, false, 100};
        ChargePoint const other{
            ChargePointId{20}, InstallationId{2}, CircuitId{11}, "", {1, 2, 3}, 0, 0, false, true};

        Contents const contents = after_reopening({full, bare, below, top, point, other});
        CHECK(contents.installations == std::vector{bare, full});
        CHECK(contents.circuits == std::vector{top, below});
        CHECK(contents.charge_points == std::vector{other, point});
        CHECK(contents.highest_id == 21);
    }

    TEST_CASE("each policy of sharing comes back as it was written")
    {
        TemporaryFolder const folder;
        for (auto const policy : {SharingPolicy::equal_share, SharingPolicy::most_cars,
                 SharingPolicy::first_come, SharingPolicy::priority, SharingPolicy::departure}) {
            Installation installation{
                InstallationId{1}, "one", "", GridType::tn_400, 1, "", "", at_ms(1)};
            installation.policy = policy;
            commit_and_wait(*open_store(folder.file()), {installation});
            CHECK(open_store(folder.file())->load().installations == std::vector{installation});
        }
    }

    TEST_CASE("stations, users and granted limits come back as they were written")
    {
        Station const station{StationIdentity{odd_text}, "serial", "vendor", "model", "firmware",
            "ocpp2.0.1", at_ms(1), at_ms(largest)};
        User const user{"operator", "scrypt$1$2", at_ms(-1)};
        GrantedLimit const second{StationIdentity{"A"}, EvseNumber{2}, true, 6'000, 32'000};
        GrantedLimit const first{StationIdentity{"A"}, EvseNumber{1}, false, 0, 0};

        Contents const contents = after_reopening({station, user, second, first});
        CHECK(contents.stations == std::vector{station});
        CHECK(contents.users == std::vector{user});
        CHECK(contents.granted_limits == std::vector{first, second});
    }

    TEST_CASE("only the current assignments are loaded, and the end of a former one is kept")
    {
        Assignment former{
            ChargePointId{1}, StationIdentity{"A"}, EvseNumber{1}, at_ms(100), at_ms(200)};
        Assignment const current{
            ChargePointId{1}, StationIdentity{"B"}, EvseNumber{2}, at_ms(200), std::nullopt};

        TemporaryFolder const folder;
        commit_and_wait(*open_store(folder.file()), {former, current});
        CHECK(open_store(folder.file())->load().assignments == std::vector{current});
        sqlite::Connection connection(folder.file(), sqlite::Access::read_only);
        CHECK(connection.number("SELECT until_at FROM assignment WHERE station = 'A'") == 200);
    }

    TEST_CASE("a token is found under its value in any case, and keeps the newest spelling")
    {
        Token const first{"04a1b2", "old", TokenStatus::accepted, std::nullopt};
        Token const again{"04A1B2", "new", TokenStatus::blocked, at_ms(5)};
        Token const other{"04A1B3", "", TokenStatus::accepted, at_ms(0)};
        CHECK(after_reopening({first, other, again}).tokens == std::vector{again, other});
    }

    TEST_CASE("an open session is loaded with the latest sample that has a register")
    {
        Session session = open_session(5, "A");
        session.evse = EvseNumber{2};
        session.station_key = odd_text;
        session.token = "04A1B2";
        session.meter_start_mwh = smallest;
        session.recorded_offline = true;
        session.departs_at = at_ms(largest);
        session.wanted_mwh = 0;
        MeterSample full = sample(5, 2000, largest);
        full.current_ma = {std::nullopt, 0, std::numeric_limits<std::int32_t>::min()};
        full.power_mw = 0;
        full.soc_percent = 80;
        MeterSample bare;
        bare.session = session.id;
        bare.at = at_ms(3000);

        Contents const contents = after_reopening({session, full, bare, sample(5, 1000, 7)});
        CHECK(contents.open_sessions == std::vector{session});
        CHECK(contents.last_samples == std::vector{full});
        CHECK(contents.recent_sessions.empty());
    }

    TEST_CASE("an ended session replaces the open one as a whole")
    {
        Session const open = open_session(5, "A");
        Session ended = open;
        ended.ended_at = at_ms(9000);
        ended.meter_stop_mwh = 0;
        ended.stop_reason = "EVDisconnected";

        Contents const contents = after_reopening({open, sample(5, 1000, 7), ended});
        CHECK(contents.open_sessions.empty());
        CHECK(contents.last_samples.empty());
        CHECK(contents.recent_sessions == std::vector{ended});
        CHECK(contents.highest_id == 5);
    }

    TEST_CASE("of each station the ended sessions with the highest ids are at hand")
    {
        std::vector<Record> records;
        constexpr std::int64_t ended_sessions = recent_sessions_per_station + 5;
        for (std::int64_t i = 1; i <= ended_sessions; ++i) {
            Session busy = open_session(2 * i, "busy");
            busy.ended_at = at_ms(1);
            records.push_back(busy);
        }
        Session quiet = open_session(3, "quiet");
        quiet.ended_at = at_ms(1);
        records.push_back(quiet);
        records.push_back(open_session(1000, "busy"));
        records.push_back(open_session(1001, ""));  // the smallest of all identities

        std::vector<std::int64_t> expected{3};
        for (std::int64_t i = 6; i <= ended_sessions; ++i) {
            expected.push_back(2 * i);
        }
        std::vector<std::int64_t> ids;
        for (Session const& session : after_reopening(records).recent_sessions) {
            ids.push_back(session.id.value);
        }
        CHECK(ids == expected);
    }

    TEST_CASE("of the reports of one instant the first stays")
    {
        TemporaryFolder const folder;
        {
            auto const store = open_store(folder.file());
            commit_and_wait(*store, {sample(1, 1000, 10), sample(1, 1000, 20)});
            commit_and_wait(*store, {sample(1, 1000, 30), sample(2, 1000, 40)});
        }
        auto const store = open_store(folder.file());
        CHECK(samples(*store, SessionId{1}) == std::vector{sample(1, 1000, 10)});
        CHECK(samples(*store, SessionId{2}) == std::vector{sample(2, 1000, 40)});
    }

    TEST_CASE("an unbooked message is kept once, as it first came")
    {
        UnbookedMessage const first{StationIdentity{"A"}, at_ms(1000), odd_text, "unknown"};
        UnbookedMessage again = first;
        again.why = "something else";
        UnbookedMessage const later{StationIdentity{"A"}, at_ms(2000), odd_text, "unknown"};

        TemporaryFolder const folder;
        commit_and_wait(*open_store(folder.file()), {first, later, again});
        auto const store = open_store(folder.file());
        CHECK(unbooked(*store) == std::vector{later, first});
        CHECK(unbooked(*store, 1) == std::vector{later});
        CHECK(unbooked(*store, 0).empty());
        CHECK(unbooked(*store, -1).empty());
    }

    TEST_CASE("writing a record again changes nothing")
    {
        Installation const installation{
            InstallationId{1}, "one", "", GridType::tn_400, 1, "", "", at_ms(1)};
        TemporaryFolder const folder;
        auto store = open_store(folder.file());
        commit_and_wait(*store, {installation});
        commit_and_wait(*store, {installation, installation});
        store.reset();
        CHECK(open_store(folder.file())->load().installations == std::vector{installation});
    }
}
