// How a value of an entity becomes a column, and back: put() binds, get() reads. Numbers and times
// (milliseconds since 1970, UTC) are INTEGER, words are TEXT, an absent value is NULL, lists are
// compact text ("1,4,5-9"), and what a meter measured beside the common values is a BLOB.
#pragma once

#include "storage/entities.hpp"
#include "storage/samples/channel_values.hpp"
#include "storage/sqlite/connection.hpp"

#include <algorithm>
#include <array>
#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

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
// Alphabetical too, so that the column sorts as the enum does.
constexpr auto words_of(TokenKind)
{
    return std::array<std::string_view, 8>{
        "any", "central", "emaid", "iso14443", "iso15693", "key_code", "local", "mac_address"};
}
constexpr auto words_of(TokenVerdict)
{
    return std::array<std::string_view, 6>{
        "accepted", "invalid", "blocked", "expired", "concurrent", "not_allowed_here"};
}
constexpr auto words_of(Closing)
{
    return std::array<std::string_view, 4>{"open", "station", "replaced", "by_hand"};
}
constexpr auto words_of(UnbookedState)
{
    return std::array<std::string_view, 5>{"waiting", "attached", "made", "booked", "set_aside"};
}

template <class T>
concept Enum = std::is_enum_v<T>;

// Lists as text. What they give is read back exactly, in the same order.
std::string text_of(std::vector<SequenceSpan> const& spans);    // "0-5,7": first to last
std::string text_of(std::vector<std::int64_t> const& numbers);  // "3,17"
// None: the text is not of that form.
std::optional<std::vector<SequenceSpan>> spans_from(std::string_view text);
std::optional<std::vector<std::int64_t>> numbers_from(std::string_view text);

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
// By its number, which the schema checks: measurands.hpp fixes the numbers.
inline void put(Cursor& row, int index, ReadingContext context)
{
    row.bind_int(index, static_cast<std::int64_t>(context));
}
inline void put(Cursor& row, int index, std::vector<SequenceSpan> const& spans)
{
    row.bind_text_copy(index, text_of(spans));
}
template <class Tag>
void put(Cursor& row, int index, std::vector<Id<Tag>> const& ids)
{
    std::vector<std::int64_t> numbers;
    for (Id<Tag> const id : ids) numbers.push_back(id.value);
    row.bind_text_copy(index, text_of(numbers));
}
// A channel outside its enums is bound as NULL, which the schema refuses.
inline void put(Cursor& row, int index, std::vector<ChannelValue> const& values)
{
    if (std::ranges::all_of(values, is_known, &ChannelValue::channel)) {
        row.bind_blob_copy(index, values_to_bytes(values));
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
inline void get(Cursor const& row, int column, ReadingContext& context)
{
    context = static_cast<ReadingContext>(row.int_at(column));
}
// What a list's reader gives, or an error that says that the file is damaged.
template <class T>
T understood(std::optional<T> value, char const* what)
{
    if (!value) throw SqliteError(corrupt_code, std::string("damaged ") + what);
    return std::move(*value);
}
inline void get(Cursor const& row, int column, std::vector<SequenceSpan>& spans)
{
    spans = understood(spans_from(row.text_at(column)), "list of sequence numbers");
}
template <class Tag>
void get(Cursor const& row, int column, std::vector<Id<Tag>>& ids)
{
    for (std::int64_t const number : understood(numbers_from(row.text_at(column)), "list of ids")) {
        ids.push_back(Id<Tag>{number});
    }
}
inline void get(Cursor const& row, int column, std::vector<ChannelValue>& values)
{
    values = understood(values_from_bytes(row.blob_at(column)), "list of measured values");
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
