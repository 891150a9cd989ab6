// Exact numbers between thousandths and the decimals on the wire.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>

namespace sim {

// No limit on the wire that means anything is larger: a gigawatt.
inline constexpr std::int64_t largest_thousandths = 1'000'000'000'000;

// 15950 -> "15.95", 16000 -> "16". Precondition: not negative.
inline std::string thousandths_text(std::int64_t thousandths)
{
    auto text = std::to_string(thousandths / 1'000);
    if (auto const rest = thousandths % 1'000; rest != 0) {
        auto digits = std::to_string(1'000 + rest).substr(1);
        digits.erase(digits.find_last_not_of('0') + 1);
        text += '.' + digits;
    }
    return text;
}

// `value` times `factor`, cut to what a limit can be; negative stays negative.
inline std::int64_t bounded_thousandths(std::int64_t value, std::int64_t factor)
{
    auto const most = largest_thousandths / factor;
    return std::clamp(value, -most, most) * factor;
}

inline std::int64_t bounded_thousandths(double value)
{
    constexpr auto most = static_cast<double>(largest_thousandths);
    auto const thousandths = std::round(value * 1'000.0);
    return static_cast<std::int64_t>(std::clamp(thousandths, -most, most));
}

// An id or count that may be anything on the wire and must fit an int here; what does not fit is no
// valid one anyway and becomes -1.
inline int small_number(std::int64_t value)
{
    constexpr std::int64_t most = std::numeric_limits<int>::max();
    return value < 0 || value > most ? -1 : static_cast<int>(value);
}

}
