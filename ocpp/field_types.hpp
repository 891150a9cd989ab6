// The types of fields: a constraint of the schema is a type, so that a struct says at a glance what
// each field may hold. Code that uses a message sees the std::string, std::vector or number inside.
#pragma once

#include "ocpp/timestamp.hpp"

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
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

// The open side of a number's range.
inline constexpr std::int64_t unbounded_below = std::numeric_limits<std::int64_t>::min();
inline constexpr std::int64_t unbounded_above = std::numeric_limits<std::int64_t>::max();

// A decimal number of the 2.x schemas, within `Min` and `Max`. What has at most 15 significant
// digits is written again as it came.
template <std::int64_t Min = unbounded_below, std::int64_t Max = unbounded_above>
struct Number {
    double value{};
    friend auto operator<=>(Number const&, Number const&) = default;
};
using Decimal = Number<>;

// Text that is a URI with a scheme (`format: uri` in the 1.6 schemas).
struct Uri : std::string {
    using std::string::string;
    Uri() = default;
    explicit Uri(std::string text) : std::string(std::move(text)) {}
};

// A value of any JSON type, as it was written. Empty stands for null.
struct AnyJson {
    std::string text{};
    friend bool operator==(AnyJson const&, AnyJson const&) = default;
};

// What a vendor adds to an object of 2.x: an object with a vendorId and anything else, kept as it
// was written. It may stand in every object and seldom does, so that nothing costs one pointer.
class CustomData {
public:
    CustomData() = default;
    explicit CustomData(std::string json) : json_(std::make_unique<std::string>(std::move(json))) {}
    CustomData(CustomData const& other) : json_(copy(other)) {}
    CustomData(CustomData&&) noexcept = default;
    CustomData& operator=(CustomData const& other)
    {
        json_ = copy(other);
        return *this;
    }
    CustomData& operator=(CustomData&&) noexcept = default;
    ~CustomData() = default;

    bool has_value() const { return json_ != nullptr; }
    std::string_view json() const { return json_ ? std::string_view(*json_) : std::string_view(); }
    friend bool operator==(CustomData const& a, CustomData const& b)
    {
        return a.json() == b.json();
    }

private:
    static std::unique_ptr<std::string> copy(CustomData const& other)
    {
        return other.json_ ? std::make_unique<std::string>(*other.json_) : nullptr;
    }
    std::unique_ptr<std::string> json_;
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

// What stands for a name that the enumeration lacks, where a tolerant reader went on: it is no
// enumerator, has no wire name, and is never sent. A switch over an enum that came from a station
// has a default for it.
inline constexpr int value_of_unknown = std::numeric_limits<int>::max();
template <WireEnum E>
inline constexpr E unknown_name = static_cast<E>(value_of_unknown);

// Another spelling of a name, met in the field. An enum that has some gives them beside wire_names:
//     constexpr auto other_spellings(E) { return std::array{Spelling{"Celsius", E::celcius}}; }
// The enumerator may be one without a wire name, which is understood and never sent.
struct Spelling {
    std::string_view name;
    int value;
    template <class E>
    constexpr Spelling(std::string_view name_in, E meant)
        : name(name_in), value(static_cast<int>(meant))
    {
    }
};
template <class E>
concept HasOtherSpellings = WireEnum<E> && requires(E e)
{
    other_spellings(e).size();
};

// The enumerator of a wire name, or nothing.
template <WireEnum E>
constexpr std::optional<E> from_wire_name(std::string_view name)
{
    for (std::size_t i = 0; i < wire_names_of<E>.size(); ++i)
        if (wire_names_of<E>[i] == name) return static_cast<E>(i);
    return std::nullopt;
}

}
