// How a value of an entity becomes a column, and back: put() binds, get() reads. Numbers and times
// (milliseconds since 1970, UTC) are INTEGER, words are TEXT, an absent value is NULL.
#pragma once

#include "storage/entities.hpp"
#include "storage/sqlite/connection.hpp"

#include <algorithm>
#include <array>
#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace storage::sqlite {

// The words of each enum, in the order of its values. The schema's CHECKs repeat them.
constexpr auto words_of(GridType) { return std::array<std::string_view, 2>{"tn_400", "it_230"}; }
constexpr auto words_of(SharingPolicy)
{
    return std::array<std::string_view, 5>{
        "equal_share", "most_cars", "first_come", "priority", "departure"};
}
constexpr auto words_of(TokenStatus)
{
    return std::array<std::string_view, 2>{"accepted", "blocked"};
}

template <class T>
concept Enum = std::is_enum_v<T>;

template <std::integral T>
void put(Cursor& row, int index, T value)
{
    row.bind_int(index, value);
}
inline void put(Cursor& row, int index, std::string const& text) { row.bind_text(index, text); }
inline void put(Cursor& row, int index, StationIdentity const& station)
{
    row.bind_text(index, station.value);
}
inline void put(Cursor& row, int index, EvseNumber evse) { row.bind_int(index, evse.value); }
inline void put(Cursor& row, int index, Timestamp time)
{
    row.bind_int(index, time.time_since_epoch().count());
}
template <class Tag>
void put(Cursor& row, int index, Id<Tag> id)
{
    row.bind_int(index, id.value);
}
// A value outside the enum is bound as NULL, which the schema refuses.
template <Enum T>
void put(Cursor& row, int index, T value)
{
    static constexpr auto words = words_of(T{});
    auto const place = static_cast<std::size_t>(value);
    if (place < words.size()) {
        row.bind_text(index, words[place]);
    } else {
        row.bind_null(index);
    }
}
template <class T>
void put(Cursor& row, int index, std::optional<T> const& value)
{
    if (value) {
        put(row, index, *value);
    } else {
        row.bind_null(index);
    }
}

template <std::integral T>
void get(Cursor const& row, int column, T& value)
{
    value = static_cast<T>(row.int_at(column));
}
inline void get(Cursor const& row, int column, bool& value) { value = row.int_at(column) != 0; }
inline void get(Cursor const& row, int column, std::string& text) { text = row.text_at(column); }
inline void get(Cursor const& row, int column, StationIdentity& station)
{
    station.value = row.text_at(column);
}
inline void get(Cursor const& row, int column, EvseNumber& evse) { get(row, column, evse.value); }
inline void get(Cursor const& row, int column, Timestamp& time)
{
    time = Timestamp{std::chrono::milliseconds{row.int_at(column)}};
}
template <class Tag>
void get(Cursor const& row, int column, Id<Tag>& id)
{
    id.value = row.int_at(column);
}
template <Enum T>
void get(Cursor const& row, int column, T& value)
{
    static constexpr auto words = words_of(T{});
    auto const found = std::ranges::find(words, row.text_at(column));
    // The schema's CHECK lets only these words in.
    if (found == words.end()) {
        throw SqliteError(corrupt_code, "unknown word '" + row.text_at(column) + "'");
    }
    value = static_cast<T>(found - words.begin());
}
template <class T>
void get(Cursor const& row, int column, std::optional<T>& value)
{
    if (row.is_null(column)) {
        value.reset();
    } else {
        get(row, column, value.emplace());
    }
}

}
