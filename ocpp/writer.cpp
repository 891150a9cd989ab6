#include "ocpp/writer.hpp"

#include "ocpp/json_text.hpp"
#include "ocpp/utf8.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace ocpp {

namespace {

constexpr std::string_view replacement_character = "\xEF\xBF\xBD";

void append_escaped(std::string& out, char c)
{
    constexpr std::string_view digits = "0123456789abcdef";
    switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default: break;
    }
    auto const byte = static_cast<unsigned char>(c);
    out += "\\u00";
    out += digits[byte >> 4U];
    out += digits[byte & 0x0FU];
}

template <class Number>
void append_number(std::string& out, Number number)
{
    std::array<char, 32> buffer;  // the longest shortest double has 24 characters
    auto const [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
    out.append(buffer.data(), end);
}

}

void append_json(std::string& out, std::string_view text)
{
    out += '"';
    while (!text.empty()) {
        auto const plain = plain_size(text);
        out.append(text.substr(0, plain));
        text.remove_prefix(plain);
        if (text.empty()) break;

        std::size_t const size = leading_character_size(text);
        if (size == 1) append_escaped(out, text.front());
        if (size > 1) out.append(text.substr(0, size));
        if (size == 0) out.append(replacement_character);
        text.remove_prefix(size == 0 ? 1 : size);
    }
    out += '"';
}

void append_json(std::string& out, std::int64_t number) { append_number(out, number); }

void append_json(std::string& out, bool value) { out += value ? "true" : "false"; }

void append_json(std::string& out, Tenths number)
{
    if (number.tenths < 0 && number.tenths > -10) out += '-';  // of "-0.5"
    append_number(out, number.tenths / 10);
    if (number.tenths % 10 == 0) return;
    out += '.';
    append_number(out, std::abs(number.tenths % 10));
}

void append_json(std::string& out, double number)
{
    // Precondition of encode(); null is at least JSON, and refused by whoever reads it.
    if (!std::isfinite(number))
        out += "null";
    else
        append_number(out, number);
}

void append_json(std::string& out, AnyJson const& value)
{
    out += value.text.empty() ? std::string_view("null") : std::string_view(value.text);
}

void append_json(std::string& out, CustomData const& value) { out += value.json(); }

void append_json(std::string& out, Timestamp time)
{
    out += '"';
    append(out, time);
    out += '"';
}

namespace {

void append_list(std::string& out, ValueType const& type, void const* list)
{
    auto const [first, count] = type.items(list);
    auto const* item = static_cast<char const*>(first);
    out += '[';
    for (std::size_t i = 0; i < count; ++i, item += type.item_size) {
        if (i != 0) out += ',';
        append_value(out, *type.item, item);
    }
    out += ']';
}

// Names of enumerations need no escapes.
void append_name(std::string& out, std::string_view name)
{
    out += '"';
    out += name;
    out += '"';
}

}

void append_value(std::string& out, ValueType const& type, void const* value)
{
    switch (type.kind) {
    case ValueKind::text: return append_json(out, std::string_view(as<std::string>(value)));
    case ValueKind::uri: return append_json(out, std::string_view(as<Uri>(value)));
    case ValueKind::integer: return append_json(out, as<std::int64_t>(value));
    case ValueKind::number: return append_json(out, as<double>(value));
    case ValueKind::tenths: return append_json(out, as<Tenths>(value));
    case ValueKind::boolean: return append_json(out, as<bool>(value));
    case ValueKind::time: return append_json(out, as<Timestamp>(value));
    case ValueKind::any: return append_json(out, as<AnyJson>(value));
    case ValueKind::custom_data: return append_json(out, as<CustomData>(value));
    case ValueKind::name: return append_name(out, name_of(type, value));
    case ValueKind::object: return append_object(out, type.layout(), value);
    case ValueKind::list: return append_list(out, type, value);
    }
}

void append_object(std::string& out, Layout const& layout, void const* message)
{
    bool first = true;
    for (auto const& field : layout.fields) {
        void const* value = static_cast<char const*>(message) + field.offset;
        if (!field.required()) value = field.optional->value(value);
        if (value == nullptr) continue;
        if (first) out += '{';
        out += first ? field.key_without_comma() : field.key;
        first = false;
        append_value(out, *field.type, value);
    }
    out += first ? "{}" : "}";
}

}
