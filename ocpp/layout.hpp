// What the codec knows of a message at run time: its fields in a table, made once from the struct's
// own list (WIRE_FIELDS). One loop reads, writes and checks all messages with it, so that a message
// costs a table and hardly any code of its own.
#pragma once

#include "ocpp/field_types.hpp"
#include "ocpp/fields.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ocpp {

struct Layout;

// What a value is on the wire, and which type of ocpp/field_types.hpp holds it.
enum class ValueKind {
    text,
    uri,
    integer,
    number,
    tenths,
    boolean,
    time,
    any,
    custom_data,
    name,  // of an enumeration
    object,
    list,
};

// The items of a list, in a row.
struct Items {
    void const* first;
    std::size_t count;
};

// All that the codec has to know of a C++ type to read, write and check its values.
struct ValueType {
    ValueKind kind;
    // The bounds of a number, of a text's characters, of a list's items.
    std::int64_t min = unbounded_below;
    std::int64_t max = unbounded_above;
    // Of an enumeration.
    std::span<std::string_view const> names{};
    std::span<Spelling const> other_names{};
    // Of an object.
    Layout const& (*layout)() = nullptr;
    // Of a list: the type and size of its items, how to make one more, and where they are.
    ValueType const* item = nullptr;
    std::size_t item_size = 0;
    void* (*append)(void* list) = nullptr;
    Items (*items)(void const* list) = nullptr;

    // Sizes, which are never negative.
    std::size_t at_least() const { return static_cast<std::size_t>(min); }
    std::size_t at_most() const { return static_cast<std::size_t>(max); }
};

// A value where its type is known by its kind.
template <class T>
T& as(void* value)
{
    return *static_cast<T*>(value);
}
template <class T>
T const& as(void const* value)
{
    return *static_cast<T const*>(value);
}

// The name of an enumeration's value; empty for a value that has none.
inline std::string_view name_of(ValueType const& type, void const* value)
{
    int index = 0;
    std::memcpy(&index, value, sizeof index);
    auto const place = static_cast<std::size_t>(index);
    return place < type.names.size() ? type.names[place] : std::string_view();
}

// How the value of an optional field is reached.
struct OptionalAccess {
    void* (*emplace)(void* field);            // the value, made if need be
    void const* (*value)(void const* field);  // the value, or null when there is none
};

struct Field {
    std::string_view name;
    std::string key;     // `,"name":`
    std::size_t offset;  // from the beginning of the struct
    ValueType const* type;
    OptionalAccess const* optional;  // null: the field is required

    bool required() const { return optional == nullptr; }
    std::string_view key_without_comma() const { return std::string_view(key).substr(1); }
};

// At most 64 fields, so that a word tells which have been seen.
struct Layout {
    std::vector<Field> fields{};
    std::uint64_t required = 0;  // a bit per field
    // Of a message, and not of a part of one.
    void* (*create)() = nullptr;
    void (*destroy)(void* message) = nullptr;

    static constexpr std::size_t unknown = static_cast<std::size_t>(-1);
    // The index of a field. The search begins with `likely`: who writes a message in the standard's
    // order is found soon.
    std::size_t find(std::string_view name, std::size_t likely) const;

    // Adds the next field. `optional` is null when it is required.
    void add(char const* name, std::ptrdiff_t offset, ValueType const& type,
        OptionalAccess const* optional);
};

}
