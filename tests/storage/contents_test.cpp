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
        Token first;
        first.value = "04a1b2";
        first.label = "old";
        Token again = first;
        again.value = "04A1B2";
        again.label = "new";
        again.owner = odd_text;
        again.group = "fleet";
        again.status = TokenStatus::blocked;
        again.expires_at = at_ms(5);
        again.installations = {InstallationId{7}, InstallationId{smallest}};
        again.charge_points = {ChargePointId{largest}};
        again.most_sessions = 1;
        Token other = first;
        other.value = "04A1B3";
        CHECK(after_reopening({first, other, again}).tokens == std::vector{again, other});
    }

    TEST_CASE("tokens of one value and different kinds stand beside each other")
    {
        std::vector<Token> tokens;
        for (auto const kind : {TokenKind::any, TokenKind::central, TokenKind::emaid,
                 TokenKind::iso14443, TokenKind::iso15693, TokenKind::key_code, TokenKind::local,
                 TokenKind::mac_address}) {
            tokens.emplace_back().value = "04A1";
            tokens.back().kind = kind;
        }
        CHECK(after_reopening({tokens.rbegin(), tokens.rend()}).tokens == tokens);
    }

    TEST_CASE("an open session is loaded with the latest sample that has a register")
    {
        Session session = open_session(5, "A");
        session.evse = EvseNumber{2};
        session.station_key = odd_text;
        session.token = "04A1B2";
        session.token_sequence = 0;
        session.token_verdict = TokenVerdict::not_allowed_here;
        session.start_reported = true;
        session.meter_start_mwh = smallest;
        session.first_heard_at = at_ms(largest);
        session.recorded_offline = true;
        session.clock_ahead_ms = -3'600'000;
        session.sequences = {{-2, -1}, {1, 1}, {3, largest}};
        session.departs_at = at_ms(largest);
        session.wanted_mwh = 0;
        MeterSample full = sample(5, 2000, largest);
        full.current_ma = {std::nullopt, 0, std::numeric_limits<std::int32_t>::min()};
        full.power_mw = 0;
        full.soc_percent = 80;
        full.context = ReadingContext::other;
        full.others = {{{Measurand::voltage, Phase::l1_n, Location::upstream}, smallest},
            {{Measurand::rpm, Phase::l3_l1, Location::outlet}, largest}};
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
        ended.closing = Closing::station;

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

    TEST_CASE("different reports of one instant stay, the same one is kept once")
    {
        MeterSample ending = sample(1, 1000, 10);
        ending.context = ReadingContext::end;
        TemporaryFolder const folder;
        {
            auto const store = open_store(folder.file());
            commit_and_wait(*store, {ending, sample(1, 1000, 20), sample(1, 1000, 10)});
            commit_and_wait(*store, {sample(1, 1000, 10), ending, sample(2, 1000, 40)});
        }
        auto const store = open_store(folder.file());
        CHECK(samples(*store, SessionId{1}) ==
              std::vector{sample(1, 1000, 10), sample(1, 1000, 20), ending});
        CHECK(samples(*store, SessionId{2}) == std::vector{sample(2, 1000, 40)});
    }

    TEST_CASE("signed readings come back byte for byte, each once")
    {
        SignedReading const first{SessionId{1}, at_ms(1), ReadingContext::begin, "OCMF",
            "ECDSA-secp256r1-SHA256", odd_text, odd_text + "\n"};
        SignedReading other = first;
        other.data += ' ';
        SignedReading later = first;
        later.at = at_ms(2);
        SignedReading foreign = first;
        foreign.session = SessionId{2};
        TemporaryFolder const folder;
        commit_and_wait(
            *open_store(folder.file()), {later, other, first, foreign, first, other, later});
        CHECK(signed_readings(*open_store(folder.file()), SessionId{1}) ==
              std::vector{first, other, later});
    }

    TEST_CASE("what operators did is read newest first")
    {
        AuditEntry const first{at_ms(1), "anna", "unbooked.attach", "unbooked 17", odd_text};
        AuditEntry const second{at_ms(2), "anna", "unbooked.attach", "unbooked 18", ""};
        TemporaryFolder const folder;
        commit_and_wait(*open_store(folder.file()), {first, second, first});
        auto const store = open_store(folder.file());
        CHECK(audit(*store) == std::vector{second, first});
        CHECK(audit(*store, 1) == std::vector{second});
        CHECK(audit(*store, -1).empty());
    }

    TEST_CASE("an unbooked message keeps what became of it, and those that wait are at hand")
    {
        UnbookedMessage first;
        first.id = UnbookedId{7};
        first.station = StationIdentity{"A"};
        first.protocol = "ocpp1.6";
        first.received_at = at_ms(1000);
        first.frame = odd_text;
        first.why = "unknown";
        UnbookedMessage resolved = first;
        resolved.state = UnbookedState::attached;
        resolved.session = SessionId{3};
        resolved.resolved_by = "anna";
        resolved.resolved_at = at_ms(3000);
        UnbookedMessage later = first;
        later.id = UnbookedId{9};

        TemporaryFolder const folder;
        commit_and_wait(*open_store(folder.file()), {first, later, resolved});
        auto const store = open_store(folder.file());
        Contents const contents = store->load();
        CHECK(contents.waiting_messages == std::vector{later});
        CHECK(contents.highest_id == 9);
        CHECK(unbooked(*store) == std::vector{later});
        UnbookedQuery query;
        query.waiting_only = false;
        CHECK(unbooked(*store, query) == std::vector{later, resolved});
        query.before = later.id;
        CHECK(unbooked(*store, query) == std::vector{resolved});
        query.limit = -1;
        CHECK(unbooked(*store, query).empty());
        query = {};
        query.id = first.id;
        CHECK(unbooked(*store, query).empty());  // no longer waiting
        query.waiting_only = false;
        CHECK(unbooked(*store, query) == std::vector{resolved});
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
