// Samples of one session, packed: column by column, each value told by how it differs from the ones
// before. A sample of nine values takes some ten bytes.
#pragma once

#include "storage/entities.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace storage {

// Which values are wanted.
enum class Detail {
    everything,
    common,  // without `others`, which takes a fraction of the time
};

// `samples`, at least one, are of one session, ascending, each once; their `others` are ascending
// and of known channels. The same samples give the same bytes.
std::vector<std::uint8_t> encode_block(std::span<MeterSample const> samples);

// The samples that were encoded, said to be of `session`. None: the bytes are not from
// encode_block(), as far as they were looked at (`common`: up to the others).
std::optional<std::vector<MeterSample>> decode_block(
    SessionId session, std::span<std::uint8_t const> bytes, Detail detail = Detail::everything);

}
