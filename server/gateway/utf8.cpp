#include "server/gateway/utf8.hpp"

#include <array>

namespace gateway {

namespace {

// Lead bytes of one length, and what their second byte may be: the narrow ranges shut out overlong
// forms, surrogates and code points above U+10FFFF. Further bytes are 80..BF.
struct Form {
    unsigned char first_lead, last_lead;
    unsigned char first_second, last_second;
    std::size_t length;
};
constexpr std::array forms{
    Form{0xC2, 0xDF, 0x80, 0xBF, 2},
    Form{0xE0, 0xE0, 0xA0, 0xBF, 3},
    Form{0xE1, 0xEC, 0x80, 0xBF, 3},
    Form{0xED, 0xED, 0x80, 0x9F, 3},
    Form{0xEE, 0xEF, 0x80, 0xBF, 3},
    Form{0xF0, 0xF0, 0x90, 0xBF, 4},
    Form{0xF1, 0xF3, 0x80, 0xBF, 4},
    Form{0xF4, 0xF4, 0x80, 0x8F, 4},
};

unsigned char byte_at(std::string_view text, std::size_t i)
{
    return static_cast<unsigned char>(text[i]);
}

bool is_continuation(unsigned char byte) { return byte >= 0x80 && byte <= 0xBF; }

// Bytes of the character that the text begins with; 0: it begins with none.
std::size_t character_length(std::string_view text)
{
    auto const lead = byte_at(text, 0);
    if (lead < 0x80) return 1;
    for (auto const& form : forms) {
        if (lead < form.first_lead || lead > form.last_lead) continue;
        if (text.size() < form.length) return 0;
        auto const second = byte_at(text, 1);
        if (second < form.first_second || second > form.last_second) return 0;
        for (std::size_t i = 2; i < form.length; ++i)
            if (!is_continuation(byte_at(text, i))) return 0;
        return form.length;
    }
    return 0;
}

}

std::optional<std::size_t> utf8_length(std::string_view text)
{
    std::size_t characters = 0;
    while (!text.empty()) {
        auto const length = character_length(text);
        if (length == 0) return std::nullopt;
        text.remove_prefix(length);
        ++characters;
    }
    return characters;
}

std::string_view utf8_prefix(std::string_view text, std::size_t bytes)
{
    if (text.size() <= bytes) return text;
    while (bytes > 0 && is_continuation(byte_at(text, bytes))) --bytes;
    return text.substr(0, bytes);
}

}
