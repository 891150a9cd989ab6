// Energy by the hour.
#include "tests/energy/story.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string_view>

using namespace energy_tests;
using engine::HourEnergy;

namespace {

std::vector<HourEnergy> hours(Story const& story, std::string_view zone)
{
    return engine::hourly_energy(story.session, story.samples, zone);
}

// A session with constant power from `from` on, in whole minutes.
Story steady(Timestamp from, std::int64_t minutes, std::int64_t mwh)
{
    Story story(minutes);
    story.session.started_at = from;
    story.session.ended_at = from + std::chrono::minutes{minutes};
    return story.start(kwh(100)).stop(kwh(100) + mwh);
}

}

TEST_CASE("energy is divided at the full hours of the zone's clock")
{
    SUBCASE("whole-hour zones")
    {
        // 12:00 to 13:30 at 6 kW.
        auto const expected = std::vector<HourEnergy>{{minute(0), kwh(6)}, {minute(60), kwh(3)}};
        CHECK(hours(steady(noon, 90, kwh(9)), "Europe/Oslo") == expected);
        CHECK(hours(steady(noon, 90, kwh(9)), "no such zone") == expected);
    }
    SUBCASE("half-hour zones")
    {
        // India: the hours begin at 30 past in UTC. 12:00 to 12:30, to 13:30.
        CHECK(hours(steady(noon, 90, kwh(9)), "Asia/Kolkata") ==
              std::vector<HourEnergy>{{minute(-30), kwh(3)}, {minute(30), kwh(6)}});
    }
}

TEST_CASE("what the samples tell of the course goes into the hours")
{
    // 5 kWh in the first hour, rest until 14:00, 2 kWh until 15:00.
    Story story(180);
    story.start(kwh(100)).stop(kwh(107));
    story.reading(minute(60), kwh(105)).reading(minute(120), kwh(105));
    CHECK(hours(story, "Europe/Oslo") ==
          std::vector<HourEnergy>{{minute(0), kwh(5)}, {minute(120), kwh(2)}});
}

TEST_CASE("a register that is refreshed once an hour counts for the hour before")
{
    Story story(60);
    story.start(kwh(100));
    for (int i = 0; i < 120; ++i) story.reading(second(30 * i), kwh(100));
    story.reading(minute(60), kwh(111));
    CHECK(hours(story, "UTC") == std::vector<HourEnergy>{{minute(0), kwh(11)}});
}

TEST_CASE("hours are of 60 minutes where summer time begins and ends")
{
    SUBCASE("Oslo, the night of 30 March 2025, 01:00 UTC")
    {
        Timestamp const midnight{std::chrono::seconds{1'743'292'800}};
        auto const night = hours(steady(midnight, 180, kwh(18)), "Europe/Oslo");
        REQUIRE(night.size() == 3);
        for (auto const& hour : night) CHECK(hour.energy_mwh == kwh(6));
        CHECK(night[1].start == midnight + std::chrono::hours{1});
    }
    SUBCASE("Oslo, the night of 26 October 2025, 01:00 UTC")
    {
        Timestamp const midnight{std::chrono::seconds{1'761'436'800}};
        auto const night = hours(steady(midnight, 180, kwh(18)), "Europe/Oslo");
        REQUIRE(night.size() == 3);
        for (auto const& hour : night) CHECK(hour.energy_mwh == kwh(6));
    }
    SUBCASE("Lord Howe puts its clock by half an hour on 5 April 2025, 15:00 UTC")
    {
        // Before +11:00, after +10:30: from 15:00 UTC on hours begin at 30 past; half an hour is
        // left.
        Timestamp const before{std::chrono::seconds{1'743'861'600}};  // 14:00 UTC
        auto const night = hours(steady(before, 150, kwh(15)), "Australia/Lord_Howe");
        CHECK(night ==
              std::vector<HourEnergy>{{before, kwh(6)}, {before + std::chrono::minutes{60}, kwh(3)},
                  {before + std::chrono::minutes{90}, kwh(6)}});
    }
}

TEST_CASE("energy of an unknown time within months goes to the hour of the reading that told it")
{
    auto const far = steady(noon, 60 * 24 * 60, kwh(10));
    CHECK(hours(far, "UTC") == std::vector<HourEnergy>{{minute(60 * 24 * 60 - 60), kwh(10)}});
}

TEST_CASE("estimates, intervals and foreign registers have hours as well")
{
    Story power(120);
    for (int i = 0; i <= 120; i += 10) power.sample(minute(i)).power_mw = 6'000'000;
    CHECK(
        hours(power, "UTC") == std::vector<HourEnergy>{{minute(0), kwh(6)}, {minute(60), kwh(6)}});

    Story intervals(120);
    for (int i = 30; i <= 120; i += 30) {
        intervals.value(minute(i), Measurand::energy_active_import_interval, kwh(i / 30));
    }
    CHECK(hours(intervals, "UTC") ==
          std::vector<HourEnergy>{{minute(0), kwh(3)}, {minute(60), kwh(7)}});

    // Lifetime samples beside a counter per session: their shape, its energy.
    Story foreign(120);
    foreign.start(0).stop(kwh(8));
    for (int i = 0; i <= 120; i += 10) {
        foreign.reading(minute(i), kwh(45'000) + wh(100) * std::min(i, 60));
    }
    CHECK(hours(foreign, "UTC") == std::vector<HourEnergy>{{minute(0), kwh(8)}});
}

TEST_CASE("no energy has no hours")
{
    CHECK(hours(Story(60), "UTC").empty());
    CHECK(hours(Story(60).start(kwh(5)).stop(kwh(5)), "UTC").empty());
}
