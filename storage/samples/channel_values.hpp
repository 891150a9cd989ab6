// The values that a sample holds beside the common ones, as bytes: one after the other, each a
// number for its channel and a number for its value (varint.hpp).
#pragma once

#include "storage/measurands.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace storage {

// Each part of the channel is a value that measurands.hpp names.
bool is_known(Channel const& channel);

// One number for a known channel, below channel_code_end, ascending as channels do. The numbers are
// stored and stay.
std::uint64_t channel_code(Channel const& channel);
inline constexpr std::uint64_t channel_code_end = std::uint64_t{measurand_count} << 8;
// None: no channel has that number.
std::optional<Channel> channel_from(std::uint64_t code);

// `values` are of known channels. Read back, they are the same in the same order.
std::vector<std::uint8_t> values_to_bytes(std::span<ChannelValue const> values);
// None: these bytes are not from values_to_bytes().
std::optional<std::vector<ChannelValue>> values_from_bytes(std::span<std::uint8_t const> bytes);

}
