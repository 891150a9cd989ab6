// The types of fields: a constraint of the schema is a type, so that a struct says at a glance what
// each field may hold. Code that uses a message sees the std::string, std::vector or number inside.
#pragma once

#include "ocpp/timestamp.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace ocpp {

// Text of at most `MaxLength` characters (code points, as JSON Schema counts).
template <std::size_t MaxLength>
struct String : std::string {
    using std::string::string;
    String() = default;
    String(std::string text) : std::string(std::move(text)) {}
    String(std::string_view text) : std::string(text) {}
};

// Text without a limit in the schema.
using Text = String<std::numeric_limits<std::size_t>::max()>;

// A list of `Min` to `Max` items. The 2.x schemas ask for at least one item in every list.
template <class T, std::size_t Min = 1, std::size_t Max = std::numeric_limits<std::size_t>::max()>
struct List : std::vector<T> {
    using std::vector<T>::vector;
    List() = default;
    List(std::vector<T> items) : std::vector<T>(std::move(items)) {}
};

// A whole number within `Min` and `Max`.
template <std::int64_t Min = std::numeric_limits<std::int64_t>::min(),
    std::int64_t Max = std::numeric_limits<std::int64_t>::max()>
struct Integer {
    std::int64_t value{};
    constexpr Integer() = default;
    template <class N>
    requires std::is_integral_v<N>
    constexpr Integer(N number) : value(static_cast<std::int64_t>(number)) {}
    constexpr operator std::int64_t() const { return value; }
};

// A number with at most one decimal (multipleOf 0.1 in the 1.6 schemas), kept exactly, in tenths.
struct Tenths {
    std::int64_t tenths{};
    friend auto operator<=>(Tenths const&, Tenths const&) = default;
};

// A decimal number of the 2.x schemas. Boost.JSON reads up to 15 significant digits exactly.
struct Decimal {
    double value{};
    friend auto operator<=>(Decimal const&, Decimal const&) = default;
};

// The names of an enumeration's values on the wire, in the order of the enumerators. Each enum has
//     constexpr auto wire_names(E) { return spelled("Accepted", "Rejected"); }
// beside it, found by argument-dependent lookup. Enumerators are the wire names in lower snake
// case: "Energy.Active.Import.Register" is energy_active_import_register, "L1-N" is l1_n.
template <class E>
concept WireEnum = std::is_enum_v<E> && requires(E e)
{
    wire_names(e).size();
};

template <class... Names>
constexpr std::array<std::string_view, sizeof...(Names)> spelled(Names... names)
{
    return {names...};
}

template <WireEnum E>
inline constexpr auto wire_names_of = wire_names(E{});

// The wire name of an enumerator; empty for a value that is none.
template <WireEnum E>
constexpr std::string_view wire_name(E value)
{
    auto const index = static_cast<std::size_t>(value);
    return index < wire_names_of<E>.size() ? wire_names_of<E>[index] : std::string_view();
}

// The enumerator of a wire name, or nothing.
template <WireEnum E>
constexpr std::optional<E> from_wire_name(std::string_view name)
{
    for (std::size_t i = 0; i < wire_names_of<E>.size(); ++i)
        if (wire_names_of<E>[i] == name) return static_cast<E>(i);
    return std::nullopt;
}

}
