#include "server/engine/dialect.hpp"

#include "server/engine/dialects.hpp"
#include "server/engine/engine.hpp"

#include <charconv>
#include <string>

namespace engine {

std::variant<Heard, ocpp::Fault> read_with(std::span<Understood const> table,
    std::string_view action, ocpp::Payload payload, ocpp::Level level, Timestamp received)
{
    for (auto const& entry : table)
        if (entry.action == action) return entry.read(payload, level, received);
    return ocpp::Fault{.kind = ocpp::FaultKind::not_implemented,
        .path = "",
        .rule = "the action is not one that this central system answers"};
}

std::optional<std::int64_t> whole_number(std::string_view text)
{
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    std::int64_t number = 0;
    auto const* const end = text.data() + text.size();
    auto const [stop, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc{} || stop != end) return std::nullopt;
    return number;
}

bool is_true(std::string_view text) { return folded(text) == "true" || text == "1"; }

bool speaks(ocpp::Version version) { return dialect_of(version) != nullptr; }

Dialect const* dialect_of(ocpp::Version version)
{
    // CiString20Type: tokens that are longer cannot be shown to a 1.6 station either.
    constexpr ListRules rules_v16{.longest_token = 20, .longest_group = 20};
    // 2.0.1 lists each token with its kind; one of any kind is most likely a card.
    constexpr ListRules rules_v201{
        .longest_token = 36, .longest_group = 36, .any_kind = storage::TokenKind::iso14443};
    static constexpr Dialect v16{&read_v16, &answer_v16, &order_v16, &outcome_v16, &list_call_v16,
        &list_reply_v16, rules_v16};
    static constexpr Dialect v201{&read_v201, &answer_v201, &order_v201, &outcome_v201,
        &list_call_v201, &list_reply_v201, rules_v201};
    switch (version) {
    case ocpp::Version::v16: return &v16;
    case ocpp::Version::v201: return &v201;
    case ocpp::Version::v21: return nullptr;
    }
    return nullptr;
}

}
