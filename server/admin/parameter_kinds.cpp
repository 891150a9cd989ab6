#include "server/admin/parameter_kinds.hpp"

#include "server/admin/json_text.hpp"
#include "server/admin/times.hpp"
#include "server/admin/words.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace admin {
namespace {

// No installation of this world has more amperes, and no car takes more kilowatt-hours; keeps every
// sum far from overflow.
constexpr std::int64_t most_units = 100'000;
constexpr double thousandths_per_unit = 1000.0;
constexpr std::int64_t mwh_per_wh = 1000;

std::string_view view(boost::json::value const& json)
{
    auto const& text = json.get_string();
    return {text.data(), text.size()};
}

bool is_control(char c)
{
    auto const code = static_cast<unsigned char>(c);
    return code < 0x20 || code == 0x7f;
}

// Code points: all bytes of valid UTF-8 (the JSON reader takes no other) except continuations.
std::size_t length_of(std::string_view text)
{
    auto const begins = [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; };
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins));
}

Rule length_rule(std::size_t least, std::size_t most)
{
    if (least == 0) return "at most " + std::to_string(most) + " characters";
    return std::to_string(least) + " to " + std::to_string(most) + " characters";
}

Rule read_text(boost::json::value const& json, std::size_t least, std::size_t most,
    bool line_breaks, std::string& into)
{
    if (!json.is_string()) return "text";
    auto const text = view(json);
    auto const length = length_of(text);
    if (length < least || length > most) return length_rule(least, most);
    for (char const c : text) {
        if (is_control(c) && !(line_breaks && (c == '\n' || c == '\t'))) {
            return "no control characters";
        }
    }
    into = text;
    return {};
}

// Whole numbers come as int64, uint64 or, written as 1e3 or 5.0, as double.
std::optional<std::int64_t> whole_number(boost::json::value const& json)
{
    if (auto const* value = json.if_int64()) return *value;
    if (auto const* value = json.if_double()) {
        constexpr double exact = 9007199254740992.0;  // 2^53: whole doubles below it are exact
        if (std::isfinite(*value) && std::abs(*value) < exact && std::trunc(*value) == *value) {
            return static_cast<std::int64_t>(*value);
        }
    }
    return std::nullopt;
}

// A quantity with at most three decimals, as whole thousandths of its unit.
Rule read_thousandths(
    boost::json::value const& json, char const* unit, bool zero_allowed, std::int64_t& thousandths)
{
    if (!json.is_number()) return std::string("a number, in ") + unit;
    auto const value = json.to_number<double>();
    if (zero_allowed ? !(value >= 0) : !(value > 0)) {
        return zero_allowed ? "0 or greater" : "greater than 0";
    }
    if (value > static_cast<double>(most_units)) return "at most " + std::to_string(most_units);
    // A decimal with three places is read as the double next to n/1000, and so is this division.
    auto const whole = std::round(value * thousandths_per_unit);
    if (whole / thousandths_per_unit != value) return "at most 3 decimals";
    thousandths = static_cast<std::int64_t>(whole);
    return {};
}

template <class Enum, std::size_t N>
Rule read_word(boost::json::value const& json, std::array<Word<Enum>, N> const& words, Enum& into)
{
    Rule allowed = "one of";
    for (auto const& [value, word] : words) {
        if (json.is_string() && view(json) == word) {
            into = value;
            return {};
        }
        allowed += ' ';
        allowed += word;
    }
    return allowed;
}

}

Rule Text::read(boost::json::value const& json, std::string& into) const
{
    return read_text(json, least, most, false, into);
}

Rule Text::read(boost::json::value const& json, storage::StationIdentity& into) const
{
    return read_text(json, least, most, false, into.value);
}

Rule Notes::read(boost::json::value const& json, std::string& into) const
{
    return read_text(json, 0, most, true, into);
}

Rule Secret::read(boost::json::value const& json, std::string& into) const
{
    if (!json.is_string()) return "text";
    auto const length = length_of(view(json));
    if (length < least || length > most) return length_rule(least, most);
    into = view(json);
    return {};
}

Rule Flag::read(boost::json::value const& json, bool& into) const
{
    if (!json.is_bool()) return "true or false";
    into = json.get_bool();
    return {};
}

Rule Integer::read(boost::json::value const& json, std::int64_t& into) const
{
    auto const value = whole_number(json);
    if (!value) return "a whole number";
    if (*value < least) return "at least " + std::to_string(least);
    if (*value > most) return "at most " + std::to_string(most);
    into = *value;
    return {};
}

Rule Integer::read(boost::json::value const& json, int& into) const
{
    std::int64_t value = 0;
    auto rule = read(json, value);
    if (rule.empty()) into = static_cast<int>(value);  // the declaration's range fits an int
    return rule;
}

Rule Integer::read(boost::json::value const& json, storage::EvseNumber& into) const
{
    return read(json, into.value);
}

Rule IdNumber::read_id(boost::json::value const& json, std::int64_t& into)
{
    auto const value = whole_number(json);
    if (!value || *value < 1) return "an id: a whole number above 0";
    into = *value;
    return {};
}

Rule IdList::read_ids(boost::json::value const& json, std::vector<std::int64_t>& into) const
{
    auto const* list = json.if_array();
    if (list == nullptr || list->size() > most)
        return "a list of at most " + std::to_string(most) + " ids";
    for (auto const& one : *list) {
        auto const id = whole_number(one);
        if (!id || *id < 1) return "ids: whole numbers above 0";
        into.push_back(*id);
    }
    return {};
}

Rule Amperes::read(boost::json::value const& json, std::int64_t& into_ma) const
{
    return read_thousandths(json, "amperes", zero_allowed, into_ma);
}

Rule KilowattHours::read(boost::json::value const& json, std::int64_t& into_mwh) const
{
    std::int64_t watt_hours = 0;
    auto rule = read_thousandths(json, "kilowatt-hours", false, watt_hours);
    into_mwh = watt_hours * mwh_per_wh;
    return rule;
}

Rule Time::read(boost::json::value const& json, storage::Timestamp& into) const
{
    auto const time = json.is_string() ? parse_time(view(json)) : std::nullopt;
    if (!time) return "a time like 2026-11-22T07:00:00Z";
    into = *time;
    return {};
}

Rule TimeZone::read(boost::json::value const& json, std::string& into) const
{
    if (!json.is_string() || !is_time_zone(view(json))) {
        return "a name of the IANA time zone database, like Europe/Oslo";
    }
    into = view(json);
    return {};
}

Rule Rotation::read(boost::json::value const& json, std::array<std::uint8_t, 3>& into) const
{
    Rule const rule = "three lines, each 1, 2, 3 or 0 (not connected), none twice";
    auto const* list = json.if_array();
    if (list == nullptr || list->size() != into.size()) return rule;
    std::array<bool, 4> seen{};
    for (std::size_t i = 0; i < into.size(); ++i) {
        auto const line = whole_number((*list)[i]);
        if (!line || *line < 0 || *line > 3) return rule;
        auto& before = seen[static_cast<std::size_t>(*line)];
        if (before && *line != 0) return rule;
        before = true;
        into[i] = static_cast<std::uint8_t>(*line);
    }
    if (!seen[1] && !seen[2] && !seen[3]) return "at least one terminal is connected";
    return {};
}

Rule AnyObject::read(boost::json::value const& json, std::string& into) const
{
    if (!json.is_object()) return "an object";
    into = json_text(json);
    return {};
}

Rule OneWord::read(boost::json::value const& json, storage::GridType& into) const
{
    return read_word(json, grid_words, into);
}

Rule OneWord::read(boost::json::value const& json, storage::SharingPolicy& into) const
{
    return read_word(json, policy_words, into);
}

Rule OneWord::read(boost::json::value const& json, storage::TokenStatus& into) const
{
    return read_word(json, token_status_words, into);
}

Rule OneWord::read(boost::json::value const& json, storage::TokenKind& into) const
{
    return read_word(json, token_kind_words, into);
}

Rule OneWord::read(boost::json::value const& json, storage::GraphWidth& into) const
{
    return read_word(json, graph_width_words, into);
}

}
