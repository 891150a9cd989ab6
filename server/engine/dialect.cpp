#include "server/engine/dialect.hpp"

#include "server/engine/dialects.hpp"

#include <string>

namespace engine {

std::variant<Word, ocpp::Fault> read_with(std::span<Understood const> table,
    std::string_view action, ocpp::Payload const& payload, Timestamp received)
{
    for (auto const& entry : table)
        if (entry.action == action) return entry.read(payload, received);
    return ocpp::Fault{.kind = ocpp::FaultKind::not_implemented,
        .path = "",
        .rule = "the action is not one that this central system answers"};
}

Dialect const& dialect_of(ocpp::Version version)
{
    static constexpr Dialect v16{&read_v16, &answer_v16, &order_v16, &outcome_v16};
    static constexpr Dialect v201{&read_v201, &answer_v201, &order_v201, &outcome_v201};
    return version == ocpp::Version::v16 ? v16 : v201;
}

}
