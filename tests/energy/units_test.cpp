// kWh that are called Wh, and the reverse.
#include "tests/energy/story.hpp"

#include <doctest/doctest.h>

using namespace energy_tests;

namespace {

void power(Story& story, std::int64_t watts, std::int64_t minutes)
{
    for (std::int64_t i = 0; i <= minutes; i += 10) {
        story.sample(minute(i)).power_mw = watts * 1000;
    }
}

}

TEST_CASE("samples in kWh that are called Wh are held against the session's start")
{
    Story story(std::nullopt);
    story.start(wh(45'000'000)).readings(1, {wh(45'000), wh(45'002), wh(45'003)});
    auto const energy = story.energy();
    CHECK(energy.energy_mwh == kwh(3));
    CHECK(energy.doubts.has(EnergyDoubt::unit_corrected));
    CHECK(energy.last->value == kwh(45'003));
}

TEST_CASE("samples in Wh that are called kWh are held against start and stop")
{
    Story story(60);
    story.start(kwh(45'000)).stop(kwh(45'007));
    for (int i = 1; i < 60; ++i) story.reading(minute(i), kwh(45'000'000 + 100 * i));
    auto const energy = story.energy();
    CHECK(energy.energy_mwh == kwh(7));
    CHECK(energy.rule == EnergyRule::session_registers);
    CHECK(energy.doubts.has(EnergyDoubt::unit_corrected));
}

TEST_CASE("all registers in kWh that are called Wh are found out by the power")
{
    Story story(60);
    power(story, 7'000, 60);
    SUBCASE("the session's own") { story.start(wh(45'000)).stop(wh(45'007)); }
    SUBCASE("the samples'")
    {
        for (int i = 0; i <= 60; i += 10) story.reading(minute(i), wh(45'000) + wh(7) * i / 60);
    }
    auto const energy = story.energy();
    CHECK(energy.energy_mwh == kwh(7));
    CHECK(energy.doubts.has(EnergyDoubt::unit_corrected));
}

TEST_CASE("all registers in Wh that are called kWh are found out by the power")
{
    Story story(60);
    power(story, 7'000, 60);
    story.start(kwh(45'000'000)).stop(kwh(45'007'000));
    auto const energy = story.energy();
    CHECK(energy.energy_mwh == kwh(7));
    CHECK(energy.doubts.has(EnergyDoubt::unit_corrected));
}

TEST_CASE("a start and stop in kWh beside right samples are found out by the power")
{
    Story story(60);
    power(story, 7'000, 60);
    story.start(wh(45'000)).stop(wh(45'007));
    for (int i = 1; i < 60; ++i) story.reading(minute(i), kwh(45'000) + wh(7'000) * i / 60);
    auto const energy = story.energy();
    CHECK(energy.energy_mwh == kwh(7));
    CHECK(energy.doubts.has(EnergyDoubt::unit_corrected));
    CHECK_FALSE(energy.doubts.has(EnergyDoubt::registers_disagree));
}

TEST_CASE("without clear evidence no unit is corrected")
{
    SUBCASE("a small energy alone is none")
    {
        auto const energy = Story(60).start(wh(45'000)).stop(wh(45'007)).energy();
        CHECK(energy.energy_mwh == wh(7));
        CHECK(energy.doubts.none());
    }
    SUBCASE("power in kW that is called W is not either")
    {
        Story story(60);
        power(story, 7, 60);
        story.start(kwh(100)).stop(kwh(107));
        CHECK(story.energy().energy_mwh == kwh(7));
        CHECK_FALSE(story.energy().doubts.has(EnergyDoubt::unit_corrected));
    }
    SUBCASE("nor is a counter per session beside a lifetime register")
    {
        Story story(std::nullopt);
        story.start(kwh(45'000)).readings(1, {wh(100), wh(200), wh(300), wh(400), wh(500)});
        CHECK(story.energy().energy_mwh.value() <= wh(500));
        CHECK_FALSE(story.energy().doubts.has(EnergyDoubt::unit_corrected));
    }
}
