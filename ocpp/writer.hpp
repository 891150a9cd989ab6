// JSON text out of message structs, without a document in between.
#pragma once

#include "ocpp/field_types.hpp"
#include "ocpp/fields.hpp"

#include <string>
#include <string_view>

namespace ocpp {

// A JSON string. Bytes that are not UTF-8 become U+FFFD, so that the text is JSON in any case.
void append_json(std::string& out, std::string_view text);

void append_json(std::string& out, std::int64_t number);
void append_json(std::string& out, bool value);
void append_json(std::string& out, Tenths number);
void append_json(std::string& out, Decimal number);
void append_json(std::string& out, Timestamp time);

template <WireEnum E>
void append_json(std::string& out, E value)
{
    out += '"';
    out += wire_name(value);  // needs no escapes
    out += '"';
}

template <std::size_t MaxLength>
void append_json(std::string& out, String<MaxLength> const& text)
{
    append_json(out, std::string_view(text));
}

template <std::int64_t Min, std::int64_t Max>
void append_json(std::string& out, Integer<Min, Max> number)
{
    append_json(out, number.value);
}

template <class T, std::size_t Min, std::size_t Max>
void append_json(std::string& out, List<T, Min, Max> const& items);

template <WireStruct S>
void append_json(std::string& out, S const& message);

// Visits the fields of one object.
class ObjectWriter {
public:
    explicit ObjectWriter(std::string& out) : out_(out) {}

    template <class T>
    void operator()(std::string_view name, T const& value)
    {
        begin_field(name);
        append_json(out_, value);
    }

    template <class T>
    void operator()(std::string_view name, std::optional<T> const& value)
    {
        if (value) (*this)(name, *value);
    }

private:
    void begin_field(std::string_view name);

    std::string& out_;
    char separator_ = '{';
};

template <class T, std::size_t Min, std::size_t Max>
void append_json(std::string& out, List<T, Min, Max> const& items)
{
    out += '[';
    for (T const& item : items) {
        if (&item != items.data()) out += ',';
        append_json(out, item);
    }
    out += ']';
}

template <WireStruct S>
void append_json(std::string& out, S const& message)
{
    ObjectWriter fields(out);
    auto const begin = out.size();
    S::visit_fields(message, fields);
    out += out.size() == begin ? "{}" : "}";
}

}
