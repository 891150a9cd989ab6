#include "storage/samples/channel_values.hpp"

#include "storage/samples/varint.hpp"

namespace storage {

namespace {

constexpr std::uint8_t last_phase = static_cast<std::uint8_t>(Phase::l3_l1);
constexpr std::uint8_t last_location = static_cast<std::uint8_t>(Location::upstream);

// A channel's number, from the highest bits: measurand, phase, location; it orders as channels do.
constexpr unsigned phase_bits = 4;
constexpr unsigned location_bits = 4;
constexpr std::uint64_t phase_mask = (1U << phase_bits) - 1;
constexpr std::uint64_t location_mask = (1U << location_bits) - 1;
static_assert(last_phase <= phase_mask && last_location <= location_mask);
static_assert(channel_code_end == std::uint64_t{measurand_count} << (phase_bits + location_bits));

}

bool is_known(Channel const& channel)
{
    return static_cast<std::uint8_t>(channel.measurand) < measurand_count &&
           static_cast<std::uint8_t>(channel.phase) <= last_phase &&
           static_cast<std::uint8_t>(channel.location) <= last_location;
}

std::uint64_t channel_code(Channel const& channel)
{
    std::uint64_t const measurand{static_cast<std::uint8_t>(channel.measurand)};
    std::uint64_t const location{static_cast<std::uint8_t>(channel.location)};
    std::uint64_t const phase{static_cast<std::uint8_t>(channel.phase)};
    return (measurand << phase_bits | phase) << location_bits | location;
}

std::optional<Channel> channel_from(std::uint64_t code)
{
    if (code >= channel_code_end) return std::nullopt;
    Channel const channel{static_cast<Measurand>(code >> (phase_bits + location_bits)),
        static_cast<Phase>(code >> location_bits & phase_mask),
        static_cast<Location>(code & location_mask)};
    if (!is_known(channel)) return std::nullopt;
    return channel;
}

std::vector<std::uint8_t> values_to_bytes(std::span<ChannelValue const> values)
{
    std::vector<std::uint8_t> bytes;
    for (ChannelValue const& value : values) {
        append_varint(bytes, channel_code(value.channel));
        append_varint(bytes, zigzag(value.milli));
    }
    return bytes;
}

std::optional<std::vector<ChannelValue>> values_from_bytes(std::span<std::uint8_t const> bytes)
{
    std::vector<ChannelValue> values;
    while (!bytes.empty()) {
        auto const code = take_varint(bytes);
        auto const channel = code ? channel_from(*code) : std::nullopt;
        auto const milli = take_varint(bytes);
        if (!channel || !milli) return std::nullopt;
        values.push_back({*channel, from_zigzag(*milli)});
    }
    return values;
}

}
