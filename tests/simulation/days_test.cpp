// Whole days of many stations, with troubles, in seconds.
#include "tests/simulation/world.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <map>
#include <sstream>

using namespace world;

namespace {

Config fifty_stations(std::uint64_t seed)
{
    Config config;
    config.seed = seed;
    config.stations = 50;
    config.circuits = 7;
    config.supply_a = 160;
    config.circuit_a = 40;
    config.rotated = true;
    return config;
}

// Under a sanitizer everything is tens of times slower: a piece of a day and one seed must do
// there.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool whole_days = false;
#else
constexpr bool whole_days = true;
#endif
constexpr Milliseconds one_day = whole_days ? Milliseconds(24h) : Milliseconds(2h);
constexpr std::uint64_t most_seeds = whole_days ? 6 : 1;

std::string told(std::vector<Overload> const& overloads)
{
    std::ostringstream text;
    text << overloads.size() << " overloads";
    if (!overloads.empty()) {
        auto const& o = overloads.front();
        text << ", the first of " << o.current_ma << " mA on L" << o.line << " of " << o.node
             << " (" << o.limit_ma << " mA) after " << o.at.time_since_epoch().count() << " ms";
    }
    return text.str();
}

// The sum over all sessions, as the store has it.
std::int64_t booked_wh(std::vector<storage::SessionSummary> const& sessions)
{
    std::int64_t sum_mwh = 0;
    for (auto const& s : sessions) {
        REQUIRE(s.session.meter_start_mwh);
        REQUIRE(s.session.meter_stop_mwh);
        sum_mwh += *s.session.meter_stop_mwh - *s.session.meter_start_mwh;
    }
    return sum_mwh / 1000;
}

// Links are lost, the server crashes, stations reboot; every third plant has fallbacks.
Config troubled(std::uint64_t seed)
{
    auto config = fifty_stations(seed);
    config.stations = 20;
    config.circuits = 4;
    config.link_loss_every = 2h;
    config.server_crash_every = 3h;
    if (seed % 2 == 0) config.reboot_every = 8h;
    if (seed % 3 == 0) config.fallback_a = 6;
    if (seed % 3 == 0) config.circuit_a = 50;
    config.supply_a = seed % 3 == 0 ? 160 : 100;
    return config;
}

// The same between lines: three-phase cars of all kinds, each car with its own power factor. Five
// fallbacks of 6 A on unknown lines of a circuit are 5 x 6 A x sqrt(3) = 52 A, and all twenty on
// the supply 208 A.
Config on_it(Config config)
{
    config.grid = sim::Grid::it;
    config.driver.two_leg_percent = 25;
    config.driver.delta_percent = 25;
    if (config.fallback_a > 0) config.circuit_a = 63;
    if (config.fallback_a > 0) config.supply_a = 250;
    return config;
}

// A day, and what must be true after it.
void live_through(Config const& config)
{
    CAPTURE(config.seed);
    World world(config);
    world.run(one_day);
    CHECK_MESSAGE(world.report().overloads.empty(), told(world.report().overloads));
    if (whole_days) CHECK(world.report().crashes > 2);
    if (whole_days) CHECK(world.report().link_losses > 50);
    world.come_to_rest();
    auto const sessions = world.sessions();
    CHECK(sessions.size() > (whole_days ? 50 : 5));
    for (auto const& s : sessions) CHECK(s.session.ended_at);
    // Each session ends on the register that the next begins with or above it, and nothing flows
    // between sessions: the sums must meet, but for the watt-hours cut off at both ends of each.
    CHECK(std::abs(booked_wh(sessions) - world.drawn_wh()) <=
          static_cast<std::int64_t>(sessions.size()));
}

}

TEST_SUITE("simulated days")
{
    TEST_CASE("a day of 50 stations is the same when it is repeated with its seed")
    {
        auto const began = std::chrono::steady_clock::now();
        World first(fifty_stations(7));
        first.run(one_day);
        auto const took = std::chrono::steady_clock::now() - began;
        World second(fifty_stations(7));
        second.run(one_day);
        CHECK(first.report().trace == second.report().trace);
        CHECK(first.report().frames == second.report().frames);
        World other(fifty_stations(8));
        other.run(one_day);
        CHECK(first.report().trace != other.report().trace);
        CHECK_MESSAGE(first.report().overloads.empty(), told(first.report().overloads));
        MESSAGE("one day of 50 stations: "
                << std::chrono::duration_cast<std::chrono::milliseconds>(took).count() << " ms, "
                << first.report().frames << " frames, " << first.report().limits_sent << " limits, "
                << first.sessions().size() << " sessions, " << first.drawn_wh() / 1000 << " kWh");
    }
    TEST_CASE(
        "no fuse is exceeded and no energy is lost, whatever links, stations and the server do")
    {
        for (std::uint64_t seed = 1; seed <= most_seeds; ++seed) live_through(troubled(seed));
    }
    TEST_CASE("on an IT grid no fuse is exceeded either, and no energy lost")
    {
        for (std::uint64_t seed = 1; seed <= most_seeds; ++seed) {
            auto config = on_it(troubled(seed));
            config.station.shows_pair_on_first = seed % 2 == 0;
            live_through(config);
        }
    }
    TEST_CASE("a day on an IT grid is the same when it is repeated with its seed")
    {
        auto const config = on_it(troubled(9));
        World first(config);
        first.run(one_day);
        World second(config);
        second.run(one_day);
        CHECK(first.report().trace == second.report().trace);
        CHECK(first.report().frames == second.report().frames);
    }
}
