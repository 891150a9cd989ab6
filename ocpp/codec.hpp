// Payload <-> message struct. A message is declared once, in the folder of its version; decoding,
// validation and encoding follow from that one declaration.
#pragma once

#include "ocpp/fault.hpp"
#include "ocpp/level.hpp"
#include "ocpp/payload.hpp"

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace ocpp {

struct Layout;  // a message's fields in a table: inside the codec

// The table of a message. Defined for every request and response that the actions.hpp of a version
// lists, and for nothing else.
template <class Message>
Layout const& message_layout();

// What the functions below are made of, for messages whose type is not known at compile time.
std::optional<Fault> read_message(
    Layout const& layout, void* message, Payload payload, Level level, std::vector<Fault>& remarks);
std::string write_message(Layout const& layout, void const* message);
std::optional<Fault> check_message(Layout const& layout, void const* message);

// Reads a payload as message M, exactly as its schema says. The first fault found is returned with
// the path of its field: faults in the order of the text, and then what is missing.
template <class M>
std::variant<M, Fault> decode(Payload payload)
{
    std::variant<M, Fault> result;
    std::vector<Fault> remarks;
    auto& message = std::get<M>(result);
    if (auto fault = read_message(message_layout<M>(), &message, payload, Level::strict, remarks))
        result = std::move(*fault);
    return result;
}

// A message with what was wrong about it.
template <class M>
struct Tolerated {
    M message{};
    std::vector<Fault> remarks{};
};

// Reads a payload and takes what can be understood: a text that is too long, a number as text and a
// text that is a number, names in another case, null or nothing for an optional field, fields that
// nobody knows, numbers out of their range, too few or too many items, a time without a zone (UTC),
// or none at all (the epoch). A name that no enumeration has, or that is missing or null, is
// `unknown_name<E>`. Each is a remark, up to a hundred of them. What cannot be understood is a
// fault as in decode().
template <class M>
std::variant<Tolerated<M>, Fault> decode_tolerantly(Payload payload)
{
    std::variant<Tolerated<M>, Fault> result;
    auto& [message, remarks] = std::get<Tolerated<M>>(result);
    if (auto fault = read_message(message_layout<M>(), &message, payload, Level::tolerant, remarks))
        result = std::move(*fault);
    return result;
}

// The payload text of a message. Optional fields without a value are left out, as all standards
// ask. Precondition: the message keeps its own constraints (see check()). The text is JSON in any
// case.
template <class M>
std::string encode(M const& message)
{
    return write_message(message_layout<M>(), &message);
}

// The first constraint that a message of our own breaks, or nothing. A receiver would refuse what
// this refuses: a name of 21 characters, a list without an item, a number that is not finite.
template <class M>
std::optional<Fault> check(M const& message)
{
    return check_message(message_layout<M>(), &message);
}

}
