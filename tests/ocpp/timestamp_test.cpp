#include "ocpp/timestamp.hpp"

#include <doctest/doctest.h>

namespace ocpp {

namespace {

using namespace std::chrono_literals;
using std::chrono::sys_days;

// 2 January 2025, the day of these tests.
constexpr Timestamp day = sys_days{std::chrono::year{2025} / 1 / 2};

Timestamp time_of(std::string_view text)
{
    auto const parsed = parse_timestamp(text);
    REQUIRE_MESSAGE(parsed.has_value(), text);
    return parsed->time;
}

}

TEST_CASE("a date-time in any form that stations use is the same instant")
{
    Timestamp const expected = day + 3h + 4min + 5s;
    for (std::string_view const text : {"2025-01-02T03:04:05Z", "2025-01-02t03:04:05z",
             "2025-01-02T03:04:05+00:00", "2025-01-02T03:04:05-00:00", "2025-01-02T03:04:05.000Z",
             "2025-01-02T04:04:05+01:00", "2025-01-02T04:04:05+0100", "2025-01-02T04:04:05+01",
             "2025-01-01T21:34:05-05:30", "2025-01-02T03:04:05"})
        CHECK(time_of(text) == expected);
}

TEST_CASE("a date-time without a zone is told apart")
{
    CHECK(parse_timestamp("2025-01-02T03:04:05")->zone_missing);
    CHECK(parse_timestamp("2025-01-02T03:04:05.5")->zone_missing);
    CHECK(!parse_timestamp("2025-01-02T03:04:05Z")->zone_missing);
    CHECK(!parse_timestamp("2025-01-02T03:04:05+00")->zone_missing);
}

TEST_CASE("fractions of any length are cut to milliseconds")
{
    CHECK(time_of("2025-01-02T00:00:00.5Z") == day + 500ms);
    CHECK(time_of("2025-01-02T00:00:00.12Z") == day + 120ms);
    CHECK(time_of("2025-01-02T00:00:00.6789Z") == day + 678ms);
    CHECK(time_of("2025-01-02T00:00:00.999999999999999999999Z") == day + 999ms);
}

TEST_CASE("a leap second is the first instant of the next minute")
{
    Timestamp const new_year = sys_days{std::chrono::year{2017} / 1 / 1};
    CHECK(time_of("2016-12-31T23:59:60Z") == new_year);
    CHECK(time_of("2016-12-31T23:59:60.9Z") == new_year);
    CHECK(time_of("2017-01-01T00:59:60+01:00") == new_year);
}

TEST_CASE("days of leap years are known")
{
    CHECK(time_of("2024-02-29T00:00:00Z") == sys_days{std::chrono::year{2024} / 2 / 29});
    CHECK(time_of("2000-02-29T00:00:00Z") == sys_days{std::chrono::year{2000} / 2 / 29});
    CHECK(!parse_timestamp("2025-02-29T00:00:00Z"));
    CHECK(!parse_timestamp("1900-02-29T00:00:00Z"));
}

TEST_CASE("what is no date-time is refused")
{
    for (std::string_view const text :
        {"", "yesterday", "2025-01-02", "2025-01-02T", "2025-01-02T03:04", "2025-01-02 03:04:05Z",
            "2025-13-02T03:04:05Z", "2025-00-02T03:04:05Z", "2025-01-32T03:04:05Z",
            "2025-01-00T03:04:05Z", "2025-01-02T24:00:00Z", "2025-01-02T03:60:05Z",
            "2025-01-02T03:04:61Z", "2025-01-02T03:04:05.Z", "2025-01-02T03:04:05ZZ",
            "2025-01-02T03:04:05+1", "2025-01-02T03:04:05+24:00", "2025-01-02T03:04:05+01:60",
            "2025-01-02T03:04:05+01:", "2025-01-02T03:04:05*01:00", "25-01-02T03:04:05Z",
            "2025-1-2T03:04:05Z", "+2025-01-02T03:04:05Z", " 2025-01-02T03:04:05Z",
            "2025-01-02T03:04:05Z ", "1735787045", "0000-01-01T00:00:00+00:01",
            "9999-12-31T23:59:60Z", "9999-12-31T23:59:59-00:01"})
        CHECK_MESSAGE(!parse_timestamp(text), text);
}

TEST_CASE("a time is written in UTC, with milliseconds only when it has some")
{
    CHECK(to_string(day + 3h + 4min + 5s) == "2025-01-02T03:04:05Z");
    CHECK(to_string(day + 3h + 4min + 5s + 6ms) == "2025-01-02T03:04:05.006Z");
    CHECK(to_string(Timestamp{}) == "1970-01-01T00:00:00Z");
    CHECK(to_string(Timestamp{-1ms}) == "1969-12-31T23:59:59.999Z");
    CHECK(to_string(sys_days{std::chrono::year{0} / 1 / 1}) == "0000-01-01T00:00:00Z");
}

TEST_CASE("what is written is read back as the same instant")
{
    // Steps of 23 days and some odd time walk through every month and hour of 110 years.
    for (Timestamp time = sys_days{std::chrono::year{1990} / 1 / 1};
         time < sys_days{std::chrono::year{2100} / 1 / 1};
         time += 23 * 24h + 7h + 13min + 17s + 19ms)
        REQUIRE(time_of(to_string(time)) == time);
}

TEST_CASE("years that four digits cannot write are known")
{
    CHECK(is_writable(sys_days{std::chrono::year{0} / 1 / 1}));
    CHECK(!is_writable(Timestamp{sys_days{std::chrono::year{0} / 1 / 1}} - 1ms));
    CHECK(is_writable(Timestamp{sys_days{std::chrono::year{10000} / 1 / 1}} - 1ms));
    CHECK(!is_writable(sys_days{std::chrono::year{10000} / 1 / 1}));
}

}
