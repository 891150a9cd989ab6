#include "server/admin/json_text.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/string_view.hpp>

#include <array>
#include <charconv>

namespace admin {
namespace {

constexpr int decimals_of_milli = 3;  // mA as A
constexpr int decimals_of_micro = 6;  // mWh as kWh

}

std::string json_string(std::string_view text)
{
    return boost::json::serialize(boost::json::string_view(text.data(), text.size()));
}

std::string json_text(boost::json::value const& value)
{
    if (auto const* object = value.if_object()) {
        JsonObject text;
        for (auto const& member : *object) text.raw(member.key(), json_text(member.value()));
        return text.str();
    }
    if (auto const* array = value.if_array()) return json_array(*array, json_text);
    if (auto const* number = value.if_double()) {
        std::array<char, 32> digits{};  // the shortest form of a double has at most 24 characters
        auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), *number).ptr;
        return std::string(digits.data(), end);
    }
    return boost::json::serialize(value);
}

std::string json_decimal(std::int64_t value, int decimals)
{
    // The magnitude as unsigned, because the lowest int64 has no positive counterpart.
    auto const bits = static_cast<std::uint64_t>(value);
    std::string digits = std::to_string(value < 0 ? 0 - bits : bits);
    auto const places = static_cast<std::size_t>(decimals);
    if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
    digits.insert(digits.size() - places, 1, '.');
    while (digits.back() == '0') digits.pop_back();
    if (digits.back() == '.') digits.pop_back();
    return value < 0 ? '-' + digits : digits;
}

JsonObject& JsonObject::raw(std::string_view name, std::string_view json)
{
    if (text_.size() > 1) text_ += ',';
    text_ += json_string(name);
    text_ += ':';
    text_ += json;
    return *this;
}

JsonObject& JsonObject::text(std::string_view name, std::string_view value)
{
    return raw(name, json_string(value));
}

JsonObject& JsonObject::integer(std::string_view name, std::int64_t value)
{
    return raw(name, std::to_string(value));
}

JsonObject& JsonObject::flag(std::string_view name, bool value)
{
    return raw(name, value ? "true" : "false");
}

JsonObject& JsonObject::amperes(std::string_view name, std::int64_t milliamperes)
{
    return raw(name, json_decimal(milliamperes, decimals_of_milli));
}

JsonObject& JsonObject::kilo(std::string_view name, std::int64_t milli)
{
    return raw(name, json_decimal(milli, decimals_of_micro));
}

}
