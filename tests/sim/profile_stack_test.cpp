// The charging profile stack against cases worked by hand from the standards.
#include "tests/sim/builders.hpp"

using namespace std::chrono_literals;
using namespace sim;
using namespace sim::test;
using ocpp::Version;

TEST_SUITE_BEGIN("sim: charging profiles");

TEST_CASE("without profiles a station offers its stand-alone current (1.6 3.13.6, K06.FR.02)")
{
    auto r = rules(Version::v16);
    CHECK(ProfileStack(r).limit_at(1, noon, nullptr).ma == 32'000);
    r.standalone_ma = 10'000;
    CHECK(ProfileStack(r).limit_at(1, noon, nullptr).ma == 10'000);
}

TEST_CASE("the standard's example of a daily default limits to 6 kW by day (1.6 3.13.7)")
{
    auto stack = stack16();
    auto daily = repeated(profile(100, Purpose::tx_default, 0, at("2013-01-01T00:00:00Z"),
                              {{0, 11'000, 3}, {28'800, 6'000, 3}, {72'000, 11'000, 3}}),
        Recurrency::daily);
    must_accept(stack, 0, lasting(in_watts(daily), 86'400));
    // I = P / (230 V x 3): 11,000 W are 15.942 A, 6,000 W are 8.695 A.
    CHECK(stack.limit_at(1, at("2024-05-06T07:59:59Z"), nullptr).ma == 15'942);
    CHECK(stack.limit_at(1, at("2024-05-06T08:00:00Z"), nullptr).ma == 8'695);
    CHECK(stack.limit_at(1, at("2024-05-06T19:59:59Z"), nullptr).ma == 8'695);
    CHECK(stack.limit_at(1, at("2024-05-06T20:00:00Z"), nullptr).ma == 15'942);
    CHECK(stack.next_switch_after(1, at("2024-05-06T07:00:00Z"), nullptr) ==
          at("2024-05-06T08:00:00Z"));
    CHECK(stack.next_switch_after(1, at("2024-05-06T20:00:00Z"), nullptr) ==
          at("2024-05-07T00:00:00Z"));

    auto const composite = stack.composite(
        1, at("2024-05-06T07:30:00.250Z"), 3'600, RateUnit::watts, {nullptr});
    CHECK(composite.start == at("2024-05-06T07:30:00Z"));
    CHECK(composite.duration_s == 3'600);
    REQUIRE(composite.periods.size() == 2);
    // Back from whole milliamperes: 15.942 A x 690 V and 8.695 A x 690 V.
    CHECK(composite.periods[0] == Period{0, 10'999'980, 3, {}});
    CHECK(composite.periods[1] == Period{1'800, 5'999'550, 3, {}});
}

TEST_CASE("daily is every 24 hours from the start, whatever daylight saving does (1.6 errata 3.79)")
{
    auto stack = stack16();
    // 06:00 in Oslo is 05:00Z in winter, and 04:00Z in summer: the schedule stays at 05:00Z.
    must_accept(stack, 0,
        repeated(
            profile(1, Purpose::tx_default, 0, at("2024-01-15T05:00:00Z"), {{0, 10}, {3'600, 20}}),
            Recurrency::daily));
    CHECK(stack.limit_at(1, at("2024-07-15T04:30:00Z"), nullptr).ma == 20'000);
    CHECK(stack.limit_at(1, at("2024-07-15T05:30:00Z"), nullptr).ma == 10'000);
}

TEST_CASE("weekly restarts on the weekday and at the time of its start (1.6 errata 3.79)")
{
    auto stack = stack16();
    must_accept(stack, 0,
        repeated(profile(1, Purpose::tx_default, 0, noon - 24h * 21, {{0, 10}, {3'600, 20}}),
            Recurrency::weekly));
    CHECK(stack.limit_at(1, noon + 10min, nullptr).ma == 10'000);
    CHECK(stack.limit_at(1, noon + 24h, nullptr).ma == 20'000);
    CHECK(stack.limit_at(1, noon + 24h * 7, nullptr).ma == 10'000);
}

TEST_CASE("of one purpose the highest stack level that is valid now leads (1.6 3.13.2, K01.FR.17)")
{
    for (auto const version : {Version::v16, Version::v201}) {
        ProfileStack stack(rules(version));
        must_accept(stack, 0, profile(1, Purpose::tx_default, 0, noon, {{0, 10}}));
        must_accept(stack, 0,
            valid(profile(2, Purpose::tx_default, 3, noon, {{0, 20}}), noon + 1h, noon + 2h));
        CHECK(stack.limit_at(1, noon, nullptr).ma == 10'000);
        CHECK(stack.limit_at(1, noon + 1h - 1ms, nullptr).ma == 10'000);
        CHECK(stack.limit_at(1, noon + 1h, nullptr).ma == 20'000);  // validFrom included (FR.36)
        CHECK(stack.limit_at(1, noon + 2h - 1ms, nullptr).ma == 20'000);
        CHECK(stack.limit_at(1, noon + 2h, nullptr).ma == 10'000);  // validTo excluded (FR.37)
    }
}

TEST_CASE("a replacement that is valid later leaves the default behaviour until then (1.6 3.13.2)")
{
    auto stack = stack16();
    must_accept(stack, 0, profile(1, Purpose::tx_default, 0, noon, {{0, 10}}));
    must_accept(
        stack, 0, valid(profile(2, Purpose::tx_default, 0, noon, {{0, 20}}), noon + 1h, {}));
    CHECK(stack.installed().size() == 1);
    CHECK(stack.limit_at(1, noon, nullptr).ma == 32'000);
    CHECK(stack.limit_at(1, noon + 1h, nullptr).ma == 20'000);
}

TEST_CASE("between purposes the lowest limit counts (1.6 3.13.3, K08.FR.04)")
{
    auto stack = stack16();
    auto const tx = running();
    must_accept(stack, 0, profile(1, Purpose::station_max, 0, noon, {{0, 20}}));
    must_accept(stack, 0, profile(2, Purpose::tx_default, 0, noon, {{0, 25}, {60, 15}}));
    CHECK(stack.limit_at(1, noon, &tx).ma == 20'000);
    CHECK(stack.limit_at(1, noon + 1min, &tx).ma == 15'000);
}

TEST_CASE("a TxProfile overrules the default, up as well as down (1.6 3.13.1, K02.FR.04)")
{
    auto stack = stack16();
    auto const tx = running();
    must_accept(stack, 0, profile(1, Purpose::tx_default, 5, noon, {{0, 10}}));
    must_accept(stack, 1, profile(2, Purpose::tx, 0, noon, {{0, 25}}), &tx);
    CHECK(stack.limit_at(1, noon, &tx).ma == 25'000);
    // Without a transaction it is as if one ran that has only the default (K08.FR.06).
    CHECK(stack.limit_at(1, noon, nullptr).ma == 10'000);
}

TEST_CASE("the two situations of 2.0.1 chapter K 3.5")
{
    auto stack = stack201();
    auto const tx = running("tx");
    must_accept(stack, 0, profile(1, Purpose::station_max, 0, noon, {{0, 26}}));
    must_accept(stack, 0, profile(2, Purpose::tx_default, 1, noon, {{0, 12}}));
    must_accept(stack, 0, profile(3, Purpose::tx_default, 2, noon, {{0, 24}}));
    stack.set_external(0, profile(-1, Purpose::external_constraints, 0, noon, {{0, 8}}));
    stack.set_external(0, profile(-2, Purpose::external_constraints, 1, noon, {{0, 22}}));
    // Situation 1: the lowest of max 26 (level 0), default 24 (level 2), external 22 (level 1).
    CHECK(stack.limit_at(1, noon, &tx).ma == 22'000);
    // Situation 2: a TxProfile on level 1 takes the default's place, lower or higher.
    must_accept(stack, 1, of(profile(4, Purpose::tx, 1, noon, {{0, 18}}), "tx"), &tx);
    CHECK(stack.limit_at(1, noon, &tx).ma == 18'000);
    must_accept(stack, 1, of(profile(4, Purpose::tx, 1, noon, {{0, 30}}), "tx"), &tx);
    CHECK(stack.limit_at(1, noon, &tx).ma == 22'000);
}

TEST_CASE("a TxProfile that is over gives way to the default, then to the local limit (K02.FR.08)")
{
    auto stack = stack201();
    auto const tx = running("tx");
    must_accept(stack, 1, lasting(of(profile(1, Purpose::tx, 0, noon, {{0, 16}}), "tx"), 600), &tx);
    CHECK(stack.limit_at(1, noon + 10min - 1ms, &tx).ma == 16'000);
    CHECK(stack.limit_at(1, noon + 10min, &tx).ma == 32'000);
    must_accept(stack, 1, profile(2, Purpose::tx_default, 0, noon, {{0, 6}}), &tx);
    CHECK(stack.limit_at(1, noon + 10min, &tx).ma == 6'000);
    CHECK(stack.next_switch_after(1, noon, &tx) == noon + 10min);
}

TEST_CASE("periods beyond the duration are not executed, a longer duration keeps the last (5.16.4)")
{
    auto stack = stack16();
    must_accept(stack, 0,
        lasting(profile(1, Purpose::tx_default, 0, noon, {{0, 10}, {600, 12}, {1'200, 14}}), 900));
    CHECK(stack.limit_at(1, noon + 899s, nullptr).ma == 12'000);
    CHECK(stack.limit_at(1, noon + 900s, nullptr).ma == 32'000);
    CHECK(stack.limit_at(1, noon + 1'200s, nullptr).ma == 32'000);
    must_accept(
        stack, 0, lasting(profile(1, Purpose::tx_default, 0, noon, {{0, 10}, {600, 12}}), 86'400));
    CHECK(stack.limit_at(1, noon + 23h, nullptr).ma == 12'000);
}

TEST_CASE("a recurrence shorter than its period falls back to a lower level (5.16.4, K01.FR.13)")
{
    for (auto const version : {Version::v16, Version::v201}) {
        ProfileStack stack(rules(version));
        must_accept(stack, 0, profile(1, Purpose::tx_default, 0, noon - 24h, {{0, 8}}));
        must_accept(stack, 0,
            lasting(repeated(profile(2, Purpose::tx_default, 1, noon - 24h, {{0, 20}}),
                        Recurrency::daily),
                3'600));
        CHECK(stack.limit_at(1, noon + 59min, nullptr).ma == 20'000);
        CHECK(stack.limit_at(1, noon + 1h, nullptr).ma == 8'000);
        CHECK(stack.limit_at(1, noon + 24h, nullptr).ma == 20'000);
    }
}

TEST_CASE("what lies beyond the recurrence is not executed (5.16.4)")
{
    auto stack = stack16();
    must_accept(stack, 0,
        lasting(repeated(profile(1, Purpose::tx_default, 0, noon, {{0, 10}, {90'000, 20}}),
                    Recurrency::daily),
            200'000));
    for (int hour = 0; hour < 72; ++hour)
        CHECK(stack.limit_at(1, noon + std::chrono::hours{hour}, nullptr).ma == 10'000);
}

TEST_CASE("a schedule that starts later limits only from then on (K01.FR.30)")
{
    auto stack = stack201();
    must_accept(stack, 0, profile(1, Purpose::tx_default, 0, noon + 1h, {{0, 10}}));
    CHECK(stack.limit_at(1, noon, nullptr).ma == 32'000);
    CHECK(stack.next_switch_after(1, noon, nullptr) == noon + 1h);
    CHECK(stack.limit_at(1, noon + 1h, nullptr).ma == 10'000);
    must_accept(stack, 0,
        repeated(profile(1, Purpose::tx_default, 0, noon + 1h, {{0, 10}}), Recurrency::daily));
    CHECK(stack.limit_at(1, noon, nullptr).ma == 32'000);
}

TEST_CASE(
    "a Relative schedule counts from when energy could flow, not from when it came (K01.FR.42)")
{
    auto stack = stack16();
    auto const tx = running();  // could deliver at noon
    must_accept(stack, 1,
        relative(lasting(profile(1, Purpose::tx, 0, noon, {{0, 10}, {3'600, 16}}), 7'200)), &tx);
    CHECK(stack.limit_at(1, noon + 30min, &tx).ma == 10'000);
    CHECK(stack.limit_at(1, noon + 90min, &tx).ma == 16'000);
    CHECK(stack.limit_at(1, noon + 2h, &tx).ma == 32'000);  // sent in hour 2 it would be over
    CHECK(stack.next_switch_after(1, noon + 30min, &tx) == noon + 1h);
}

TEST_CASE("a Relative default has not begun while nobody charges, and switches nothing")
{
    auto stack = stack16();
    must_accept(stack, 0, relative(profile(1, Purpose::tx_default, 0, noon, {{0, 10}, {60, 16}})));
    CHECK_FALSE(stack.next_switch_after(1, noon, nullptr));
    auto const tx = running();
    CHECK(stack.next_switch_after(1, noon, &tx) == noon + 60s);
}

TEST_CASE("in 1.6 a schedule without startSchedule is relative to the start of charging (7.13)")
{
    auto stack = stack16();
    auto const tx = running();
    auto p = profile(1, Purpose::tx, 0, noon, {{0, 10}, {60, 16}});
    p.schedule.start.reset();
    must_accept(stack, 1, p, &tx);
    CHECK(stack.limit_at(1, noon + 59s, &tx).ma == 10'000);
    CHECK(stack.limit_at(1, noon + 60s, &tx).ma == 16'000);
}

TEST_CASE("watts count for all phases together, three unless said otherwise (K01.FR.49, FR.50)")
{
    auto stack = stack16();
    must_accept(stack, 0, in_watts(profile(1, Purpose::tx_default, 0, noon, {{0, 11'040}})));
    CHECK(stack.limit_at(1, noon, nullptr).ma == 16'000);  // 11,040 / 690
    must_accept(stack, 0, in_watts(profile(1, Purpose::tx_default, 0, noon, {{0, 3'680, 1}})));
    CHECK(stack.limit_at(1, noon, nullptr).ma == 16'000);  // 3,680 / 230
}

TEST_CASE("a station that can switch phases takes the lower number of phases of all that lead")
{
    auto r = rules(Version::v201);
    r.can_switch_phases = true;
    ProfileStack stack(r);
    must_accept(stack, 0, profile(1, Purpose::station_max, 0, noon, {{0, 20, 3}}));
    must_accept(stack, 0, profile(2, Purpose::tx_default, 0, noon, {{0, 25, 1}, {60, 25, 3}}));
    CHECK(stack.limit_at(1, noon, nullptr) == Limit{20'000, 1});
    CHECK(stack.limit_at(1, noon + 60s, nullptr) == Limit{20'000, 3});
}

TEST_CASE(
    "the composite schedule of 0 is the sum of all, at most the station's maximum (K08.FR.03)")
{
    auto stack = stack16(2);
    auto const tx = running();
    must_accept(stack, 1, profile(1, Purpose::tx_default, 0, noon, {{0, 10}, {600, 20}}));
    must_accept(stack, 2, profile(2, Purpose::tx_default, 0, noon, {{0, 12}}));
    auto sum = stack.composite(0, noon, 1'200, RateUnit::amperes, {&tx, nullptr});
    CHECK(sum.periods == std::vector<Period>{{0, 22'000, 3, {}}, {600, 32'000, 3, {}}});
    must_accept(stack, 0, profile(3, Purpose::station_max, 0, noon, {{0, 24}}));
    sum = stack.composite(0, noon, 1'200, RateUnit::amperes, {&tx, nullptr});
    CHECK(sum.periods == std::vector<Period>{{0, 22'000, 3, {}}, {600, 24'000, 3, {}}});
}

TEST_CASE("an absurd duration gives a bounded answer")
{
    auto stack = stack16();
    must_accept(stack, 0,
        repeated(
            profile(1, Purpose::tx_default, 0, noon, {{0, 10}, {3'600, 20}}), Recurrency::daily));
    // Seen in the field: duration 8,638,204,675,134.
    auto const composite = stack.composite(
        1, noon, 8'638'204'675'134, RateUnit::amperes, {nullptr});
    CHECK(composite.duration_s == 7 * 86'400);
    CHECK(composite.periods.size() == 14);
}

TEST_CASE("a lease in one profile steps down and up by itself when nothing more is heard")
{
    auto stack = stack201();
    auto const tx = running("tx");
    // Granted 25 A for 600 s, then 6 A, then the fallback of 10 A.
    must_accept(stack, 1,
        of(profile(1, Purpose::tx, 0, noon - 60s, {{0, 25}, {660, 6}, {1'260, 10}}), "tx"), &tx);
    auto const composite = stack.composite(1, noon, 3'600, RateUnit::amperes, {&tx});
    CHECK(composite.periods ==
          std::vector<Period>{{0, 25'000, 3, {}}, {600, 6'000, 3, {}}, {1'200, 10'000, 3, {}}});
}

TEST_SUITE_END();
