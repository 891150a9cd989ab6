#include "tests/uploads/upload.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <string>

namespace {

using uploads::Dice;

// Both say where they differ, so that a failing seed can be read.
void check_same(uploads::Outcomes const& expected, uploads::Outcomes const& found)
{
    for (auto const& [key, outcome] : expected) {
        CAPTURE(key.first);
        CAPTURE(key.second);
        auto const it = found.find(key);
        REQUIRE(it != found.end());
        auto const& other = it->second;
        CHECK(outcome.started_at_ms == other.started_at_ms);
        CHECK(outcome.ended_at_ms == other.ended_at_ms);
        CHECK(outcome.closing == other.closing);
        CHECK(outcome.token == other.token);
        CHECK(outcome.meter_start_mwh == other.meter_start_mwh);
        CHECK(outcome.meter_stop_mwh == other.meter_stop_mwh);
        CHECK(outcome.stop_reason == other.stop_reason);
        CHECK(outcome.samples == other.samples);
        CHECK(outcome.reports == other.reports);
        CHECK(outcome.energy_mwh == other.energy_mwh);
    }
    CHECK(expected.size() == found.size());
}

// KURS_UPLOAD_SEED replays one; otherwise the same ones each time.
std::vector<std::uint64_t> seeds(std::uint64_t first, std::uint64_t count)
{
    if (char const* given = std::getenv("KURS_UPLOAD_SEED"))
        return {std::strtoull(given, nullptr, 10)};
    std::vector<std::uint64_t> all;
    for (std::uint64_t seed = first; seed < first + count; ++seed) all.push_back(seed);
    return all;
}

}

TEST_SUITE("uploads")
{
    TEST_CASE("any order, repetition, loss and crash ends in the sessions of the smooth upload")
    {
        int crashes = 0;
        int repeats = 0;
        for (auto const seed : seeds(1, 300)) {
            CAPTURE(seed);
            Dice dice(seed);
            auto const fleet = uploads::random_fleet(dice, dice.between(1, 4), 5);
            auto const smooth = uploads::upload_in_order(fleet);
            auto const rough = uploads::upload_somehow(fleet, dice);
            check_same(smooth.sessions, rough.sessions);
            CHECK(smooth.waiting == 0);
            CHECK(rough.waiting == 0);
            crashes += rough.crashes;
            repeats += rough.repeats;
        }
        MESSAGE("crashes of the server: " << crashes << ", repeated messages: " << repeats);
    }

    TEST_CASE(
        "what is repeated after hundreds of sessions still gets the answer of its own session")
    {
        int look_ups = 0;
        for (auto const seed : seeds(1000, 10)) {
            CAPTURE(seed);
            Dice dice(seed);
            auto const fleet = uploads::random_fleet(dice, 2, 120);
            auto const smooth = uploads::upload_in_order(fleet);
            auto const rough = uploads::upload_somehow(fleet, dice);
            check_same(smooth.sessions, rough.sessions);
            look_ups += rough.look_ups;
        }
        CHECK(look_ups > 0);
    }
}
