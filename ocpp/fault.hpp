// What can be wrong with a message, and the error code that says so in each version.
#pragma once

#include "ocpp/version.hpp"

#include <string>
#include <string_view>

namespace ocpp {

enum class FaultKind {
    not_implemented,      // the action is unknown
    not_supported,        // the action is known and switched off
    internal,             // our own failure; makes a station try again
    protocol,             // for the engine's use: frames that are broken are rpc_framework
    security,             // a CALL that is not allowed now, for example before the boot is accepted
    format,               // the payload is not an object, or has a field that the schema lacks
    property_constraint,  // too long, not in the enumeration, out of range, bad date
    occurrence_constraint,  // a required field is missing, a list is too short or too long
    type_constraint,        // another JSON type than the schema's
    message_type,           // a message type number that the version does not have
    rpc_framework,          // not a frame, or a CALL whose parts are wrong
    generic,
};

struct Fault {
    FaultKind kind = FaultKind::generic;
    std::string path;  // of the field, "meterValue[2].sampledValue[0].value"; empty for the whole
    std::string rule;  // the broken rule as a person reads it, "at most 20 characters"

    friend bool operator==(Fault const&, Fault const&) = default;
};

// The spelling of `kind` in `version`: OCPP-J 1.6 section 4.2.3 with its errata (2025-04) 5.1
// and 5.2 (Formation..., Occurence... with one r), 2.0.1 part 4 section 4.3 (Format...,
// Occurrence...).
std::string_view error_code(FaultKind kind, Version version);

// "field: rule", at most 255 characters (the limit of errorDescription).
std::string describe(Fault const& fault);

}
