// Sessions without registers: intervals, power, currents.
#include "tests/energy/story.hpp"

#include <doctest/doctest.h>

using namespace energy_tests;

namespace {

constexpr auto interval = Measurand::energy_active_import_interval;

Story with_power(std::initializer_list<std::int64_t> watts_each_ten_minutes)
{
    Story story(10 * static_cast<std::int64_t>(watts_each_ten_minutes.size() - 1));
    std::int64_t at = 0;
    for (auto const watts : watts_each_ten_minutes) {
        story.sample(minute(at)).power_mw = watts * 1000;
        at += 10;
    }
    return story;
}

}

TEST_CASE("intervals are summed, each instant once")
{
    Story story(60);
    for (int i = 0; i <= 60; i += 15) story.value(minute(i), interval, wh(1'000 + i));
    story.value(
        minute(30), interval, wh(1'030), Phase::total, Location::outlet, ReadingContext::trigger);
    story.value(
        minute(60), interval, wh(1'060), Phase::total, Location::outlet, ReadingContext::end);
    story.value(minute(45), interval, 0);
    auto const energy = story.energy();
    CHECK(energy.energy_mwh == wh(1'015 + 1'030 + 1'045 + 1'060));  // what ends at noon was before
    CHECK(energy.rule == EnergyRule::intervals);
    CHECK_FALSE(energy.estimated);
    CHECK(energy.doubts.none());
}

TEST_CASE("clock-aligned and sampled intervals are not added to each other")
{
    Story story(60);
    for (int i = 10; i <= 60; i += 10) story.value(minute(i), interval, wh(500));
    for (int i = 15; i <= 60; i += 15) {
        story.value(
            minute(i), interval, wh(750), Phase::total, Location::outlet, ReadingContext::clock);
    }
    CHECK(story.energy().energy_mwh == wh(3'000));
}

TEST_CASE("an interval that no outlet can deliver is left out, a missing one is named")
{
    Story story(60);
    for (int i = 5; i <= 60; i += 5) {
        if (i == 30 || i == 35) continue;
        story.value(minute(i), interval, i == 10 ? wh(4'294'967'295) : wh(500));
    }
    auto const energy = story.energy();
    CHECK(energy.energy_mwh == wh(9 * 500));
    CHECK(energy.doubts.has(EnergyDoubt::jump_left_out));
    CHECK(energy.doubts.has(EnergyDoubt::gap));
}

TEST_CASE("power is integrated along straight lines and marked as an estimate")
{
    // 10 min each of a mean of 3600, 7200 and 3600 W: 600 + 1200 + 600 Wh.
    auto const energy = with_power({0, 7'200, 7'200, 0}).energy();
    CHECK(energy.energy_mwh == wh(2'400));
    CHECK(energy.rule == EnergyRule::power);
    CHECK(energy.estimated);
    CHECK(energy.doubts.none());
    CHECK(energy.last->value == 0);
}

TEST_CASE("the roundings of an estimate do not add up")
{
    // 1 mW for 6000 minutes, a value each minute: 100 mWh.
    Story story(6'000);
    for (int i = 0; i <= 6'000; ++i) story.sample(minute(i)).power_mw = 1;
    CHECK(story.energy().energy_mwh == 100);
}

TEST_CASE("power is not carried over a long silence")
{
    Story story(60);
    for (int i : {0, 10, 50, 60}) story.sample(minute(i)).power_mw = 6'000'000;
    auto const energy = story.energy();
    CHECK(energy.energy_mwh == wh(2'000));
    CHECK(energy.doubts.has(EnergyDoubt::gap));
}

TEST_CASE("power that no outlet has is left out, power given back counts as none")
{
    auto story = with_power({6'000, 6'000, -6'000, -6'000});
    story.sample(minute(5)).power_mw = std::int64_t{7'000'000} * 1000;
    auto const energy = story.energy();
    CHECK(energy.energy_mwh == wh(1'000 + 500));
    CHECK(energy.doubts.has(EnergyDoubt::jump_left_out));
}

TEST_CASE("power per phase is summed")
{
    Story story(10);
    for (int i : {0, 10}) {
        for (auto const phase : {Phase::l1, Phase::l2, Phase::l3}) {
            story.value(minute(i), Measurand::power_active_import, 2'000'000, phase);
        }
    }
    CHECK(story.energy().energy_mwh == wh(1'000));
}

TEST_CASE("currents count against the voltage that was measured, or the nominal one")
{
    Story story(15);
    for (int i : {0, 15}) story.sample(minute(i)).current_ma = {16'000, 16'000, 16'000};
    auto const nominal = story.energy();
    CHECK(nominal.energy_mwh == wh(2'760));  // 3 x 16 A x 230 V x 1/4 h
    CHECK(nominal.rule == EnergyRule::currents);
    CHECK(nominal.estimated);
    CHECK(nominal.doubts.has(EnergyDoubt::nominal_voltage));

    for (int i : {0, 15}) {
        for (auto const phase : {Phase::l1_n, Phase::l2_n, Phase::l3_n}) {
            story.value(minute(i), Measurand::voltage, 240'000, phase);
        }
    }
    CHECK(story.energy().energy_mwh == wh(2'880));  // 3 x 16 A x 240 V x 1/4 h
    CHECK_FALSE(story.energy().doubts.has(EnergyDoubt::nominal_voltage));
}

TEST_CASE("a DC outlet's current counts against its voltage")
{
    Story story(15);
    for (int i : {0, 15}) {
        story.value(minute(i), Measurand::current_import, 100'000);
        story.value(minute(i), Measurand::voltage, 400'000);
    }
    CHECK(story.energy().energy_mwh == kwh(10));  // 40 kW for 1/4 h
}

TEST_CASE("while a session runs its energy is estimated; its stop makes it exact")
{
    auto story = with_power({6'000, 6'000, 6'000});
    story.session.ended_at.reset();
    story.start(kwh(100));
    CHECK(story.energy().energy_mwh == wh(2'000));
    CHECK(story.energy().estimated);
    story.session.ended_at = minute(21);
    story.stop(wh(102'096));
    CHECK(story.energy().energy_mwh == wh(2'096));
    CHECK_FALSE(story.energy().estimated);
}

TEST_CASE("a station without a meter that says 0 is estimated by its power")
{
    auto story = with_power({6'000, 6'000, 6'000});
    story.start(0).stop(0).readings(1, {0, 0});
    auto const energy = story.energy();
    CHECK(energy.energy_mwh == wh(2'000));
    CHECK(energy.estimated);
}

TEST_CASE("a register that says 0 is right where less was charged than it counts")
{
    auto story = with_power({60, 0});  // 5 Wh
    story.start(0).stop(0);
    CHECK(story.energy().energy_mwh == 0);
    CHECK_FALSE(story.energy().estimated);
}

TEST_CASE("a car that takes nothing has charged 0 by a register that says 0")
{
    auto story = with_power({0, 0});
    story.start(0).stop(0);
    auto const energy = story.energy();
    CHECK(energy.energy_mwh == 0);
    CHECK(energy.rule == EnergyRule::session_registers);
    CHECK_FALSE(energy.estimated);
}

TEST_CASE("power that contradicts the register does not change the energy, but is named")
{
    auto story = with_power({6'000, 6'000, 6'000, 6'000});
    story.start(kwh(100)).stop(kwh(110));
    CHECK(story.energy().energy_mwh == kwh(10));
    CHECK(story.energy().doubts.has(EnergyDoubt::power_disagrees));
    story.stop(kwh(103));
    CHECK(story.energy().doubts.none());
}
