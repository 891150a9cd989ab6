// The unused share goes to others, and comes back when it is wanted.
#include "balancing/reclaim.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <vector>

namespace balancing_test {

using namespace balancing;

TEST_SUITE_BEGIN("reclaim");

namespace {

constexpr Seconds noon{12 * 3600};
constexpr Current least = ampere(6);

// Charging at a limit that has stood for five minutes, measured a moment ago.
Appetite drawing(Current greatest, Current limit, Seconds now)
{
    Appetite appetite;
    appetite.charging = true;
    appetite.limit = limit;
    appetite.limit_since = now - Seconds{300};
    appetite.greatest = greatest;
    appetite.measured = now - Seconds{5};
    return appetite;
}

ReclaimState capped(Current cap)
{
    ReclaimState state;
    state.cap = cap;
    return state;
}

ReclaimState after(ReclaimState const& state, Appetite const& appetite, Seconds now = noon)
{
    return reclaim(state, appetite, least, {}, now);
}

}

TEST_CASE("a car that draws less than it may keeps what it draws and some headroom")
{
    // 9.2 + 1.5 = 10.7, in whole amperes 11.
    CHECK(after({}, drawing(milliampere(9200), ampere(16), noon)).cap == ampere(11));
    // Exactly on a step it stays there: 9.5 + 1.5 = 11.
    CHECK(after({}, drawing(milliampere(9500), ampere(16), noon)).cap == ampere(11));
}

TEST_CASE("a cap is never below the smallest useful current, nor above the limit")
{
    CHECK(after({}, drawing(milliampere(500), ampere(16), noon)).cap == ampere(6));
    // 15.2 + 1.5 = 16.7, in whole amperes 17: nothing to take away.
    CHECK_FALSE(after({}, drawing(milliampere(15200), ampere(16), noon)).cap);
}

TEST_CASE("a cap follows a car that tapers, downwards only")
{
    CHECK(after(capped(ampere(11)), drawing(ampere(5), ampere(11), noon)).cap == ampere(7));
    // 9.9 + 1.5 would be 12, but 9.9 A is not yet all that 11 A let it have.
    CHECK(
        after(capped(ampere(11)), drawing(milliampere(9900), ampere(11), noon)).cap == ampere(11));
}

TEST_CASE("nothing is taken away on a guess")
{
    Appetite appetite = drawing(ampere(9), ampere(16), noon);
    SUBCASE("while the limit has not stood for a minute")
    {
        appetite.limit_since = noon - Seconds{59};
        CHECK_FALSE(after({}, appetite).cap);
        appetite.limit_since = noon - Seconds{60};
        CHECK(after({}, appetite).cap == ampere(11));
    }
    SUBCASE("when the measurement is old")
    {
        appetite.measured = noon - Seconds{31};
        CHECK_FALSE(after({}, appetite).cap);
        CHECK_FALSE(after(capped(ampere(11)), appetite).cap);
    }
    SUBCASE("when nothing was measured")
    {
        appetite.greatest.reset();
        CHECK_FALSE(after(capped(ampere(11)), appetite).cap);
    }
    SUBCASE("when the car does not charge")
    {
        appetite.charging = false;
        CHECK(after(capped(ampere(11)), appetite) == ReclaimState{});
    }
}

TEST_CASE("a car that draws all that its cap lets it gets the cap taken away at once")
{
    Appetite appetite = drawing(milliampere(10300), ampere(11), noon);
    appetite.limit_since = noon - Seconds{10};
    CHECK_FALSE(after(capped(ampere(11)), appetite).cap);
    appetite.greatest = milliampere(10299);
    CHECK(after(capped(ampere(11)), appetite).cap == ampere(11));
}

TEST_CASE("a cap stays where the car is held back by its share, not by the cap")
{
    CHECK(after(capped(ampere(11)), drawing(ampere(8), ampere(8), noon)).cap == ampere(11));
}

TEST_CASE("raises that are not used become rarer: 2, 4, 8 minutes, at most an hour apart")
{
    // A car that always draws 10.5 A: 12 A would do, but at a cap of 11 A it seems to want more.
    constexpr Current draw = milliampere(10500);
    ReclaimRules rules;
    rules.headroom = milliampere(500);  // 10.5 + 0.5 = 11, inside near_limit
    ReclaimState state;
    Seconds now = noon;
    Seconds raised_at = noon;
    std::vector<std::int64_t> pauses;
    for (int second = 0; second < 6 * 3600; second += 5) {
        now = noon + Seconds{second};
        Current const limit = state.cap.value_or(ampere(16));
        bool const had_cap = state.cap.has_value();
        state = reclaim(state, drawing(draw, limit, now), least, rules, now);
        if (!had_cap && state.cap) raised_at = now;
        if (had_cap && !state.cap) pauses.push_back((now - raised_at).count());
    }
    REQUIRE(pauses.size() >= 8);
    CHECK(pauses[0] == 5);  // the first one at once
    CHECK(std::vector<std::int64_t>(pauses.begin() + 1, pauses.begin() + 8) ==
          std::vector<std::int64_t>{120, 240, 480, 960, 1920, 3600, 3600});
}

TEST_CASE("a raise that was used makes the next one quick again")
{
    ReclaimState state = capped(ampere(11));
    state.pause = Seconds{3600};
    state = after(state, drawing(milliampere(10800), ampere(11), noon));
    REQUIRE_FALSE(state.cap);
    Seconds const later = noon + Seconds{90};
    state = after(state, drawing(milliampere(13100), ampere(16), later), later);
    CHECK(state.cap == ampere(15));  // 13.1 + 1.5 = 14.6
    CHECK(state.pause == Seconds{0});
    state = after(state, drawing(milliampere(14800), ampere(15), later), later);
    CHECK_FALSE(state.cap);
}

TEST_CASE("a quiet cap is not raised before its time")
{
    ReclaimState state = capped(ampere(11));
    state.pause = Seconds{240};
    state.quiet_until = noon + Seconds{1};
    CHECK(after(state, drawing(ampere(11), ampere(11), noon)).cap == ampere(11));
    CHECK_FALSE(
        after(state, drawing(ampere(11), ampere(11), noon + Seconds{1}), noon + Seconds{1}).cap);
}

TEST_SUITE_END();

}
