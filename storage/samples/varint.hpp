// Numbers as few bytes: seven bits to a byte, the lowest first, the top bit set while more follow.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace storage {

// Small numbers of either sign become small: 0, -1, 1, -2 are 0, 1, 2, 3.
constexpr std::uint64_t zigzag(std::int64_t value)
{
    return static_cast<std::uint64_t>(value) << 1 ^ static_cast<std::uint64_t>(value >> 63);
}
constexpr std::int64_t from_zigzag(std::uint64_t value)
{
    return static_cast<std::int64_t>(value >> 1 ^ (0 - (value & 1)));
}

void append_varint(std::vector<std::uint8_t>& bytes, std::uint64_t value);
// Takes a number from the front of `bytes`. None: they end before it does, or it is longer than
// append_varint() would have made it.
std::optional<std::uint64_t> take_varint(std::span<std::uint8_t const>& bytes);

}
