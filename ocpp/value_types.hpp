// What the codec knows of each type of field and of each struct, as data that reader, writer and
// checker go by. It is made here, from the types, for the tables_*.cpp. Every function that a
// template makes here is made some hundred times over and shows in the time of a build.
#pragma once

#include "ocpp/layout.hpp"

#include <algorithm>
#include <type_traits>

namespace ocpp {

template <class T>
constexpr ValueType describe_type();

template <class T>
inline constexpr ValueType value_type = describe_type<T>();

template <WireStruct S>
Layout const& layout_of();

// A limit of a size, as ValueType keeps it.
constexpr std::int64_t limit(std::size_t size)
{
    return static_cast<std::int64_t>(std::min(size, static_cast<std::size_t>(unbounded_above)));
}

// One for each type of ocpp/field_types.hpp; the argument is never used for its value.
template <std::size_t MaxLength>
constexpr ValueType describe(String<MaxLength> const*)
{
    // Makes a String one with the std::string that it begins with.
    static_assert(std::is_standard_layout_v<String<MaxLength>>);
    return {.kind = ValueKind::text, .max = limit(MaxLength)};
}

template <std::int64_t Min, std::int64_t Max>
constexpr ValueType describe(Integer<Min, Max> const*)
{
    return {.kind = ValueKind::integer, .min = Min, .max = Max};
}

template <std::int64_t Min, std::int64_t Max>
constexpr ValueType describe(Number<Min, Max> const*)
{
    return {.kind = ValueKind::number, .min = Min, .max = Max};
}

template <HasOtherSpellings E>
inline constexpr auto other_spellings_of = other_spellings(E{});

template <WireEnum E>
constexpr ValueType describe(E const*)
{
    static_assert(std::is_same_v<std::underlying_type_t<E>, int>);
    ValueType type{.kind = ValueKind::name, .names = wire_names_of<E>};
    if constexpr (HasOtherSpellings<E>) type.other_names = other_spellings_of<E>;
    return type;
}

template <WireStruct S>
constexpr ValueType describe(S const*)
{
    return {.kind = ValueKind::object, .layout = &layout_of<S>};
}

template <class T, std::size_t Min, std::size_t Max>
constexpr ValueType describe(List<T, Min, Max> const*)
{
    using Vector = std::vector<T>;
    return {.kind = ValueKind::list,
        .min = limit(Min),
        .max = limit(Max),
        .item = &value_type<T>,
        .item_size = sizeof(T),
        .append = [](void* list) -> void* { return &static_cast<Vector*>(list)->emplace_back(); },
        .items = [](void const* list) -> Items {
            auto const& items = *static_cast<Vector const*>(list);
            return {items.data(), items.size()};
        }};
}

constexpr ValueType describe(Uri const*) { return {.kind = ValueKind::uri}; }
constexpr ValueType describe(Tenths const*) { return {.kind = ValueKind::tenths}; }
constexpr ValueType describe(bool const*) { return {.kind = ValueKind::boolean}; }
constexpr ValueType describe(Timestamp const*) { return {.kind = ValueKind::time}; }
constexpr ValueType describe(AnyJson const*) { return {.kind = ValueKind::any}; }
constexpr ValueType describe(CustomData const*) { return {.kind = ValueKind::custom_data}; }

template <class T>
constexpr ValueType describe_type()
{
    return describe(static_cast<T const*>(nullptr));
}

template <class T>
inline constexpr OptionalAccess optional_access = {
    .emplace = [](void* field) -> void* {
        return &static_cast<std::optional<T>*>(field)->emplace();
    },
    .value = [](void const* field) -> void const* {
        auto const& value = *static_cast<std::optional<T> const*>(field);
        return value ? &*value : nullptr;
    }};

// Custom data need no optional: nothing is a value of theirs.
template <>
inline constexpr OptionalAccess optional_access<CustomData> = {
    .emplace = [](void* field) { return field; },
    .value =
        [](void const* field) {
            return static_cast<CustomData const*>(field)->has_value() ? field : nullptr;
        }};

// Visits a struct's list of fields and notes where each is.
class LayoutMaker {
public:
    explicit LayoutMaker(void const* begin) : begin_(static_cast<char const*>(begin)) {}

    template <class T>
    void operator()(char const* name, T const& field)
    {
        layout.add(name, offset(&field), value_type<T>, nullptr);
    }

    template <class T>
    void operator()(char const* name, std::optional<T> const& field)
    {
        layout.add(name, offset(&field), value_type<T>, &optional_access<T>);
    }

    void operator()(char const* name, CustomData const& field)
    {
        layout.add(name, offset(&field), value_type<CustomData>, &optional_access<CustomData>);
    }

    Layout layout{};

private:
    std::ptrdiff_t offset(void const* field) const
    {
        return static_cast<char const*>(field) - begin_;
    }

    char const* begin_;
};

template <WireStruct S>
Layout make_layout(S const& sample)
{
    LayoutMaker maker(&sample);
    S::visit_fields(sample, maker);
    return std::move(maker.layout);
}

template <WireStruct S>
Layout const& layout_of()
{
    static Layout const layout = make_layout(S{});
    return layout;
}

// Kept out of line: what makes and destroys a message is long, and wanted twice.
template <WireStruct M>
[[gnu::noinline]] void* create_message()
{
    return new M{};
}
template <WireStruct M>
[[gnu::noinline]] void destroy_message(void* message)
{
    delete static_cast<M*>(message);
}

// Of a message as a whole.
template <WireStruct M>
Layout make_message_layout()
{
    void* const sample = create_message<M>();
    auto layout = make_layout(*static_cast<M const*>(sample));
    destroy_message<M>(sample);
    layout.create = create_message<M>;
    layout.destroy = destroy_message<M>;
    return layout;
}

}
