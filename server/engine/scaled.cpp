#include "server/engine/scaled.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>

namespace engine {

namespace {

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r\n";
    auto const first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Digits without their point: value = mantissa * 10^exponent.
struct Decimal {
    std::int64_t mantissa = 0;
    int exponent = 0;
};

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

// Digits beyond what 64 bits hold are dropped from a fraction and refused elsewhere.
bool append_digit(Decimal& number, char c, bool in_fraction)
{
    std::int64_t const digit = c - '0';
    if (number.mantissa > (most - digit) / 10) return in_fraction;
    number.mantissa = number.mantissa * 10 + digit;
    if (in_fraction) --number.exponent;
    return true;
}

std::optional<Decimal> read_digits(std::string_view& text)
{
    Decimal number;
    bool any = false;
    bool in_fraction = false;
    while (!text.empty() && (is_digit(text.front()) || (text.front() == '.' && !in_fraction))) {
        if (text.front() == '.')
            in_fraction = true;
        else if (any = true; !append_digit(number, text.front(), in_fraction))
            return std::nullopt;
        text.remove_prefix(1);
    }
    if (!any) return std::nullopt;
    return number;
}

std::optional<int> read_exponent(std::string_view text)
{
    if (text.empty()) return 0;
    if (text.front() != 'e' && text.front() != 'E') return std::nullopt;
    text.remove_prefix(1);
    if (!text.empty() && text.front() == '+') text.remove_prefix(1);
    int exponent = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), exponent);
    constexpr int sane_exponent = 100;
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    if (exponent < -sane_exponent || exponent > sane_exponent) return std::nullopt;
    return exponent;
}

std::optional<std::int64_t> shifted(Decimal number)
{
    for (; number.exponent > 0 && number.mantissa != 0; --number.exponent) {
        if (number.mantissa > most / 10) return std::nullopt;
        number.mantissa *= 10;
    }
    int dropped = 0;  // the most significant digit cut off decides the rounding
    for (; number.exponent < 0; ++number.exponent) {
        dropped = static_cast<int>(number.mantissa % 10);
        number.mantissa /= 10;
    }
    return number.mantissa + (dropped >= 5 ? 1 : 0);
}

}

std::optional<std::int64_t> scaled_decimal(std::string_view text, int exponent)
{
    text = trimmed(text);
    bool const negative = !text.empty() && text.front() == '-';
    if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
    auto number = read_digits(text);
    if (!number) return std::nullopt;
    auto const written = read_exponent(text);
    if (!written) return std::nullopt;
    number->exponent += exponent + *written;
    auto const value = shifted(*number);
    if (!value) return std::nullopt;
    return negative ? -*value : *value;
}

std::optional<std::int64_t> scaled_number(double number, int exponent)
{
    if (!std::isfinite(number)) return std::nullopt;
    std::array<char, 32> text{};
    auto const [end, error] = std::to_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{}) return std::nullopt;
    return scaled_decimal({text.data(), static_cast<std::size_t>(end - text.data())}, exponent);
}

}
