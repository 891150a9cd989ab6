// The first line names a message ("ocpp1.6 HeartbeatResponse"), the rest is its payload. A payload
// that decodes is encoded as something that decodes again, to the same encoding.
#include "require.hpp"
#include "tests/ocpp/every_message.hpp"

#include <boost/json/parse.hpp>

#include <cmath>
#include <optional>

namespace {

namespace json = boost::json;
using ocpp::Payload;
using ocpp::test::MessageCase;

MessageCase const* find_message(std::string_view name)
{
    for (auto const& message : ocpp::test::every_message())
        if (ocpp::test::name_of(message) == name) return &message;
    return nullptr;
}

std::optional<json::value> parse(std::string_view text)
{
    json::error_code error;
    auto value = json::parse(text, error);
    if (error) return std::nullopt;
    return value;
}

// Boost.JSON 1.81 reads the last of 17 digits wrong at times.
bool is_same_but_for_rounding(json::value const& a, json::value const& b)
{
    if (a.is_object() && b.is_object()) {
        auto const& other = b.get_object();
        if (a.get_object().size() != other.size()) return false;
        for (auto const& [key, value] : a.get_object()) {
            auto const* same = other.if_contains(key);
            if (same == nullptr || !is_same_but_for_rounding(value, *same)) return false;
        }
        return true;
    }
    if (a.is_array() && b.is_array()) {
        auto const& other = b.get_array();
        if (a.get_array().size() != other.size()) return false;
        for (std::size_t i = 0; i < other.size(); ++i)
            if (!is_same_but_for_rounding(a.get_array()[i], other[i])) return false;
        return true;
    }
    if (a.is_double() && b.is_number()) {
        double const x = a.get_double();
        return std::abs(x - b.to_number<double>()) <= 1e-14 * std::abs(x);
    }
    return a == b;
}

}

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size)
{
    std::string_view const input(reinterpret_cast<char const*>(data), size);
    auto const end_of_name = input.find('\n');
    if (end_of_name == std::string_view::npos) return 0;
    auto const* message = find_message(input.substr(0, end_of_name));
    auto const payload = parse(input.substr(end_of_name + 1));
    if (message == nullptr || !payload) return 0;

    auto const first = message->recode({*payload});
    if (auto const* fault = std::get_if<ocpp::Fault>(&first)) {
        fuzz::require(!fault->rule.empty(), "a fault is explained");
        return 0;
    }
    auto const encoded = parse(std::get<std::string>(first));
    fuzz::require(encoded.has_value(), "what is encoded is JSON");
    auto const second = message->recode({*encoded});
    auto const* text = std::get_if<std::string>(&second);
    fuzz::require(text != nullptr, "what is encoded can be decoded");
    fuzz::require(is_same_but_for_rounding(*encoded, parse(*text).value()),
        "what is decoded twice is encoded alike");
    return 0;
}
