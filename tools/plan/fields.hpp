// Objects of the file as tables: a row per field with its name and what reads it.
#pragma once

#include "tools/plan/item.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace plan {

inline constexpr bool required = true;

template <class T>
struct Field {
    std::string_view name;
    bool (*read)(Item const&, T&);  // false after a refusal
    bool is_required = false;
};

// Reads the members of an object; what the object does not have keeps its value in the target.
template <class T>
bool read_object(Item const& item, std::span<Field<T> const> fields, T& target)
{
    auto const* object = item.value().if_object();
    if (object == nullptr) return item.refuse("must be an object");
    for (auto const& member : *object) {
        std::string_view const name = member.key();
        bool known = false;
        for (auto const& field : fields) known = known || field.name == name;
        if (known) continue;
        std::vector<std::string_view> names;
        for (auto const& field : fields) names.push_back(field.name);
        return item.member(name, member.value()).refuse(unknown_rule("field", name, names));
    }
    for (auto const& field : fields) {
        auto const* value = object->if_contains(field.name);
        if (value == nullptr && field.is_required)
            return item.member(field.name, item.value()).refuse("is missing");
        if (value != nullptr && !field.read(item.member(field.name, *value), target)) return false;
    }
    return true;
}

// What a row can have as its reader; `member` is a pointer to a member of T or of a base of it.

// By a reader of the member's type.
template <auto member, auto reader, class T>
bool by(Item const& item, T& target)
{
    return reader(item, target.*member);
}

// The same for an optional member; null leaves it empty.
template <auto member, auto reader, class T>
bool optional_by(Item const& item, T& target)
{
    if (item.value().is_null()) return true;
    return reader(item, (target.*member).emplace());
}

template <auto member, Range const& range, class T>
bool number(Item const& item, T& target)
{
    return read_number(item, range, target.*member);
}

template <auto member, std::int64_t least, std::int64_t most, class T>
bool whole(Item const& item, T& target)
{
    std::int64_t value = 0;
    if (!read_whole(item, least, most, value)) return false;
    target.*member = static_cast<std::decay_t<decltype(target.*member)>>(value);
    return true;
}

template <auto member, auto const& names, class T>
bool name(Item const& item, T& target)
{
    return read_name(item, names, target.*member);
}

}
