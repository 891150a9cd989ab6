#include "ocpp/fault.hpp"
#include "ocpp/utf8.hpp"

#include <doctest/doctest.h>

namespace ocpp {

TEST_CASE("a fault has the error code that its version spells")
{
    // OCPP-J 1.6 section 4.2.3 and its errata; 2.0.1 part 4 section 4.3.
    struct Row {
        FaultKind kind;
        std::string_view v16;
        std::string_view v201;
    };
    Row const rows[] = {
        {FaultKind::not_implemented, "NotImplemented", "NotImplemented"},
        {FaultKind::not_supported, "NotSupported", "NotSupported"},
        {FaultKind::internal, "InternalError", "InternalError"},
        {FaultKind::protocol, "ProtocolError", "ProtocolError"},
        {FaultKind::security, "SecurityError", "SecurityError"},
        {FaultKind::format, "FormationViolation", "FormatViolation"},
        {FaultKind::property_constraint, "PropertyConstraintViolation",
            "PropertyConstraintViolation"},
        {FaultKind::occurrence_constraint, "OccurenceConstraintViolation",
            "OccurrenceConstraintViolation"},
        {FaultKind::type_constraint, "TypeConstraintViolation", "TypeConstraintViolation"},
        {FaultKind::message_type, "FormationViolation", "MessageTypeNotSupported"},
        {FaultKind::rpc_framework, "FormationViolation", "RpcFrameworkError"},
        {FaultKind::generic, "GenericError", "GenericError"},
    };
    for (auto const& row : rows) {
        CHECK(error_code(row.kind, Version::v16) == row.v16);
        CHECK(error_code(row.kind, Version::v201) == row.v201);
    }
}

TEST_CASE("a fault is described by its field and its rule")
{
    CHECK(describe({FaultKind::type_constraint, "meterStart", "must be a whole number"}) ==
          "meterStart: must be a whole number");
    CHECK(describe({FaultKind::internal, "", "the store is full"}) == "the store is full");
}

TEST_CASE("a description is never longer than 255 characters and never ends within one")
{
    std::string rule;
    for (int i = 0; i < 300; ++i) rule += "\xC3\xA5";  // two bytes, one character
    auto const description = describe({FaultKind::format, "field", rule});
    CHECK(count_characters(description) == 255);
    CHECK(is_utf8(description));
}

}
