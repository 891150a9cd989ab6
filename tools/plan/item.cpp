#include "tools/plan/item.hpp"

#include "tools/plan/decimal.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numeric>

namespace plan {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_id = 100;     // bytes
constexpr std::size_t longest_quoted = 60;  // bytes
// Far beyond any clock, near enough that sums of a few moments cannot overflow.
constexpr std::int64_t greatest_moment = 10'000'000'000;
constexpr int last_hour = 48;  // HH:MM may go on through the night after the day
constexpr std::int64_t longest_span = 24 * 60 * 60;

std::string number_text(double value)
{
    std::array<char, 32> digits{};  // bounds of ranges are short
    auto const end = std::to_chars(
        digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed)
                         .ptr;
    return std::string(digits.data(), end);
}

std::string range_text(Range range)
{
    if (range.above)
        return "above " + number_text(range.least) + " and at most " + number_text(range.most);
    return "from " + number_text(range.least) + " to " + number_text(range.most);
}

std::optional<double> number_in(json::value const& value)
{
    switch (value.kind()) {
    case json::kind::int64: return static_cast<double>(value.get_int64());
    case json::kind::uint64: return static_cast<double>(value.get_uint64());
    case json::kind::double_: return value.get_double();
    default: return std::nullopt;
    }
}

// 3.0 is as whole as 3, up to where a double may be another whole number than the one written.
std::optional<std::int64_t> whole_in(json::value const& value)
{
    constexpr double all_exact_below = 9007199254740992.0;  // 2^53
    if (auto const* whole = value.if_int64()) return *whole;
    auto const* real = value.if_double();
    if (real == nullptr || std::abs(*real) >= all_exact_below || *real != std::floor(*real))
        return std::nullopt;
    return static_cast<std::int64_t>(*real);
}

bool is_plain_name(std::string_view name)
{
    return !name.empty() && name.size() <= longest_quoted &&
           std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '_';
           });
}

constexpr unsigned char del = 0x7F;
constexpr unsigned char c1_lead = 0xC2;  // of C1 control characters in UTF-8
constexpr unsigned char first_after_c1 = 0xA0;

// ASCII and C1 control characters; the text is UTF-8.
bool has_control(std::string_view text)
{
    constexpr unsigned char first_printable = 0x20;
    unsigned char before = 0;
    for (char const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        if (byte < first_printable || byte == del) return true;
        if (before == c1_lead && byte < first_after_c1) return true;
        before = byte;
    }
    return false;
}

// Text as JSON, with those control characters escaped that JSON leaves as they are: DEL and C1.
std::string printable(std::string_view json)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (std::size_t at = 0; at < json.size(); ++at) {
        auto byte = static_cast<unsigned char>(json[at]);
        bool const leads = byte == c1_lead && at + 1 < json.size() &&
                           static_cast<unsigned char>(json[at + 1]) < first_after_c1;
        if (leads) byte = static_cast<unsigned char>(json[++at]);
        if (!leads && byte != del) {
            text += json[at];
            continue;
        }
        text.append("\\u00").append({digits[byte / digits.size()], digits[byte % digits.size()]});
    }
    return text;
}

// How many letters must be put in, left out, changed or exchanged with the next to make one of the
// other.
std::size_t distance(std::string_view one, std::string_view other)
{
    // Rows of the table for the letters of `one`: the last two before the present one.
    std::vector<std::size_t> before_last(other.size() + 1);
    std::vector<std::size_t> last(other.size() + 1);
    std::vector<std::size_t> row(other.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= one.size(); ++i) {
        before_last.swap(last);
        last.swap(row);
        row[0] = i;
        for (std::size_t j = 1; j <= other.size(); ++j) {
            auto const changed = last[j - 1] + (one[i - 1] == other[j - 1] ? 0U : 1U);
            row[j] = std::min({changed, row[j - 1] + 1, last[j] + 1});
            if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                row[j] = std::min(row[j], before_last[j - 2] + 1);
        }
    }
    return row.back();
}

// "7:05" or "17:05:30"; the parts as numbers, nothing for any other text.
std::optional<std::int64_t> seconds_of_day(std::string_view text)
{
    constexpr std::int64_t base = 60;
    std::array<std::int64_t, 3> parts{};
    std::size_t count = 0;
    for (char const* at = text.data(); count < parts.size();) {
        char const* const end = text.data() + text.size();
        auto const [next, error] = std::from_chars(at, end, parts[count]);
        bool const two_digits = next - at == 2 || (count == 0 && next - at == 1);
        if (error != std::errc{} || !two_digits || *at == '-') return std::nullopt;
        ++count;
        if (next == end) break;
        if (*next != ':' || count == parts.size()) return std::nullopt;
        at = next + 1;
    }
    auto const [hours, minutes, seconds] = parts;
    if (count < 2 || minutes >= base || seconds >= base) return std::nullopt;
    auto const total = (hours * base + minutes) * base + seconds;
    if (total > last_hour * base * base) return std::nullopt;
    return total;
}

}

Item Item::member(std::string_view name, json::value const& value) const
{
    Item item(value, *fault_);
    item.above_ = this;
    item.name_ = name;
    return item;
}

Item Item::element(std::size_t index, json::value const& value) const
{
    Item item(value, *fault_);
    item.above_ = this;
    item.index_ = index;
    return item;
}

std::string Item::path() const
{
    if (above_ == nullptr) return {};
    auto const above = above_->path();
    if (name_.data() == nullptr) return above + '[' + std::to_string(index_) + ']';
    if (!is_plain_name(name_)) return above + '[' + quoted(name_) + ']';
    return (above.empty() ? "" : above + '.') + std::string(name_);
}

bool Item::refuse(std::string_view rule) const
{
    if (!*fault_) *fault_ = Fault{path(), std::string(rule)};
    return false;
}

std::string quoted(std::string_view text)
{
    if (text.size() > longest_quoted) {
        auto end = longest_quoted;
        constexpr unsigned follows_mask = 0xC0;  // of the later bytes of a character in UTF-8
        constexpr unsigned follows = 0x80;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & follows_mask) == follows) --end;
        return printable(json::serialize(std::string(text.substr(0, end)) + "..."));
    }
    return printable(json::serialize(text));
}

std::string unknown_rule(
    std::string_view what, std::string_view name, std::span<std::string_view const> known)
{
    constexpr std::size_t letters_per_slip = 3;
    constexpr std::size_t most_listed = 30;
    auto const rule = "unknown " + std::string(what);
    std::string_view nearest;
    auto least = std::max<std::size_t>(1, name.size() / letters_per_slip) + 1;
    if (name.size() <= longest_id) {
        for (auto const candidate : known) {
            auto const slips = distance(name, candidate);
            if (slips >= least) continue;
            least = slips;
            nearest = candidate;
        }
    }
    if (!nearest.empty()) return rule + "; did you mean " + quoted(nearest) + "?";
    if (known.size() > most_listed) return rule;
    std::string list;
    for (auto const candidate : known) {
        list += list.empty() ? "" : ", ";
        list += candidate;
    }
    return rule + "; known are " + list;
}

bool read_number(Item const& item, Range range, double& target)
{
    auto const number = number_in(item.value());
    bool const fits = number && (range.above ? *number > range.least : *number >= range.least) &&
                      *number <= range.most;
    if (!fits) return item.refuse("must be a number " + range_text(range));
    target = *number;
    return true;
}

bool read_whole(Item const& item, std::int64_t least, std::int64_t most, std::int64_t& target)
{
    auto const number = whole_in(item.value());
    if (!number || *number < least || *number > most) {
        return item.refuse(
            "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
    }
    target = *number;
    return true;
}

bool read_flag(Item const& item, bool& target)
{
    if (!item.value().is_bool()) return item.refuse("must be true or false");
    target = item.value().get_bool();
    return true;
}

bool read_id(Item const& item, std::string& target)
{
    auto const* text = item.value().if_string();
    if (text == nullptr || text->empty() || text->size() > longest_id || has_control(*text)) {
        return item.refuse("must be a text of 1 to " + std::to_string(longest_id) +
                           " bytes without control characters");
    }
    target.assign(text->data(), text->size());
    return true;
}

bool read_current(Item const& item, balancing::Current most, balancing::Current& target)
{
    double amperes = 0;
    if (!read_number(item, {0, most.amperes()}, amperes)) return false;
    target = current_of(amperes).value_or(most);
    return true;
}

bool read_per_line(Item const& item, balancing::Current most,
    std::optional<balancing::Current> none, balancing::PerLine& target)
{
    auto const read_one = [&](Item const& one, balancing::Current& current) {
        if (none && one.value().is_null()) {
            current = *none;
            return true;
        }
        if (read_current(one, most, current)) return true;
        return false;
    };
    auto const* array = item.value().if_array();
    if (array == nullptr) {
        if (!item.value().is_null() && !number_in(item.value()))
            return item.refuse("must be a number, or a list of three for L1 to L3");
        balancing::Current same{};
        if (!read_one(item, same)) return false;
        target = balancing::on_all_lines(same);
        return true;
    }
    if (array->size() != balancing::line_count)
        return item.refuse("must be a number, or a list of three for L1 to L3");
    for (std::size_t line = 0; line < balancing::line_count; ++line)
        if (!read_one(item.element(line, (*array)[line]), target[line])) return false;
    return true;
}

bool read_moment(Item const& item, Moment& target)
{
    if (auto const* text = item.value().if_string()) {
        auto const seconds = seconds_of_day(*text);
        if (!seconds) return item.refuse("must be a time like 17:30, from 00:00 to 48:00");
        target = {balancing::Seconds(*seconds), true};
        return true;
    }
    if (!number_in(item.value()))
        return item.refuse("must be a whole number of seconds, or a time like \"17:30\"");
    std::int64_t seconds = 0;
    if (!read_whole(item, -greatest_moment, greatest_moment, seconds)) return false;
    target = {balancing::Seconds(seconds), false};
    return true;
}

bool read_seconds(Item const& item, balancing::Seconds& target)
{
    Moment moment;
    if (!read_moment(item, moment)) return false;
    target = moment.at;
    return true;
}

bool read_span(Item const& item, balancing::Seconds& target)
{
    std::int64_t seconds = 0;
    if (!read_whole(item, 0, longest_span, seconds)) return false;
    target = balancing::Seconds(seconds);
    return true;
}

}
