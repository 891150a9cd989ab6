#include "ocpp/writer.hpp"

#include "ocpp/utf8.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace ocpp {

namespace {

constexpr std::string_view replacement_character = "\xEF\xBF\xBD";

// Can the byte stand in a JSON string as it is?
constexpr bool is_plain(unsigned char byte)
{
    return byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\';
}

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
        std::size_t plain = 0;
        while (plain < text.size() && is_plain(static_cast<unsigned char>(text[plain]))) ++plain;
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

void append_json(std::string& out, Decimal number)
{
    // Precondition of encode(); null is at least JSON, and refused by whoever reads it.
    if (!std::isfinite(number.value))
        out += "null";
    else
        append_number(out, number.value);
}

void append_json(std::string& out, Timestamp time)
{
    out += '"';
    append(out, time);
    out += '"';
}

void ObjectWriter::begin_field(std::string_view name)
{
    out_ += separator_;
    separator_ = ',';
    out_ += '"';
    out_ += name;
    out_ += "\":";
}

}
