// What a station refuses, replaces and clears, rule by rule.
#include "tests/sim/builders.hpp"

using namespace std::chrono_literals;
using namespace sim;
using namespace sim::test;
using ocpp::Version;

TEST_SUITE_BEGIN("sim: charging profile rules");

TEST_CASE("a default of one connector stands in for the one on 0, there only (1.6 3.13.1)")
{
    for (bool const general_first : {true, false}) {
        auto stack = stack16(2);
        auto const general = profile(1, Purpose::tx_default, 0, noon, {{0, 10}});
        auto const special = profile(2, Purpose::tx_default, 0, noon, {{0, 20}});
        if (general_first) must_accept(stack, 0, general);
        must_accept(stack, 2, special);
        if (!general_first) must_accept(stack, 0, general);
        CHECK(stack.limit_at(1, noon, nullptr).ma == 10'000);
        CHECK(stack.limit_at(2, noon, nullptr).ma == 20'000);
    }
}

TEST_CASE("2.0.1 refuses defaults of one level on EVSE 0 and on another (K01.FR.52, FR.53)")
{
    auto const general = profile(1, Purpose::tx_default, 0, noon, {{0, 10}});
    auto const special = profile(2, Purpose::tx_default, 0, noon, {{0, 20}});
    auto stack = stack201(2);
    must_accept(stack, 0, general);
    CHECK(reason(stack, 1, special) == "DuplicateProfile");
    auto other = stack201(2);
    must_accept(other, 1, special);
    CHECK(reason(other, 0, general) == "DuplicateProfile");
    // The same id replaces, wherever it was; another level stands beside.
    must_accept(other, 0, profile(2, Purpose::tx_default, 0, noon, {{0, 20}}));
    must_accept(other, 1, profile(3, Purpose::tx_default, 1, noon, {{0, 8}}));
    CHECK(other.limit_at(1, noon, nullptr).ma == 8'000);
    CHECK(other.limit_at(2, noon, nullptr).ma == 20'000);
}

TEST_CASE("the same id replaces; in 1.6 the same purpose and level does, too (5.16.3, K01.FR.05)")
{
    auto old = stack16();
    must_accept(old, 0, profile(1, Purpose::tx_default, 0, noon, {{0, 10}}));
    must_accept(old, 0, profile(2, Purpose::tx_default, 0, noon, {{0, 12}}));
    must_accept(old, 0, profile(2, Purpose::tx_default, 4, noon, {{0, 14}}));
    REQUIRE(old.installed().size() == 1);
    CHECK(old.limit_at(1, noon, nullptr).ma == 14'000);

    auto stack = stack201();
    must_accept(
        stack, 0, valid(profile(1, Purpose::tx_default, 0, noon, {{0, 10}}), {}, noon + 1h));
    CHECK(reason(stack, 0, profile(2, Purpose::tx_default, 0, noon, {{0, 12}})) ==
          "DuplicateProfile");
    // Validity that does not overlap is allowed (K01.FR.06).
    must_accept(
        stack, 0, valid(profile(2, Purpose::tx_default, 0, noon, {{0, 12}}), noon + 1h, {}));
    CHECK(stack.limit_at(1, noon + 59min, nullptr).ma == 10'000);
    CHECK(stack.limit_at(1, noon + 60min, nullptr).ma == 12'000);
}

TEST_CASE("a TxProfile needs a running transaction, and its id when it names one")
{
    auto const tx = running("7");
    auto const plain = profile(1, Purpose::tx, 0, noon, {{0, 10}});
    CHECK(reason(stack16(), 1, plain) == "TxNotFound");  // 1.6 3.13.1
    CHECK(reason(stack16(), 1, plain, &tx) == "");       // 1.6: the id may be left out
    CHECK(reason(stack16(), 1, of(plain, "7"), &tx) == "");
    CHECK(reason(stack16(), 1, of(plain, "8"), &tx) == "TxNotFound");
    Transaction const unconfirmed{std::nullopt, noon};
    CHECK(reason(stack16(), 1, plain, &unconfirmed) == "");
    CHECK(reason(stack16(), 1, of(plain, "7"), &unconfirmed) == "TxNotFound");

    CHECK(reason(stack201(), 1, of(plain, "7")) == "TxNotFound");       // K01.FR.09
    CHECK(reason(stack201(), 1, plain, &tx) == "MissingParam");         // K01.FR.03
    CHECK(reason(stack201(), 1, of(plain, "8"), &tx) == "TxNotFound");  // K01.FR.33
    CHECK(reason(stack201(), 1, of(plain, "7"), &tx) == "");
    CHECK(reason(stack201(), 0, of(plain, "7"), &tx) == "InvalidProfile");  // K01.FR.16
}

TEST_CASE("the end of a transaction takes its profiles with it, and no others (K02.FR.05)")
{
    auto stack = stack201(2);
    auto const first = running("a");
    auto const second = running("b");
    must_accept(stack, 1, of(profile(1, Purpose::tx, 0, noon, {{0, 10}}), "a"), &first);
    must_accept(stack, 2, of(profile(2, Purpose::tx, 0, noon, {{0, 12}}), "b"), &second);
    must_accept(stack, 0, profile(3, Purpose::tx_default, 0, noon, {{0, 20}}));
    stack.end_transaction(1);
    CHECK(stack.limit_at(1, noon, &first).ma == 20'000);
    CHECK(stack.limit_at(2, noon, &second).ma == 12'000);
}

TEST_CASE("a remote start's profile is for the transaction that follows (5.16.2, K05)")
{
    auto stack = stack16();
    auto const p = profile(1, Purpose::tx, 2, noon, {{0, 10}});
    CHECK(stack.check_for_start(1, of(p, "7")).reason == "InvalidProfile");  // no transactionId
    CHECK(stack.check_for_start(1, profile(1, Purpose::tx_default, 0, noon, {{0, 10}})).reason ==
          "InvalidProfile");
    REQUIRE(stack.check_for_start(1, p).accepted());
    stack.set_for_start(1, p);
    auto const tx = running("7");
    CHECK(stack.limit_at(1, noon, nullptr).ma == 32'000);
    CHECK(stack.limit_at(1, noon, &tx).ma == 10'000);
    // The same level replaces it, another stands beside it.
    must_accept(stack, 1, of(profile(2, Purpose::tx, 2, noon, {{0, 12}}), "7"), &tx);
    CHECK(stack.limit_at(1, noon, &tx).ma == 12'000);
    CHECK(stack.installed().size() == 1);
    must_accept(stack, 1, of(profile(3, Purpose::tx, 3, noon, {{0, 14}}), "7"), &tx);
    CHECK(stack.installed().size() == 2);
}

TEST_CASE("what a profile must keep is refused with its reason")
{
    auto const good = profile(1, Purpose::tx_default, 0, noon, {{0, 10}});
    auto const with = [&](auto change) {
        auto p = good;
        change(p);
        return p;
    };
    auto const max = profile(1, Purpose::station_max, 0, noon, {{0, 10}});
    auto const late_first = profile(1, Purpose::tx_default, 0, noon, {{60, 10}});
    auto const equal_starts = profile(1, Purpose::tx_default, 0, noon, {{0, 10}, {60, 8}, {60, 9}});
    auto const one_phase = profile(1, Purpose::tx_default, 0, noon, {{0, 10, 1}});
    auto const no_start = with([](Profile& p) { p.schedule.start.reset(); });
    auto const relative_start = with([](Profile& p) { p.kind = Kind::relative; });
    auto const repeated_oddly = with([](Profile& p) { p.kind = Kind::recurring; });
    auto const external = with([](Profile& p) { p.purpose = Purpose::external_constraints; });
    auto const high = with([](Profile& p) { p.stack_level = 9; });
    auto const negative = with([](Profile& p) { p.schedule.periods[0].limit_milli = -1; });
    auto const empty = with([](Profile& p) { p.schedule.periods.clear(); });
    auto const instant = with([](Profile& p) { p.schedule.duration_s = 0; });
    auto const many = with([](Profile& p) {
        for (int i = 1; i <= 24; ++i) p.schedule.periods.push_back({i, 1'000, {}, {}});
    });
    auto const four_phases = profile(1, Purpose::tx_default, 0, noon, {{0, 10, 4}});
    auto const one_of = with([](Profile& p) { p.schedule.periods[0].phase_to_use = 2; });
    struct Case {
        std::string_view what;
        int evse;
        Profile profile;
        std::string_view in_16;
        std::string_view in_201;
    };
    for (auto const& c : std::vector<Case>{
             {"good", 0, good, "", ""},
             {"max on a connector, K04.FR.03", 1, max, "InvalidProfile", "InvalidProfile"},
             {"max Relative, K01.FR.38", 0, relative(max), "InvalidProfile", "InvalidProfile"},
             {"first period late, K01.FR.31", 0, late_first, "InvalidSchedule", "InvalidSchedule"},
             {"not ascending, K01.FR.35", 0, equal_starts, "InvalidSchedule", "InvalidSchedule"},
             {"fewer phases than wired, K01.FR.43", 0, one_phase, "", "InvalidSchedule"},
             {"Absolute without start, K01.FR.40", 0, no_start, "", "InvalidSchedule"},
             {"Relative with start, K01.FR.41", 0, relative_start, "", "InvalidSchedule"},
             {"Recurring without kind", 0, repeated_oddly, "InvalidProfile", "InvalidProfile"},
             {"external, K01.FR.22", 0, external, "InvalidProfile", "InvalidProfile"},
             {"level", 0, high, "InvalidStackLevel", "InvalidStackLevel"},
             {"negative limit", 0, negative, "InvalidSchedule", "InvalidSchedule"},
             {"no periods", 0, empty, "InvalidSchedule", "InvalidSchedule"},
             {"no duration", 0, instant, "InvalidSchedule", "InvalidSchedule"},
             {"too many periods", 0, many, "TooManyElements", "TooManyElements"},
             {"four phases", 0, four_phases, "InvalidSchedule", "InvalidSchedule"},
             {"phaseToUse, K01.FR.48", 0, one_of, "InvalidSchedule", "InvalidSchedule"},
             {"unknown EVSE, K01.FR.28", 2, good, "UnknownEvse", "UnknownEvse"},
         }) {
        CAPTURE(c.what);
        CHECK(reason(stack16(), c.evse, c.profile) == c.in_16);
        CHECK(reason(stack201(), c.evse, c.profile) == c.in_201);
    }
    // 1.6 errata 3.39: there an unknown connector is a CALLERROR.
    CHECK(stack16().check(2, good, nullptr).status == SetOutcome::Status::no_such_evse);
}

TEST_CASE("units and numbers beyond the station's abilities are refused (K01.FR.26)")
{
    auto r = rules(Version::v201);
    r.accepts_watts = false;
    r.max_profiles = 2;
    ProfileStack stack(r);
    CHECK(reason(stack, 0, in_watts(profile(1, Purpose::tx_default, 0, noon, {{0, 4'000}}))) ==
          "UnsupportedRateUnit");
    must_accept(stack, 0, profile(1, Purpose::tx_default, 0, noon, {{0, 10}}));
    must_accept(stack, 0, profile(2, Purpose::tx_default, 1, noon, {{0, 10}}));
    CHECK(reason(stack, 0, profile(3, Purpose::tx_default, 2, noon, {{0, 10}})) == "OutOfStorage");
    must_accept(stack, 0, profile(2, Purpose::tx_default, 2, noon, {{0, 10}}));  // replaces
}

TEST_CASE("an external constraint is neither replaced nor cleared (K01.FR.05, K10.FR.08, FR.09)")
{
    auto stack = stack201();
    stack.set_external(0, profile(-5, Purpose::external_constraints, 0, noon, {{0, 12}}));
    CHECK(
        reason(stack, 0, profile(-5, Purpose::tx_default, 0, noon, {{0, 20}})) == "InvalidProfile");
    CHECK(stack.clear({-5, {}, {}, {}}) == 0);
    CHECK(stack.clear({{}, 0, {}, {}}) == 0);
    CHECK(stack.limit_at(1, noon, nullptr).ma == 12'000);
}

TEST_CASE(
    "clearing matches all given fields; an id alone counts (1.6 5.5 and errata, K10.FR.03, FR.04)")
{
    auto const filled = [](Version version) {
        ProfileStack stack(rules(version, 2));
        must_accept(stack, 0, profile(1, Purpose::station_max, 0, noon, {{0, 30}}));
        must_accept(stack, 1, profile(2, Purpose::tx_default, 0, noon, {{0, 10}}));
        must_accept(stack, 2, profile(3, Purpose::tx_default, 0, noon, {{0, 12}}));
        must_accept(stack, 2, profile(4, Purpose::tx_default, 1, noon, {{0, 14}}));
        return stack;
    };
    for (auto const version : {Version::v16, Version::v201}) {
        CHECK(filled(version).clear({4, {}, {}, {}}) == 1);
        CHECK(filled(version).clear({9, {}, {}, {}}) == 0);
        CHECK(
            filled(version).clear({1, 2, Purpose::tx_default, 1}) == 1);  // the others are ignored
        CHECK(filled(version).clear({{}, 2, {}, {}}) == 2);
        CHECK(filled(version).clear({{}, 0, {}, {}}) == 1);
        CHECK(filled(version).clear({{}, {}, Purpose::tx_default, {}}) == 3);
        CHECK(filled(version).clear({{}, 2, Purpose::tx_default, 0}) == 1);
        CHECK(filled(version).clear({{}, 1, Purpose::station_max, {}}) == 0);
    }
    CHECK(filled(Version::v16).clear({}) == 4);   // nothing given means all
    CHECK(filled(Version::v201).clear({}) == 0);  // K10.FR.02 does not allow it
}

TEST_SUITE_END();
