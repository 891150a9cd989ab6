#include "server/admin/times.hpp"

#include <date/date.h>
#include <date/tz.h>

#include <stdexcept>

namespace admin {
namespace {

// A fixed-width number at the front of `text`, which is taken off it.
std::optional<int> take_number(std::string_view& text, std::size_t width)
{
    if (text.size() < width) return std::nullopt;
    int value = 0;
    for (char const c : text.substr(0, width)) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    text.remove_prefix(width);
    return value;
}

bool take_one_of(std::string_view& text, std::string_view any_of)
{
    if (text.empty() || any_of.find(text.front()) == std::string_view::npos) return false;
    text.remove_prefix(1);
    return true;
}

// ".5" is 500 ms; digits behind the third are cut off. Without a point: 0.
std::optional<std::chrono::milliseconds> take_fraction(std::string_view& text)
{
    if (!take_one_of(text, ".")) return std::chrono::milliseconds{0};
    int milliseconds = 0;
    int weight = 100;
    bool any = false;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
        milliseconds += weight * (text.front() - '0');
        weight /= 10;
        any = true;
        text.remove_prefix(1);
    }
    if (!any) return std::nullopt;
    return std::chrono::milliseconds{milliseconds};
}

// "Z" or "+hh:mm", as the time that is ahead of UTC.
std::optional<std::chrono::minutes> take_offset(std::string_view& text)
{
    if (take_one_of(text, "Zz")) return std::chrono::minutes{0};
    bool const west = !text.empty() && text.front() == '-';
    if (!take_one_of(text, "+-")) return std::nullopt;
    auto const hours = take_number(text, 2);
    if (!hours || *hours > 23 || !take_one_of(text, ":")) return std::nullopt;
    auto const minutes = take_number(text, 2);
    if (!minutes || *minutes > 59) return std::nullopt;
    auto const ahead = std::chrono::hours{*hours} + std::chrono::minutes{*minutes};
    return west ? -ahead : ahead;
}

}

std::string time_text(storage::Timestamp time)
{
    auto const seconds = std::chrono::floor<std::chrono::seconds>(time);
    return time == seconds ? date::format("%FT%TZ", seconds) : date::format("%FT%TZ", time);
}

std::optional<storage::Timestamp> parse_time(std::string_view text)
{
    auto const year = take_number(text, 4);
    if (!year || !take_one_of(text, "-")) return std::nullopt;
    auto const month = take_number(text, 2);
    if (!month || !take_one_of(text, "-")) return std::nullopt;
    auto const day = take_number(text, 2);
    if (!day || !take_one_of(text, "Tt")) return std::nullopt;
    auto const hour = take_number(text, 2);
    if (!hour || *hour > 23 || !take_one_of(text, ":")) return std::nullopt;
    auto const minute = take_number(text, 2);
    if (!minute || *minute > 59 || !take_one_of(text, ":")) return std::nullopt;
    auto const second = take_number(text, 2);
    // 60: a leap second is the first instant of the next minute, as it has no place of its own.
    if (!second || *second > 60) return std::nullopt;
    auto const fraction = take_fraction(text);
    auto const ahead = fraction ? take_offset(text) : std::nullopt;
    if (!ahead || !text.empty()) return std::nullopt;
    date::year_month_day const date{date::year{*year}, date::month{static_cast<unsigned>(*month)},
        date::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) return std::nullopt;
    return date::sys_days{date} + std::chrono::hours{*hour} + std::chrono::minutes{*minute} +
           std::chrono::seconds{*second} + *fraction - *ahead;
}

bool is_time_zone(std::string_view name)
{
    // With the system's database a zone is a file below a folder: only names that stay inside.
    if (name.empty() || name.front() == '/' || name.find("..") != std::string_view::npos) {
        return false;
    }
    try {
        return date::locate_zone(std::string(name)) != nullptr;
    } catch (std::runtime_error const&) {  // thrown for unknown names
        return false;
    }
}

}
