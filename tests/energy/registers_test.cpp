// Energy from registers: which readings are believed.
#include "tests/energy/story.hpp"

#include <doctest/doctest.h>

#include <limits>

using namespace energy_tests;

TEST_CASE("a session without samples is its stop minus its start")
{
    auto const energy = Story(60).start(wh(100'000)).stop(wh(107'400)).energy();
    CHECK(energy.energy_mwh == wh(7'400));
    CHECK(energy.rule == EnergyRule::session_registers);
    CHECK(energy.doubts.none());
    CHECK_FALSE(energy.estimated);
    CHECK(energy.first == engine::EnergyReading{minute(0), wh(100'000), EnergySource::meter_start});
    CHECK(energy.last == engine::EnergyReading{minute(60), wh(107'400), EnergySource::meter_stop});
}

TEST_CASE("samples between start and stop do not change the energy")
{
    auto const energy =
        Story(60).start(wh(100'000)).stop(wh(107'400)).readings(10, {wh(101'233)}).energy();
    CHECK(energy.energy_mwh == wh(7'400));
    CHECK(energy.rule == EnergyRule::session_registers);
    CHECK(energy.doubts.none());
}

TEST_CASE("readings that say begin and end do what start and stop do")
{
    Story story(60);
    story.reading(minute(0), wh(5'000), ReadingContext::begin)
        .reading(minute(30), wh(8'000))
        .reading(minute(60), wh(12'000), ReadingContext::end);
    auto const energy = story.energy();
    CHECK(energy.energy_mwh == wh(7'000));
    CHECK(energy.rule == EnergyRule::begin_end_readings);
    CHECK(energy.doubts.none());
    CHECK(energy.first->source == EnergySource::sample);
}

TEST_CASE("a begin that comes again with every reading is the register at the start")
{
    // lbbrhzn/ocpp#1838: 54 - 50 kWh, and 0 in meterStart.
    Story story(60);
    story.start(0).stop(kwh(54));
    for (int n = 1; n <= 3; ++n) {
        story.reading(minute(n * 15), kwh(50), ReadingContext::begin);
        story.reading(minute(n * 15), kwh(50 + n));
    }
    auto const energy = story.energy();
    CHECK(energy.energy_mwh == kwh(4));
    CHECK(energy.doubts.has(EnergyDoubt::zero_begin));
}

TEST_CASE("a running session has charged the last reading minus the start")
{
    Story story(std::nullopt);
    story.start(wh(100'000));
    CHECK(story.energy().energy_mwh == 0);
    story.readings(1, {wh(100'120), wh(100'240)});
    auto const energy = story.energy();
    CHECK(energy.energy_mwh == wh(240));
    CHECK(energy.rule == EnergyRule::registers);
    CHECK(energy.doubts.none());
}

TEST_CASE("a start of 0 on a lifetime register is passed over")
{
    // 45 MWh within the first minute would need 2.7 GW.
    Story story(60);
    story.start(0).stop(kwh(45'012)).readings(1, {kwh(45'000), kwh(45'001)});
    auto const energy = story.energy();
    CHECK(energy.energy_mwh == kwh(12));  // 45 012 - 45 000
    CHECK(energy.rule == EnergyRule::registers);
    CHECK(energy.doubts.has(EnergyDoubt::zero_begin));
    CHECK(energy.doubts.has(EnergyDoubt::begin_missing));
    CHECK(energy.first->at == minute(1));
    CHECK(energy.last->source == EnergySource::meter_stop);

    SUBCASE("with transactionData the true begin is known")
    {
        story.reading(minute(0), kwh(44'999), ReadingContext::begin);
        auto const told = story.energy();
        CHECK(told.energy_mwh == kwh(13));
        CHECK(told.rule == EnergyRule::begin_end_readings);
        CHECK_FALSE(told.doubts.has(EnergyDoubt::begin_missing));
    }
    SUBCASE("without any other reading nothing is known")
    {
        story.samples.clear();
        auto const nothing = story.energy();
        CHECK_FALSE(nothing.energy_mwh);
        CHECK(nothing.doubts.has(EnergyDoubt::zero_begin));
    }
}

TEST_CASE("a register that begins anew in the middle gives the sum of its rises")
{
    // 1000 to 1010, the station boots, 0.2 to 5.1 kWh: 10 + 0.2 + 4.9.
    Story story(20);
    story.start(kwh(1'000)).readings(2, {kwh(1'004), kwh(1'007), kwh(1'010)});
    story.readings(10, {wh(200), kwh(2), kwh(4)}).stop(wh(5'100));
    auto const energy = story.energy();
    CHECK(energy.energy_mwh == wh(15'100));
    CHECK(energy.rule == EnergyRule::register_rises);
    CHECK(energy.doubts.has(EnergyDoubt::register_reset));
    CHECK(energy.doubts.has(EnergyDoubt::negative_difference));
}

TEST_CASE("a register that begins anew below its start is not taken for stop minus start")
{
    // 2 to 12, anew, 0.5 to 8: 10 + 0.5 + 7.5, not 8 - 2.
    Story story(20);
    story.start(kwh(2)).stop(kwh(8)).readings(1, {kwh(4), kwh(6), kwh(9), kwh(12)});
    story.readings(5, {wh(500), kwh(1), kwh(3), kwh(5), kwh(7)});
    auto const energy = story.energy();
    CHECK(energy.energy_mwh == kwh(18));
    CHECK(energy.rule == EnergyRule::register_rises);
}

TEST_CASE("what a register shows after it began anew counts only if it can have flowed")
{
    // 300 kWh within a minute cannot: 7 + 0 + 8.
    Story story(60);
    story.start(kwh(1'000)).readings(1, {kwh(1'003), kwh(1'007)});
    story.readings(3, {kwh(300), kwh(302), kwh(304), kwh(306)}).stop(kwh(308));
    CHECK(story.energy().energy_mwh == kwh(15));
}

TEST_CASE("an absurd value between good ones is left out and never billed")
{
    Story story(60);
    story.start(kwh(100)).stop(kwh(107));
    SUBCASE("too high") { story.readings(10, {kwh(101), wh(4'296'944'685), kwh(103)}); }
    SUBCASE("beyond all registers")
    {
        story.readings(10, {kwh(101), std::numeric_limits<std::int64_t>::max(), kwh(103)});
    }
    SUBCASE("negative")
    {
        story.readings(10, {kwh(101), std::numeric_limits<std::int64_t>::min(), kwh(103)});
    }
    auto const energy = story.energy();
    CHECK(energy.energy_mwh == kwh(7));
    CHECK(energy.rule == EnergyRule::session_registers);
    CHECK(energy.doubts.has(EnergyDoubt::jump_left_out));
}

TEST_CASE("a meter that was lost for hours and said 0 takes nothing away")
{
    Story story(300);
    story.start(kwh(100)).stop(kwh(130)).readings(10, {kwh(101), kwh(102)});
    for (int i = 12; i < 200; ++i) story.reading(minute(i), 0);
    story.readings(200, {kwh(120), kwh(121)});
    auto const energy = story.energy();
    CHECK(energy.energy_mwh == kwh(30));
    CHECK(energy.doubts.has(EnergyDoubt::fall_left_out));
}

TEST_CASE("the last readings of a session can be absurd without being billed")
{
    Story story(60);
    story.start(kwh(100)).readings(1, {kwh(101), kwh(102)});
    SUBCASE("a stop beyond reason")
    {
        story.stop(wh(4'296'944'685));
        CHECK(story.energy().doubts.has(EnergyDoubt::jump_left_out));
    }
    SUBCASE("a stop of 0")
    {
        story.stop(0);
        CHECK(story.energy().doubts.has(EnergyDoubt::negative_difference));
    }
    CHECK(story.energy().energy_mwh == kwh(2));
    CHECK(story.energy().doubts.has(EnergyDoubt::end_missing));
}

TEST_CASE("a stop below the start without readings tells no energy, and is said to be so")
{
    auto const energy = Story(60).start(kwh(100)).stop(kwh(5)).energy();
    CHECK_FALSE(energy.energy_mwh);
    CHECK(energy.doubts.has(EnergyDoubt::negative_difference));
}

TEST_CASE("a register that jumps for good is not billed for the jump")
{
    // 3 before the meter was changed, 4 after it: 7.
    Story story(60);
    story.start(kwh(100)).readings(1, {kwh(101), kwh(102), kwh(103)});
    story.readings(5, {kwh(9'000), kwh(9'001), kwh(9'002)}).stop(kwh(9'004));
    auto const energy = story.energy();
    CHECK(energy.energy_mwh == kwh(7));
    CHECK(energy.rule == EnergyRule::register_rises);
    CHECK(energy.doubts.has(EnergyDoubt::jump_left_out));
}

TEST_CASE("samples of another register do not disturb stop minus start")
{
    Story story(60);
    SUBCASE("a counter per session, and lifetime samples")
    {
        story.start(0).stop(kwh(7));
        story.readings(10, {kwh(500), kwh(501), kwh(502), kwh(503), kwh(504), kwh(505)});
        CHECK_FALSE(story.energy().doubts.has(EnergyDoubt::registers_disagree));
    }
    SUBCASE("a lifetime register, and samples of a counter per session")
    {
        story.start(kwh(500)).stop(kwh(507));
        story.readings(10, {kwh(1), kwh(2), kwh(3), kwh(4), kwh(5), kwh(6)});
    }
    SUBCASE("samples of another connector, which charged more")
    {
        story.start(kwh(500)).stop(kwh(507));
        for (int i = 1; i < 55; ++i) story.reading(minute(i), kwh(3 * i));
        CHECK(story.energy().doubts.has(EnergyDoubt::registers_disagree));
    }
    CHECK(story.energy().energy_mwh == kwh(7));
    CHECK(story.energy().rule == EnergyRule::session_registers);
}

TEST_CASE("a station that says 0 at start and stop is billed by its samples")
{
    Story story(60);
    story.start(0).stop(0);
    for (int i = 0; i < 60; ++i) story.reading(minute(i), kwh(45'000) + wh(100 * i));
    CHECK(story.energy().energy_mwh == wh(5'900));
}

TEST_CASE("transactionData and the session's registers outweigh other samples")
{
    Story story(60);
    story.start(kwh(100)).stop(kwh(112));
    story.reading(minute(0), kwh(100), ReadingContext::begin)
        .reading(minute(60), kwh(112), ReadingContext::end)
        .readings(10, {kwh(50), kwh(51), kwh(52)});
    CHECK(story.energy().energy_mwh == kwh(12));
}

TEST_CASE("samples that tell of more than the session's own registers allow are not billed")
{
    // From 50 to 112 kWh would be 62; the station itself began at 100.
    Story story(60);
    story.start(kwh(100)).stop(kwh(112)).readings(10, {kwh(50), kwh(51), kwh(52), kwh(53)});
    auto const energy = story.energy();
    CHECK(energy.energy_mwh == kwh(12));
    CHECK(energy.doubts.has(EnergyDoubt::registers_disagree));
}

TEST_CASE("many samples of another meter do not outweigh transactionData")
{
    // From 50 kWh up to the end at 112 would be 62 and more.
    Story story(60);
    story.start(kwh(100)).stop(kwh(112));
    story.reading(minute(0), kwh(100), ReadingContext::begin)
        .reading(minute(60), kwh(112), ReadingContext::end);
    for (int i = 1; i < 20; ++i) story.reading(minute(i), kwh(50) + wh(100 * i));
    auto const energy = story.energy();
    CHECK(energy.energy_mwh == kwh(12));
    CHECK(energy.rule == EnergyRule::session_registers);
    CHECK(energy.doubts.has(EnergyDoubt::registers_disagree));
}

TEST_CASE("a register that was seen above the stop has counted that far")
{
    // 2 to 12, anew, and nothing but a stop of 8 after it: at least 10, not 6.
    Story story(60);
    story.start(kwh(2)).stop(kwh(8)).readings(1, {kwh(4), kwh(6), kwh(8), kwh(10), kwh(12)});
    auto const energy = story.energy();
    CHECK(energy.energy_mwh == kwh(10));
    CHECK(energy.doubts.has(EnergyDoubt::fall_left_out));
    CHECK(energy.doubts.has(EnergyDoubt::end_missing));
}

TEST_CASE("a register that is refreshed once an hour is believed")
{
    // 11 kWh within 30 s would be 1.3 MW; within the hour before it is 11 kW. 11 + 11.
    Story story(150);
    story.start(kwh(1'000)).stop(kwh(1'022));
    for (int i = 0; i <= 300; ++i) {
        story.reading(second(30 * i), kwh(1'000 + (i >= 120 ? 11 : 0) + (i >= 240 ? 11 : 0)));
    }
    auto const energy = story.energy();
    CHECK(energy.energy_mwh == kwh(22));
    CHECK(energy.doubts.none());
}

TEST_CASE("a register that trembles is not summed up")
{
    // Up and down by 1 Wh each minute, 30 Wh in all.
    Story story(60);
    story.start(wh(100'000)).stop(wh(100'030));
    for (int i = 1; i < 60; ++i) story.reading(minute(i), wh(100'000 + i / 2 + (i % 2) * 2));
    auto const energy = story.energy();
    CHECK(energy.energy_mwh == wh(30));
    CHECK(energy.doubts.none());
}

TEST_CASE("registers in whole kWh are believed")
{
    Story story(60);
    story.start(wh(100'950)).stop(wh(107'200));
    for (int i = 1; i < 60; ++i) story.reading(minute(i), kwh(101 + i / 10));
    auto const energy = story.energy();
    CHECK(energy.energy_mwh == wh(6'250));
    CHECK(energy.doubts.none());
}

TEST_CASE("only registers per phase: the sum of what was read at one instant")
{
    Story story(60);
    for (int i = 0; i <= 60; i += 10) {
        story.value(
            minute(i), Measurand::energy_active_import_register, wh(1'000 + 20 * i), Phase::l1);
        story.value(
            minute(i), Measurand::energy_active_import_register, wh(2'000 + 10 * i), Phase::l2);
        if (i == 60) break;  // without L3 the last instant says nothing
        story.value(
            minute(i), Measurand::energy_active_import_register, wh(3'000 + 30 * i), Phase::l3);
    }
    auto const energy = story.energy();
    CHECK(energy.energy_mwh == wh(50 * (20 + 10 + 30)));
    CHECK(energy.doubts.has(EnergyDoubt::phase_sums));
    CHECK(energy.doubts.has(EnergyDoubt::end_missing));
    CHECK(energy.first->value == wh(6'000));
}

TEST_CASE("the body's register serves where the outlet has none, the car's never")
{
    Story story(60);
    auto const measured_at = [&](Location location, std::int64_t first, std::int64_t last) {
        auto const measurand = Measurand::energy_active_import_register;
        story.value(minute(0), measurand, first, Phase::total, location);
        story.value(minute(60), measurand, last, Phase::total, location);
    };
    measured_at(Location::ev, kwh(1), kwh(9));
    measured_at(Location::inlet, kwh(1), kwh(8));
    measured_at(Location::upstream, kwh(1), kwh(30));
    CHECK_FALSE(story.energy().energy_mwh);
    CHECK(story.energy().rule == EnergyRule::none);

    measured_at(Location::body, kwh(1), kwh(7));
    CHECK(story.energy().energy_mwh == kwh(6));
    CHECK(story.energy().doubts.has(EnergyDoubt::other_location));

    story.reading(minute(0), kwh(1)).reading(minute(60), kwh(6));
    CHECK(story.energy().energy_mwh == kwh(5));
    CHECK_FALSE(story.energy().doubts.has(EnergyDoubt::other_location));
}
