// JSON text out of message structs, without a document in between.
#pragma once

#include "ocpp/field_types.hpp"
#include "ocpp/layout.hpp"

#include <string>
#include <string_view>

namespace ocpp {

// A JSON string. Bytes that are not UTF-8 become U+FFFD, so that the text is JSON in any case.
void append_json(std::string& out, std::string_view text);

void append_json(std::string& out, std::int64_t number);
void append_json(std::string& out, bool value);
void append_json(std::string& out, Tenths number);
void append_json(std::string& out, double number);  // null when it is not finite
void append_json(std::string& out, AnyJson const& value);
void append_json(std::string& out, CustomData const& value);
void append_json(std::string& out, Timestamp time);

// A value of any type of field.
void append_value(std::string& out, ValueType const& type, void const* value);

// An object, without the optional fields that have no value.
void append_object(std::string& out, Layout const& layout, void const* message);

}
