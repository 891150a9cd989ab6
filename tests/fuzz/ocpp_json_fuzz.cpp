// Our reader of JSON text and an independent one agree on what is JSON, and on what a string says.
#include "ocpp/json_text.hpp"
#include "require.hpp"

#include <boost/json/parse.hpp>

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size)
{
    std::string_view const text(reinterpret_cast<char const*>(data), size);
    boost::json::parse_options options;
    options.max_depth = ocpp::deepest_nesting + 1;
    boost::json::error_code error;
    auto const value = boost::json::parse(text, error, {}, options);
    if (error == boost::json::error::exponent_overflow) return 0;  // JSON has no largest number
    if (ocpp::is_json(text)) {
        fuzz::require(!error, "what is JSON to us is JSON to others");
        ocpp::JsonText json(text);
        if (json.kind() != ocpp::JsonKind::text) return 0;
        auto const string = json.string();
        fuzz::require(string && *string == std::string_view(value.as_string()),
            "a string says the same to us and to others");
        return 0;
    }
    // Both sides have a bound for nesting, counted a little differently.
    options.max_depth = ocpp::deepest_nesting - 1;
    (void)boost::json::parse(text, error, {}, options);
    fuzz::require(static_cast<bool>(error), "what is JSON to others is JSON to us");
    return 0;
}
