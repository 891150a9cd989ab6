#include "ocpp/json_text.hpp"

#include "ocpp/utf8.hpp"

#include <bit>
#include <cstdint>
#include <cstring>

namespace ocpp {

namespace {

constexpr std::uint64_t every_byte(unsigned char byte) { return 0x0101010101010101U * byte; }

// For eight characters at once: the top bit of each that ends a plain run of a string (a quote, a
// backslash, a control character) or needs a look because it is not ASCII. The lowest bit is right;
// a byte above one that is special may be marked without being so, from the borrow.
std::uint64_t special(std::uint64_t eight)
{
    auto const zeros = [](std::uint64_t word) { return (word - every_byte(0x01)) & ~word; };
    auto const below_space = (eight - every_byte(0x20)) & ~eight;
    return (below_space | eight | zeros(eight ^ every_byte('"')) |
               zeros(eight ^ every_byte('\\'))) &
           every_byte(0x80);
}

bool is_special(char c)
{
    auto const byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte >= 0x80 || c == '"' || c == '\\';
}

char const* skip_plain(char const* at, char const* end)
{
    constexpr std::ptrdiff_t width = sizeof(std::uint64_t);
    for (; end - at >= width; at += width) {
        std::uint64_t eight = 0;
        std::memcpy(&eight, at, sizeof eight);
        auto const found = special(eight);
        if (found == 0) continue;
        if constexpr (std::endian::native == std::endian::little)
            return at + std::countr_zero(found) / 8;
        break;
    }
    while (at != end && !is_special(*at)) ++at;
    return at;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

char const* skip_digits(char const* at, char const* end)
{
    while (at != end && is_digit(*at)) ++at;
    return at;
}

// Four hexadecimal digits, or nothing.
std::optional<std::uint32_t> code_unit(char const* at, char const* end)
{
    constexpr std::ptrdiff_t digits = 4;
    if (end - at < digits) return std::nullopt;
    std::uint32_t unit = 0;
    for (char const* digit = at; digit != at + digits; ++digit) {
        char const c = *digit;
        std::uint32_t value = 0;
        if (is_digit(c))
            value = static_cast<std::uint32_t>(c - '0');
        else if (c >= 'a' && c <= 'f')
            value = static_cast<std::uint32_t>(c - 'a' + 10);
        else if (c >= 'A' && c <= 'F')
            value = static_cast<std::uint32_t>(c - 'A' + 10);
        else
            return std::nullopt;
        unit = unit * 16 + value;
    }
    return unit;
}

void append_utf8(std::string& out, std::uint32_t point)
{
    auto const put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
    auto const continuation = [&](std::uint32_t bits) { put(0x80U | (bits & 0x3FU)); };
    if (point < 0x80) {
        put(point);
    } else if (point < 0x800) {
        put(0xC0U | (point >> 6U));
        continuation(point);
    } else if (point < 0x10000) {
        put(0xE0U | (point >> 12U));
        continuation(point >> 6U);
        continuation(point);
    } else {
        put(0xF0U | (point >> 18U));
        continuation(point >> 12U);
        continuation(point >> 6U);
        continuation(point);
    }
}

}

bool JsonText::fail()
{
    good_ = false;
    at_ = end_;
    return false;
}

bool JsonText::at_end()
{
    skip_space();
    return good_ && at_ == end_;
}

JsonKind JsonText::kind()
{
    skip_space();
    if (at_ == end_) return JsonKind::none;
    switch (*at_) {
    case '{': return JsonKind::object;
    case '[': return JsonKind::list;
    case '"': return JsonKind::text;
    case 't':
    case 'f': return JsonKind::boolean;
    case 'n': return JsonKind::null;
    default: return *at_ == '-' || is_digit(*at_) ? JsonKind::number : JsonKind::none;
    }
}

std::optional<std::string_view> JsonText::string()
{
    if (!expect('"')) return std::nullopt;
    char const* const begin = at_;
    for (;;) {
        at_ = skip_plain(at_, end_);
        if (at_ == end_) break;
        if (*at_ == '"') {
            std::string_view const plain(begin, static_cast<std::size_t>(at_ - begin));
            ++at_;
            return plain;
        }
        if (*at_ == '\\') {
            unescaped_.assign(begin, at_);
            if (!unescape(unescaped_)) break;
            return std::string_view(unescaped_);
        }
        auto const size = leading_character_size({at_, static_cast<std::size_t>(end_ - at_)});
        if (size < 2) break;  // a control character, or not UTF-8
        at_ += size;
    }
    fail();
    return std::nullopt;
}

// The rest of a string whose first escape comes next, up to its quote.
bool JsonText::unescape(std::string& out)
{
    constexpr std::string_view letters = "\"\\/bfnrt";
    constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    while (at_ != end_ && *at_ != '"') {
        if (*at_ != '\\') {
            auto const* const plain = skip_plain(at_, end_);
            auto const other = plain == at_ ? leading_character_size(
                                                  {at_, static_cast<std::size_t>(end_ - at_)})
                                            : 0;
            if (plain == at_ && other < 2) return false;
            auto const* const until = plain + other;
            out.append(at_, until);
            at_ = until;
            continue;
        }
        ++at_;
        if (at_ == end_) return false;
        if (auto const letter = letters.find(*at_); letter != letters.npos) {
            out += meanings[letter];
            ++at_;
            continue;
        }
        if (*at_ != 'u') return false;
        constexpr std::ptrdiff_t size = 5;  // uXXXX
        auto point = code_unit(at_ + 1, end_);
        if (!point) return false;
        at_ += size;
        if (*point >= 0xDC00 && *point <= 0xDFFF) return false;  // half a pair
        if (*point >= 0xD800 && *point <= 0xDBFF) {
            if (end_ - at_ < size + 1 || at_[0] != '\\' || at_[1] != 'u') return false;
            auto const low = code_unit(at_ + 2, end_);
            if (!low || *low < 0xDC00 || *low > 0xDFFF) return false;
            at_ += size + 1;
            point = 0x10000U + ((*point - 0xD800U) << 10U) + (*low - 0xDC00U);
        }
        append_utf8(out, *point);
    }
    if (at_ == end_) return false;
    ++at_;
    return true;
}

std::optional<JsonNumber> JsonText::number()
{
    skip_space();
    char const* const begin = at_;
    char const* at = at_;
    auto const failure = [&] {
        fail();
        return std::nullopt;
    };
    if (at != end_ && *at == '-') ++at;
    if (at == end_ || !is_digit(*at)) return failure();
    at = *at == '0' ? at + 1 : skip_digits(at, end_);
    bool whole = true;
    if (at != end_ && *at == '.') {
        char const* const fraction = ++at;
        at = skip_digits(at, end_);
        if (at == fraction) return failure();
        whole = false;
    }
    if (at != end_ && (*at == 'e' || *at == 'E')) {
        ++at;
        if (at != end_ && (*at == '+' || *at == '-')) ++at;
        char const* const exponent = at;
        at = skip_digits(at, end_);
        if (at == exponent) return failure();
        whole = false;
    }
    at_ = at;
    return JsonNumber{{begin, static_cast<std::size_t>(at - begin)}, whole};
}

bool JsonText::literal(std::string_view word)
{
    skip_space();
    if (!rest().starts_with(word)) return fail();
    at_ += word.size();
    return true;
}

std::optional<bool> JsonText::boolean()
{
    skip_space();
    bool const value = at_ != end_ && *at_ == 't';
    if (!literal(value ? "true" : "false")) return std::nullopt;
    return value;
}

bool JsonText::null() { return literal("null"); }

std::optional<std::string_view> JsonText::name()
{
    auto const name = string();
    if (!name || !expect(':')) return std::nullopt;
    return name;
}

std::optional<std::string_view> JsonText::value()
{
    skip_space();
    char const* const begin = at_;
    if (!skip_value(deepest_nesting)) return std::nullopt;
    return std::string_view(begin, static_cast<std::size_t>(at_ - begin));
}

std::optional<std::string_view> JsonText::nothing()
{
    constexpr std::string_view null = "null";
    constexpr std::string_view empties[] = {"[]", "{}", "\"\""};
    skip_space();
    if (at_ == end_) return std::nullopt;
    char const* const begin = at_;
    if (*begin == null.front() && take(null)) return null;
    for (auto const empty : empties) {
        if (*begin != empty.front()) continue;
        ++at_;
        if (empty.front() != empty.back()) skip_space();
        if (at_ != end_ && *at_ == empty.back()) {
            ++at_;
            return std::string_view(begin, static_cast<std::size_t>(at_ - begin));
        }
        at_ = begin;
    }
    return std::nullopt;
}

bool JsonText::skip_value(int depth)
{
    if (depth == 0) return fail();
    bool first = true;
    switch (kind()) {
    case JsonKind::text: return string().has_value();
    case JsonKind::number: return number().has_value();
    case JsonKind::boolean: return boolean().has_value();
    case JsonKind::null: return null();
    case JsonKind::none: return fail();
    case JsonKind::list:
        ++at_;
        while (more(']', first))
            if (!skip_value(depth - 1)) return false;
        return good_;
    case JsonKind::object:
        ++at_;
        while (more('}', first))
            if (!name() || !skip_value(depth - 1)) return false;
        return good_;
    }
    return fail();
}

std::size_t plain_size(std::string_view text)
{
    auto const* const begin = text.data();
    return static_cast<std::size_t>(skip_plain(begin, begin + text.size()) - begin);
}

bool is_json(std::string_view text)
{
    JsonText json(text);
    return json.value() && json.at_end();
}

}
