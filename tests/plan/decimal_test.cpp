#include "tests/plan/ask.hpp"
#include "tools/plan/decimal.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <random>
#include <string>

namespace {

using balancing::Current;

// The decimal number with this many nanoamperes, digit by digit.
std::string decimal(std::int64_t nanoamperes)
{
    auto digits = std::to_string(nanoamperes);
    if (digits.size() < 10) digits.insert(0, 10 - digits.size(), '0');
    return digits.insert(digits.size() - 9, ".");
}

TEST_CASE("a current is written with as many decimals as it has, never with an exponent")
{
    struct Case {
        std::int64_t nanoamperes;
        std::string exact;
        std::string shortened;
    };
    Case const cases[] = {
        {0, "0", "0.00"},
        {16'000'000'000, "16", "16.00"},
        {10'666'666'666, "10.666666666", "10.66"},
        {15'999'999'999, "15.999999999", "15.99"},
        {6'500'000'000, "6.5", "6.50"},
        {1, "0.000000001", "0.00"},
        {-400'000'000, "-0.4", "-0.40"},
        {1'000'000'000'000'000, "1000000", "1000000.00"},
        {std::numeric_limits<std::int64_t>::max(), "9223372036.854775807", "9223372036.85"},
        {std::numeric_limits<std::int64_t>::min(), "-9223372036.854775808", "-9223372036.85"},
    };
    for (auto const& one : cases) {
        CAPTURE(one.nanoamperes);
        CHECK(plan::exact_text(Current{one.nanoamperes}) == one.exact);
        CHECK(plan::short_text(Current{one.nanoamperes}) == one.shortened);
    }
}

TEST_CASE("every decimal number of up to nine decimals in a file is read as exactly so many "
          "nanoamperes, and written back as the same number")
{
    std::uint64_t const seed = 20'240'607;
    CAPTURE(seed);
    std::mt19937_64 random(seed);
    auto const greatest = balancing::greatest_current.nanoamperes;
    for (int round = 0; round < 20'000; ++round) {
        // All magnitudes alike: from single nanoamperes up to a million amperes.
        auto const value = static_cast<std::int64_t>(
            random() % static_cast<std::uint64_t>(greatest >> (random() % 50)));
        auto const text = decimal(value);
        CAPTURE(text);
        auto const file = plan_test::read(plan_test::plant("\"limit_a\":" + text, ""));
        REQUIRE(file.snapshot.nodes[0].rating[0].nanoamperes == value);
        auto const answer = plan_test::answer_to(plan_test::plant("\"limit_a\":" + text, ""));
        auto const written = plan::plan_json(answer);
        CAPTURE(written);
        REQUIRE(written.find("\"limit_a\":[" + plan::exact_text(Current{value}) + ",") !=
                std::string::npos);
        auto const again = plan_test::read(
            plan_test::plant("\"limit_a\":" + plan::exact_text(Current{value}), ""));
        REQUIRE(again.snapshot.nodes[0].rating[0].nanoamperes == value);
    }
}

TEST_CASE("a current of more than nine decimals is rounded to the nearest nanoampere")
{
    auto const read = [](std::string const& text) {
        return plan_test::read(plan_test::plant("\"limit_a\":" + text, ""))
            .snapshot.nodes[0]
            .rating[0]
            .nanoamperes;
    };
    CHECK(read("10.6666666666666") == 10'666'666'667);
    CHECK(read("10.6666666664") == 10'666'666'666);
    CHECK(read("1.6e1") == 16'000'000'000);
    CHECK(read("0.0000000004") == 0);
}

}
