// Payload <-> message struct. A message is declared once, in ocpp/v16 or ocpp/v201; decoding,
// validation and encoding follow from that one declaration.
#pragma once

#include "ocpp/fault.hpp"
#include "ocpp/payload.hpp"

#include <optional>
#include <string>
#include <variant>

namespace ocpp {

// All three are defined for every request and response that ocpp/v16/actions.hpp and
// ocpp/v201/actions.hpp list.

// Reads a payload as message M and checks every constraint of its schema. The first fault found, in
// the order of the declaration, is returned with the path of its field. 1.6 takes null for an
// optional field as its absence; 2.0.1 does not, and lets customData stand in any object.
template <class M>
std::variant<M, Fault> decode(Payload const& payload);

// The payload text of a message. Optional fields without a value are left out, as both standards
// ask. Precondition: the message keeps its own constraints (see check()). The text is JSON in any
// case.
template <class M>
std::string encode(M const& message);

// The first constraint that a message of our own breaks, or nothing. A receiver would refuse what
// this refuses: a name of 21 characters, a list without an item, a number that is not finite.
template <class M>
std::optional<Fault> check(M const& message);

}
