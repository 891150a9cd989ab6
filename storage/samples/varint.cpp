#include "storage/samples/varint.hpp"

#include <cstddef>

namespace storage {

namespace {

constexpr unsigned bits_per_byte = 7;
constexpr std::uint8_t more_follow = 0x80;
constexpr unsigned last_shift = 63;  // one bit is left for the tenth byte

}

void append_varint(std::vector<std::uint8_t>& bytes, std::uint64_t value)
{
    while (value >= more_follow) {
        bytes.push_back(static_cast<std::uint8_t>(value) | more_follow);
        value >>= bits_per_byte;
    }
    bytes.push_back(static_cast<std::uint8_t>(value));
}

std::optional<std::uint64_t> take_varint(std::span<std::uint8_t const>& bytes)
{
    std::uint64_t value = 0;
    unsigned shift = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i, shift += bits_per_byte) {
        std::uint8_t const byte = bytes[i];
        if (shift == last_shift && byte > 1) return std::nullopt;
        value |= std::uint64_t{static_cast<std::uint8_t>(byte & ~more_follow)} << shift;
        if (byte < more_follow) {
            if (byte == 0 && i > 0) return std::nullopt;
            bytes = bytes.subspan(i + 1);
            return value;
        }
    }
    return std::nullopt;
}

}
