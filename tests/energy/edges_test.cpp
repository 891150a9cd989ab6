// What lies before the start and after the end, and clocks that are wrong.
#include "tests/energy/story.hpp"

#include <doctest/doctest.h>

using namespace energy_tests;

TEST_CASE("values after the stop are ignored")
{
    Story story(60);
    story.start(kwh(100)).stop(kwh(107)).readings(59, {kwh(106), kwh(107), kwh(109)});
    auto const energy = story.energy();
    CHECK(energy.energy_mwh == kwh(7));
    CHECK(energy.doubts.has(EnergyDoubt::after_end_ignored));

    SUBCASE("also where the stop has no register")
    {
        story.session.meter_stop_mwh.reset();
        CHECK(story.energy().energy_mwh == kwh(7));
        CHECK(story.energy().last->at == minute(60));
    }
}

TEST_CASE("the reading of the end may come some seconds after the stop")
{
    Story story(60);
    story.start(kwh(100)).reading(second(3'605), kwh(107), ReadingContext::end);
    auto const energy = story.energy();
    CHECK(energy.energy_mwh == kwh(7));
    CHECK(energy.rule == EnergyRule::begin_end_readings);
    CHECK(energy.doubts.none());
    CHECK(energy.last->at == second(3'605));
}

TEST_CASE("values before the start are ignored where the start is known")
{
    Story story(60);
    story.start(kwh(100)).stop(kwh(107)).reading(minute(-5), kwh(98));
    auto const energy = story.energy();
    CHECK(energy.energy_mwh == kwh(7));
    CHECK(energy.doubts.has(EnergyDoubt::before_start_ignored));
}

TEST_CASE("the last value before the start stands in for a start that is not known")
{
    Story story(60);
    story.reading(minute(-20), kwh(97))
        .reading(minute(-5), kwh(98))
        .reading(minute(55), kwh(105), ReadingContext::clock);
    auto const energy = story.energy();
    CHECK(energy.energy_mwh == kwh(7));
    CHECK(energy.first->at == minute(-5));
    CHECK_FALSE(energy.doubts.has(EnergyDoubt::begin_missing));
    CHECK(energy.doubts.has(EnergyDoubt::end_missing));
}

TEST_CASE("with clock-aligned values only, what lies inside counts and the ends are named missing")
{
    Story story(60);
    story.session.started_at = minute(7);
    for (int i = 15; i <= 45; i += 15) story.reading(minute(i), kwh(i), ReadingContext::clock);
    auto const energy = story.energy();
    CHECK(energy.energy_mwh == kwh(30));
    CHECK(energy.rule == EnergyRule::registers);
    CHECK(energy.doubts.has(EnergyDoubt::begin_missing));
    CHECK(energy.doubts.has(EnergyDoubt::end_missing));
    CHECK_FALSE(energy.estimated);
}

TEST_CASE("a reading of the begin with the time of the stop is of the begin")
{
    Story story(60);
    story.reading(minute(60), kwh(100), ReadingContext::begin)
        .reading(minute(60), kwh(107), ReadingContext::end);
    CHECK(story.energy().energy_mwh == kwh(7));
    CHECK(story.energy().rule == EnergyRule::begin_end_readings);
}

TEST_CASE("a station that calls every reading one of the begin is read by the clock")
{
    Story story(60);
    for (int i = 0; i <= 60; i += 10)
        story.reading(minute(i), kwh(100 + i / 10), ReadingContext::begin);
    CHECK(story.energy().energy_mwh == kwh(6));
}

TEST_CASE("a session that ends before it starts is believed up to what a vehicle can hold")
{
    Story story(-60);
    story.start(kwh(100));
    SUBCASE("a usual energy")
    {
        story.stop(kwh(130)).readings(-90, {kwh(7'000), kwh(1), kwh(5)});
        CHECK(story.energy().energy_mwh == kwh(30));
    }
    SUBCASE("more than 1 MWh")
    {
        story.stop(kwh(1'102));
        CHECK_FALSE(story.energy().energy_mwh);
    }
    CHECK(story.energy().doubts.has(EnergyDoubt::clock_backwards));
}

TEST_CASE("a clock that is put forward by decades during the session does no harm")
{
    Story story(0);
    story.session.started_at = Timestamp{};
    story.session.ended_at = minute(60);
    story.start(kwh(100)).stop(kwh(107));
    story.reading(Timestamp{std::chrono::minutes{1}}, kwh(101)).reading(minute(30), kwh(104));
    CHECK(story.energy().energy_mwh == kwh(7));
}

TEST_CASE("times beyond all calendars do no harm")
{
    Story story(60);
    story.start(kwh(100)).stop(kwh(107));
    story.reading(Timestamp::max(), kwh(1)).reading(Timestamp::min(), kwh(1));
    CHECK(story.energy().energy_mwh == kwh(7));
    story.session.started_at = Timestamp::min();
    story.session.ended_at = Timestamp::max();
    CHECK(story.energy().energy_mwh == kwh(7));
}

TEST_CASE("where nothing was measured nothing is known")
{
    Story story(60);
    CHECK_FALSE(story.energy().energy_mwh);
    CHECK(story.energy().rule == EnergyRule::none);
    story.start(kwh(100));
    CHECK_FALSE(story.energy().energy_mwh);
    CHECK(story.energy().doubts.has(EnergyDoubt::end_missing));
}
