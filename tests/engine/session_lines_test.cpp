#include "server/engine/session_lines.hpp"

#include <doctest/doctest.h>

TEST_SUITE("lines of a car")
{
    using namespace engine;
    using namespace std::chrono_literals;

    constexpr LineSet all{true, true, true};
    constexpr Timestamp t0{1h};
    using Currents = std::array<std::optional<std::int64_t>, 3>;

    TEST_CASE("a one-phase car is counted on its line once it has shown that for a minute")
    {
        LineUse use{.counted = all, .seen = {}, .seen_since = std::nullopt};
        Currents const on_l2{0, 15'900, 100};
        learn(use, all, on_l2, t0);
        CHECK(use.counted == all);
        learn(use, all, on_l2, t0 + 59s);
        CHECK(use.counted == all);
        learn(use, all, on_l2, t0 + 60s);
        CHECK(use.counted == LineSet{false, true, false});
    }
    TEST_CASE("a line is counted again as soon as it carries current")
    {
        LineUse use{.counted = {true, false, false}, .seen = {}, .seen_since = std::nullopt};
        learn(use, all, Currents{10'000, 600, 0}, t0);
        CHECK(use.counted == LineSet{true, true, false});
    }
    TEST_CASE("nothing is learned from a pause, from missing values or from doubtful currents")
    {
        for (Currents const& doubtful :
            {Currents{0, 0, 0}, Currents{16'000, std::nullopt, 0}, Currents{16'000, 1'500, 0}}) {
            LineUse use{.counted = all, .seen = {}, .seen_since = std::nullopt};
            learn(use, all, doubtful, t0);
            learn(use, all, doubtful, t0 + 10min);
            CHECK(use.counted == all);
        }
    }
    TEST_CASE("a change of the picture starts the minute anew")
    {
        LineUse use{.counted = all, .seen = {}, .seen_since = std::nullopt};
        learn(use, all, Currents{16'000, 0, 0}, t0);
        learn(use, all, Currents{16'000, 16'000, 16'000}, t0 + 50s);
        learn(use, all, Currents{16'000, 0, 0}, t0 + 70s);
        learn(use, all, Currents{16'000, 0, 0}, t0 + 100s);
        CHECK(use.counted == all);
    }
}
