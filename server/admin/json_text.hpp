// Writes JSON text the way people write it. Boost.JSON would write 13.3 as 1.33E1, which is right
// and which neither people nor every station's parser like.
#pragma once

#include <boost/json/value.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace admin {

// A JSON string with its quotes.
std::string json_string(std::string_view text);

// Any value, numbers in their shortest form.
std::string json_text(boost::json::value const& value);

// `value` with the point moved left by `decimals` places, without trailing zeros.
std::string json_decimal(std::int64_t value, int decimals);

// One JSON object, member by member, in the order of the calls.
class JsonObject {
public:
    JsonObject& raw(std::string_view name, std::string_view json);  // `json` is JSON already
    JsonObject& text(std::string_view name, std::string_view value);
    JsonObject& integer(std::string_view name, std::int64_t value);
    JsonObject& flag(std::string_view name, bool value);
    JsonObject& amperes(std::string_view name, std::int64_t milliamperes);
    JsonObject& kilo(std::string_view name, std::int64_t milli);  // mWh as kWh, mW as kW
    std::string str() const { return text_ + '}'; }

private:
    std::string text_ = "{";
};

// `[a,b,c]` of JSON texts.
template <class Range, class ToJson>
std::string json_array(Range const& range, ToJson to_json)
{
    std::string text = "[";
    for (auto const& item : range) {
        if (text.size() > 1) text += ',';
        text += to_json(item);
    }
    return text + ']';
}

}
