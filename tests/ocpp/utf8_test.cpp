#include "ocpp/utf8.hpp"

#include <doctest/doctest.h>

#include <string>

namespace ocpp {

TEST_CASE("characters are counted as code points")
{
    CHECK(count_characters("") == 0);
    CHECK(count_characters("K\xC3\xB8") == 2);
    CHECK(count_characters("\xE2\x82\xAC") == 1);
    CHECK(count_characters("\xF0\x9F\x94\x8C!") == 2);
}

TEST_CASE("only well-formed UTF-8 is UTF-8")
{
    CHECK(is_utf8(""));
    CHECK(is_utf8("K\xC3\xB8 \xE2\x82\xAC \xF0\x9F\x94\x8C \xED\x9F\xBF \xF4\x8F\xBF\xBF"));

    std::string_view const broken[] = {
        "\x80",              // a continuation without a beginning
        "\xC3",              // a beginning without continuation
        "\xC3(",             // the same, with something else
        "\xC0\xAF",          // overlong, two bytes
        "\xE0\x80\xAF",      // overlong, three bytes
        "\xF0\x80\x80\xAF",  // overlong, four bytes
        "\xED\xA0\x80",      // a surrogate
        "\xF4\x90\x80\x80",  // above U+10FFFF
        "\xF8\x88\x80\x80\x80",
        "\xFF",
    };
    for (auto const text : broken) CHECK(!is_utf8(text));
}

TEST_CASE("text is shortened between characters")
{
    CHECK(first_characters("K\xC3\xB8kken", 2) == "K\xC3\xB8");
    CHECK(first_characters("K\xC3\xB8", 2) == "K\xC3\xB8");
    CHECK(first_characters("abc", 0).empty());
}

}
