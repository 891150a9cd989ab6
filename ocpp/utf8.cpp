#include "ocpp/utf8.hpp"

namespace ocpp {

namespace {

unsigned byte_at(std::string_view text, std::size_t index)
{
    return static_cast<unsigned char>(text[index]);
}

bool is_continuation(unsigned byte) { return (byte & 0xC0U) == 0x80U; }

// The form of a character is given by its first byte; the second byte's range is narrower than a
// continuation's where overlong forms, surrogates and values above U+10FFFF would begin.
struct Form {
    unsigned first_from, first_to;
    unsigned second_from, second_to;
    std::size_t size;
};
constexpr Form forms[] = {
    {0xC2, 0xDF, 0x80, 0xBF, 2},
    {0xE0, 0xE0, 0xA0, 0xBF, 3},
    {0xE1, 0xEC, 0x80, 0xBF, 3},
    {0xED, 0xED, 0x80, 0x9F, 3},
    {0xEE, 0xEF, 0x80, 0xBF, 3},
    {0xF0, 0xF0, 0x90, 0xBF, 4},
    {0xF1, 0xF3, 0x80, 0xBF, 4},
    {0xF4, 0xF4, 0x80, 0x8F, 4},
};

}

std::size_t count_characters(std::string_view text)
{
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (!is_continuation(byte_at(text, i))) ++count;
    return count;
}

std::size_t leading_character_size(std::string_view text)
{
    if (text.empty()) return 0;
    unsigned const first = byte_at(text, 0);
    if (first < 0x80) return 1;
    for (Form const& form : forms) {
        if (first < form.first_from || first > form.first_to) continue;
        if (text.size() < form.size) return 0;
        unsigned const second = byte_at(text, 1);
        if (second < form.second_from || second > form.second_to) return 0;
        for (std::size_t i = 2; i < form.size; ++i)
            if (!is_continuation(byte_at(text, i))) return 0;
        return form.size;
    }
    return 0;
}

bool is_utf8(std::string_view text)
{
    while (!text.empty()) {
        std::size_t const size = leading_character_size(text);
        if (size == 0) return false;
        text.remove_prefix(size);
    }
    return true;
}

std::string_view first_characters(std::string_view text, std::size_t limit)
{
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (!is_continuation(byte_at(text, i)) && count++ == limit) return text.substr(0, i);
    return text;
}

}
