#include "ocpp/decimal_text.hpp"

#include <charconv>
#include <limits>
#include <string>

namespace ocpp {

namespace {

// The digits of a number without sign and point, and where the point belongs.
struct Digits {
    bool negative = false;
    std::string digits;             // without leading zeros
    std::int64_t before_point = 0;  // digits before the point; negative: zeros after it
};

// Beyond this, a number is zero or does not fit, whatever its digits are.
constexpr std::int64_t largest_exponent = 1'000'000;

Digits take_apart(std::string_view number)
{
    Digits out;
    if (number.starts_with('-')) {
        out.negative = true;
        number.remove_prefix(1);
    }
    auto const e = number.find_first_of("eE");
    auto const mantissa = number.substr(0, e);
    auto const point = mantissa.find('.');
    out.digits = mantissa.substr(0, point);
    out.before_point = static_cast<std::int64_t>(out.digits.size());
    if (point != mantissa.npos) out.digits += mantissa.substr(point + 1);
    if (e != number.npos) {
        auto exponent = number.substr(e + 1);
        bool const down = exponent.starts_with('-');
        if (down || exponent.starts_with('+')) exponent.remove_prefix(1);
        std::int64_t value = 0;
        auto const [end, error] = std::from_chars(
            exponent.data(), exponent.data() + exponent.size(), value);
        if (error != std::errc{} || value > largest_exponent) value = largest_exponent;
        out.before_point += down ? -value : value;
    }
    auto const first = out.digits.find_first_not_of('0');
    auto const zeros = first == out.digits.npos ? out.digits.size() : first;
    out.digits.erase(0, zeros);
    out.before_point -= static_cast<std::int64_t>(zeros);
    return out;
}

}

std::optional<TenthsRead> tenths_of(std::string_view number)
{
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    auto const parts = take_apart(number);
    if (parts.digits.empty()) return TenthsRead{};
    std::int64_t const wanted = parts.before_point + 1;  // digits that count tenths

    std::int64_t value = 0;
    auto const size = static_cast<std::int64_t>(parts.digits.size());
    for (std::int64_t i = 0; i < wanted; ++i) {
        int const digit = i < size ? parts.digits[static_cast<std::size_t>(i)] - '0' : 0;
        if (value > (most - digit) / 10) return std::nullopt;
        value = value * 10 + digit;
    }
    bool exact = true;
    for (std::int64_t i = std::max<std::int64_t>(wanted, 0); i < size; ++i)
        exact = exact && parts.digits[static_cast<std::size_t>(i)] == '0';
    bool const up = wanted >= 0 && wanted < size &&
                    parts.digits[static_cast<std::size_t>(wanted)] >= '5';
    if (up) {
        if (value == most) return std::nullopt;
        ++value;
    }
    return TenthsRead{.value = {parts.negative ? -value : value}, .exact = exact};
}

}
