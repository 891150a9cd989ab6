#include "server/engine/scaled.hpp"

#include <doctest/doctest.h>

TEST_SUITE("scaled decimals")
{
    using engine::scaled_decimal;
    using engine::scaled_number;

    TEST_CASE("a kilowatt-hour reading becomes exact milliwatt-hours")
    {
        CHECK(scaled_decimal("12.345", 6) == 12'345'000);
        CHECK(scaled_decimal("0.1", 6) == 100'000);
        CHECK(scaled_decimal("16.1", 3) == 16'100);  // 16.1 has no exact binary fraction
        CHECK(scaled_number(16.1, 3) == 16'100);
        CHECK(scaled_number(4296944685.0, 3) == 4'296'944'685'000);  // seen in the field
    }
    TEST_CASE("signs, exponents and blanks are read")
    {
        CHECK(scaled_decimal(" 230 ", 0) == 230);
        CHECK(scaled_decimal("-1.5", 3) == -1'500);
        CHECK(scaled_decimal("+2", 0) == 2);
        CHECK(scaled_decimal("1.5e3", 0) == 1'500);
        CHECK(scaled_decimal("25E-1", 1) == 25);
        CHECK(scaled_decimal(".5", 1) == 5);
        CHECK(scaled_decimal("7.", 0) == 7);
    }
    TEST_CASE("what is cut off is rounded half away from zero")
    {
        CHECK(scaled_decimal("1.2345", 3) == 1'235);  // 1234.5
        CHECK(scaled_decimal("1.2344", 3) == 1'234);  // 1234.4
        CHECK(scaled_decimal("-1.2345", 3) == -1'235);
        CHECK(scaled_decimal("0.00049", 3) == 0);
        CHECK(scaled_decimal("0.0005", 3) == 1);
        CHECK(scaled_decimal("123.4567890123456789012345678901234567890", 0) == 123);
    }
    TEST_CASE("what is no number, or does not fit, is nothing")
    {
        for (auto const* text : {"", " ", "abc", "1,5", "1.2.3", "--1", "1e", "1e999", "0x10",
                 "NaN", "99999999999999999999", "9223372036854775808"})
            CHECK_MESSAGE(!scaled_decimal(text, 0), text);
        CHECK(scaled_decimal("9223372036854775807", 0) == 9'223'372'036'854'775'807);
        CHECK_FALSE(scaled_decimal("9223372036854775807", 1));
        CHECK_FALSE(scaled_number(1.0 / 0.0, 0));
    }
}
