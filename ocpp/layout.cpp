#include "ocpp/layout.hpp"

#include <algorithm>

namespace ocpp {

std::size_t Layout::find(std::string_view name, std::size_t likely) const
{
    for (std::size_t i = likely; i < fields.size(); ++i)
        if (fields[i].name == name) return i;
    for (std::size_t i = 0; i < std::min(likely, fields.size()); ++i)
        if (fields[i].name == name) return i;
    return unknown;
}

void Layout::add(
    char const* name, std::ptrdiff_t offset, ValueType const& type, OptionalAccess const* optional)
{
    if (optional == nullptr) required |= std::uint64_t{1} << fields.size();
    fields.push_back({.name = name,
        .key = ",\"" + std::string(name) + "\":",
        .offset = static_cast<std::size_t>(offset),
        .type = &type,
        .optional = optional});
}

}
