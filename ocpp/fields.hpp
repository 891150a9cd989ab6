// WIRE_FIELDS(a, b, c): a message's list of fields, in the schema's order. It stands inside the
// struct, names each member once, and serves decoding, validation, encoding and tests alike:
// visit_fields(self, visitor) calls visitor("a", self.a), visitor("b", self.b), ...
#pragma once

#include "ocpp/field_types.hpp"

#include <boost/preprocessor/seq/for_each.hpp>
#include <boost/preprocessor/stringize.hpp>
#include <boost/preprocessor/variadic/to_seq.hpp>

#define KURS_WIRE_FIELD(r, data, field) visitor(BOOST_PP_STRINGIZE(field), self.field);

#define WIRE_FIELDS(...)                                                                           \
    template <class Self, class Visitor>                                                           \
    static void visit_fields(Self& self, Visitor& visitor)                                         \
    {                                                                                              \
        BOOST_PP_SEQ_FOR_EACH(KURS_WIRE_FIELD, , BOOST_PP_VARIADIC_TO_SEQ(__VA_ARGS__))            \
    }

// A message without fields.
#define WIRE_NO_FIELDS                                                                             \
    template <class Self, class Visitor>                                                           \
    static void visit_fields(Self&, Visitor&)                                                      \
    {                                                                                              \
    }

// The same in 2.x, where every object may carry customData beside its own fields.
#define V2_FIELDS(...)                                                                             \
    ::ocpp::CustomData customData{};                                                               \
    WIRE_FIELDS(__VA_ARGS__, customData)
#define V2_NO_FIELDS                                                                               \
    ::ocpp::CustomData customData{};                                                               \
    WIRE_FIELDS(customData)

namespace ocpp {

// A struct that lists its fields: a message or a part of one.
template <class S>
concept WireStruct = requires(S& self, int& visitor)
{
    S::visit_fields(self, visitor);
};

}
