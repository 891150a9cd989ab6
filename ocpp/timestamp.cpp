#include "ocpp/timestamp.hpp"

#include <array>
#include <cstddef>

namespace ocpp {

namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr int last_year = 9999;
constexpr Timestamp first_writable = std::chrono::sys_days{std::chrono::year{0} / 1 / 1};
constexpr Timestamp end_of_writable = std::chrono::sys_days{
    std::chrono::year{last_year + 1} / 1 / 1};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Takes a text apart from its front. After the first mismatch every step fails.
class Cursor {
public:
    explicit Cursor(std::string_view text) : rest_(text) {}

    // Exactly `digits` digits, as a number from 0 to `at_most`.
    int number(std::size_t digits, int at_most)
    {
        int value = 0;
        for (std::size_t i = 0; i < digits; ++i) {
            if (i >= rest_.size() || !is_digit(rest_[i])) return fail();
            value = value * 10 + (rest_[i] - '0');
        }
        rest_.remove_prefix(digits);
        return value <= at_most ? value : fail();
    }

    // One of two characters (RFC 3339 allows small t and z).
    void expect(char c, char or_this)
    {
        if (!skip(c) && !skip(or_this)) fail();
    }

    bool skip(char c)
    {
        if (rest_.empty() || rest_.front() != c) return false;
        rest_.remove_prefix(1);
        return true;
    }

    bool at_digit() const { return !rest_.empty() && is_digit(rest_.front()); }
    bool at_end() const { return rest_.empty(); }
    bool good() const { return good_; }

    // The form that follows is understood and not RFC 3339's.
    void loose() { rfc3339_ = false; }
    bool rfc3339() const { return rfc3339_; }

    int fail()
    {
        good_ = false;
        rest_ = {};
        return 0;
    }

private:
    std::string_view rest_;
    bool good_ = true;
    bool rfc3339_ = true;
};

std::chrono::sys_days read_date(Cursor& in)
{
    int const year = in.number(4, last_year);
    in.expect('-', '-');
    auto const month = static_cast<unsigned>(in.number(2, 12));
    in.expect('-', '-');
    auto const day = static_cast<unsigned>(in.number(2, 31));
    std::chrono::year_month_day const date{
        std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
    if (!date.ok()) in.fail();
    return in.good() ? std::chrono::sys_days{date} : std::chrono::sys_days{};
}

// The fraction after the point, cut to milliseconds.
milliseconds read_fraction(Cursor& in)
{
    int value = 0;
    int scale = 100;
    if (!in.at_digit()) in.fail();
    for (; in.at_digit(); scale /= 10) value += in.number(1, 9) * scale;
    return milliseconds{value};
}

milliseconds read_time_of_day(Cursor& in)
{
    constexpr int leap_second = 60;
    hours const hour{in.number(2, 23)};
    in.expect(':', ':');
    minutes const minute{in.number(2, 59)};
    in.expect(':', ':');
    seconds const second{in.number(2, leap_second)};
    milliseconds fraction{0};
    if (in.skip('.')) fraction = read_fraction(in);
    if (second.count() == leap_second) fraction = milliseconds{0};
    return hour + minute + second + fraction;
}

// What local time is ahead of UTC, from "Z", "+hh:mm", "+hhmm" or "+hh"; nothing from an empty
// rest.
std::optional<minutes> read_offset(Cursor& in)
{
    if (in.at_end()) {
        in.loose();
        return std::nullopt;
    }
    if (in.skip('Z') || in.skip('z')) return minutes{0};
    bool const behind = in.skip('-');
    if (!behind && !in.skip('+')) in.fail();
    minutes offset = hours{in.number(2, 23)};
    if (in.at_end()) {
        in.loose();
    } else {
        if (!in.skip(':')) in.loose();
        offset += minutes{in.number(2, 59)};
    }
    return behind ? -offset : offset;
}

// Writes `value` with leading zeros into `digits` characters that end before `end`.
void put(char* end, int value, std::size_t digits)
{
    for (; digits > 0; --digits) {
        *--end = static_cast<char>('0' + value % 10);
        value /= 10;
    }
}

}

std::optional<ParsedTimestamp> parse_timestamp(std::string_view text)
{
    Cursor in(text);
    auto const date = read_date(in);
    in.expect('T', 't');
    auto const time_of_day = read_time_of_day(in);
    auto const offset = read_offset(in);
    if (!in.good() || !in.at_end()) return std::nullopt;

    Timestamp const time = date + time_of_day - offset.value_or(minutes{0});
    if (!is_writable(time)) return std::nullopt;
    return ParsedTimestamp{time, !offset.has_value(), in.rfc3339()};
}

void append(std::string& text, Timestamp time)
{
    auto const day = std::chrono::floor<std::chrono::days>(time);
    std::chrono::year_month_day const date{day};
    std::chrono::hh_mm_ss const clock{time - day};

    std::array<char, 24> out{"0000-00-00T00:00:00.000"};
    char* const begin = out.data();
    put(begin + 4, static_cast<int>(date.year()), 4);
    put(begin + 7, static_cast<int>(static_cast<unsigned>(date.month())), 2);
    put(begin + 10, static_cast<int>(static_cast<unsigned>(date.day())), 2);
    put(begin + 13, static_cast<int>(clock.hours().count()), 2);
    put(begin + 16, static_cast<int>(clock.minutes().count()), 2);
    put(begin + 19, static_cast<int>(clock.seconds().count()), 2);
    put(begin + 23, static_cast<int>(clock.subseconds().count()), 3);

    constexpr std::size_t with_fraction = 23;
    constexpr std::size_t without_fraction = 19;
    bool const whole_second = clock.subseconds().count() == 0;
    text.append(begin, whole_second ? without_fraction : with_fraction);
    text += 'Z';
}

std::string to_string(Timestamp time)
{
    std::string text;
    append(text, time);
    return text;
}

bool is_writable(Timestamp time) { return time >= first_writable && time < end_of_writable; }

}
