// The first line names a message ("ocpp1.6 HeartbeatRequest"), the rest is its payload. At either
// level, what is read is written as something that is read the same; the strict level takes nothing
// that the tolerant one refuses, and nothing that another parser does not call JSON.
#include "ocpp/catalogue.hpp"
#include "require.hpp"

#include <boost/json/parse.hpp>

#include <optional>

namespace {

using ocpp::Fault;
using ocpp::Layout;
using ocpp::Level;
using ocpp::Rewritten;

Layout const* find_layout(std::string_view name)
{
    auto const blank = name.find(' ');
    if (blank == std::string_view::npos) return nullptr;
    auto const version = ocpp::version_of(name.substr(0, blank));
    if (!version) return nullptr;
    name.remove_prefix(blank + 1);
    for (auto const& entry : ocpp::catalogue(*version)) {
        if (!name.starts_with(entry.name)) continue;
        auto const kind = name.substr(entry.name.size());
        if (kind == "Request") return &entry.request();
        if (kind == "Response" && entry.response != nullptr) return &entry.response();
    }
    return nullptr;
}

bool is_json_to_another(std::string_view text)
{
    boost::json::error_code error;
    (void)boost::json::parse(text, error);
    return !error ||
           error == boost::json::error::exponent_overflow;  // of a number: JSON all the same
}

std::optional<Rewritten> rewritten(Layout const& layout, std::string_view text, Level level)
{
    auto result = ocpp::rewrite(layout, {text}, level);
    if (auto const* fault = std::get_if<Fault>(&result)) {
        fuzz::require(!fault->rule.empty(), "a fault is explained");
        return std::nullopt;
    }
    for (auto const& remark : std::get<Rewritten>(result).remarks)
        fuzz::require(!remark.rule.empty(), "a remark is explained");
    return std::get<Rewritten>(std::move(result));
}

void check_strict(Layout const& layout, std::string_view payload)
{
    auto const first = rewritten(layout, payload, Level::strict);
    if (!first) return;
    fuzz::require(first->remarks.empty(), "a strict reader has no remarks");
    fuzz::require(is_json_to_another(payload), "what is read is JSON");
    fuzz::require(is_json_to_another(first->text), "what is written is JSON");
    auto const second = rewritten(layout, first->text, Level::strict);
    fuzz::require(second && second->text == first->text, "what is written is read the same");
    auto const tolerated = rewritten(layout, payload, Level::tolerant);
    fuzz::require(tolerated && tolerated->text == first->text && tolerated->remarks.empty(),
        "what is right is taken alike at both levels");
}

void check_tolerant(Layout const& layout, std::string_view payload)
{
    auto const first = rewritten(layout, payload, Level::tolerant);
    if (!first) return;
    fuzz::require(is_json_to_another(payload), "what is read is JSON");
    fuzz::require(is_json_to_another(first->text), "what is written is JSON");
    // An unknown name is written as an empty text, which for an optional field means nothing.
    auto const second = rewritten(layout, first->text, Level::tolerant);
    fuzz::require(second.has_value(), "what is written can be read");
    auto const third = rewritten(layout, second->text, Level::tolerant);
    fuzz::require(third && third->text == second->text, "what is written is read the same");
}

}

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size)
{
    std::string_view const input(reinterpret_cast<char const*>(data), size);
    auto const end_of_name = input.find('\n');
    if (end_of_name == std::string_view::npos) return 0;
    auto const* layout = find_layout(input.substr(0, end_of_name));
    if (layout == nullptr) return 0;
    check_strict(*layout, input.substr(end_of_name + 1));
    check_tolerant(*layout, input.substr(end_of_name + 1));
    return 0;
}
