#include "server/engine/dialect.hpp"

#include "server/engine/dialects.hpp"
#include "server/engine/engine.hpp"

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

bool speaks(ocpp::Version version) { return dialect_of(version) != nullptr; }

Dialect const* dialect_of(ocpp::Version version)
{
    static constexpr Dialect v16{&read_v16, &answer_v16, &order_v16, &outcome_v16};
    static constexpr Dialect v201{&read_v201, &answer_v201, &order_v201, &outcome_v201};
    switch (version) {
    case ocpp::Version::v16: return &v16;
    case ocpp::Version::v201: return &v201;
    case ocpp::Version::v21: return nullptr;
    }
    return nullptr;
}

}
