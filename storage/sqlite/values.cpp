#include "storage/sqlite/values.hpp"

#include <charconv>

namespace storage::sqlite {

namespace {

// Takes a number from the front of `text`.
std::optional<std::int64_t> take_number(std::string_view& text)
{
    std::int64_t value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{}) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return value;
}

bool take(std::string_view& text, char expected)
{
    if (text.empty() || text.front() != expected) return false;
    text.remove_prefix(1);
    return true;
}

// "element,element,..."; an empty text is an empty list.
template <class T, class Take>
std::optional<std::vector<T>> list_from(std::string_view text, Take take_element)
{
    std::vector<T> list;
    while (!text.empty()) {
        if (!list.empty() && !take(text, ',')) return std::nullopt;
        std::optional<T> const element = take_element(text);
        if (!element) return std::nullopt;
        list.push_back(*element);
    }
    return list;
}

std::optional<SequenceSpan> take_span(std::string_view& text)
{
    auto const first = take_number(text);
    if (!first) return std::nullopt;
    if (!take(text, '-')) return SequenceSpan{*first, *first};
    auto const last = take_number(text);
    if (!last) return std::nullopt;
    return SequenceSpan{*first, *last};
}

}

std::string text_of(std::vector<SequenceSpan> const& spans)
{
    std::string text;
    for (SequenceSpan const& span : spans) {
        if (!text.empty()) text += ',';
        text += std::to_string(span.first);
        if (span.last != span.first) text += '-' + std::to_string(span.last);
    }
    return text;
}

std::string text_of(std::vector<std::int64_t> const& numbers)
{
    std::string text;
    for (std::int64_t const number : numbers) {
        if (!text.empty()) text += ',';
        text += std::to_string(number);
    }
    return text;
}

std::optional<std::vector<SequenceSpan>> spans_from(std::string_view text)
{
    return list_from<SequenceSpan>(text, take_span);
}

std::optional<std::vector<std::int64_t>> numbers_from(std::string_view text)
{
    return list_from<std::int64_t>(text, take_number);
}

}
