#include "ocpp/fault.hpp"

#include "ocpp/utf8.hpp"

#include <array>
#include <cstddef>

namespace ocpp {

namespace {

struct Spelling {
    FaultKind kind;
    std::string_view v16;
    std::string_view v201;
};

// 1.6 has no code of its own for a message type or a frame that cannot be understood; the nearest
// is the one for wrong syntax.
constexpr std::array spellings{
    Spelling{FaultKind::not_implemented, "NotImplemented", "NotImplemented"},
    Spelling{FaultKind::not_supported, "NotSupported", "NotSupported"},
    Spelling{FaultKind::internal, "InternalError", "InternalError"},
    Spelling{FaultKind::protocol, "ProtocolError", "ProtocolError"},
    Spelling{FaultKind::security, "SecurityError", "SecurityError"},
    Spelling{FaultKind::format, "FormationViolation", "FormatViolation"},
    Spelling{FaultKind::property_constraint, "PropertyConstraintViolation",
        "PropertyConstraintViolation"},
    Spelling{FaultKind::occurrence_constraint, "OccurenceConstraintViolation",
        "OccurrenceConstraintViolation"},
    Spelling{FaultKind::type_constraint, "TypeConstraintViolation", "TypeConstraintViolation"},
    Spelling{FaultKind::message_type, "FormationViolation", "MessageTypeNotSupported"},
    Spelling{FaultKind::rpc_framework, "FormationViolation", "RpcFrameworkError"},
    Spelling{FaultKind::generic, "GenericError", "GenericError"},
};

constexpr std::size_t longest_description = 255;

}

std::string_view error_code(FaultKind kind, Version version)
{
    for (Spelling const& spelling : spellings)
        if (spelling.kind == kind) return version == Version::v16 ? spelling.v16 : spelling.v201;
    return "GenericError";
}

std::string describe(Fault const& fault)
{
    std::string const text = fault.path.empty() ? fault.rule : fault.path + ": " + fault.rule;
    return std::string(first_characters(text, longest_description));
}

}
