#include "server/gateway/percent.hpp"

namespace gateway {

namespace {

std::optional<unsigned> hex_digit(char c)
{
    if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10U;
    if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10U;
    return std::nullopt;
}

}

std::optional<std::string> percent_decode(std::string_view text)
{
    std::string decoded;
    decoded.reserve(text.size());
    while (!text.empty()) {
        if (text.front() != '%') {
            decoded += text.front();
            text.remove_prefix(1);
            continue;
        }
        if (text.size() < 3) return std::nullopt;
        auto const high = hex_digit(text[1]);
        auto const low = hex_digit(text[2]);
        if (!high || !low) return std::nullopt;
        decoded += static_cast<char>(*high * 16U + *low);
        text.remove_prefix(3);
    }
    return decoded;
}

}
