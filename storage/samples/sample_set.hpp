// Samples of one session as a set: put together, and cut into pieces that make blocks.
#pragma once

#include "storage/entities.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace storage {

// Sorts by MeterSample's order, each once, with `others` ascending.
void make_set(std::vector<MeterSample>& samples);

// Both are sets, and so is what they give.
std::vector<MeterSample> united(
    std::span<MeterSample const> left, std::span<MeterSample const> right);

enum class Cut {
    full,   // each piece but the last is full: where samples are added at the end
    alike,  // pieces of like size: where samples come in between
};

// Pieces of a set, each of at most `most` samples; more only where one instant has more, as an
// instant is never cut.
std::vector<std::span<MeterSample const>> pieces_of(
    std::span<MeterSample const> samples, std::size_t most, Cut cut);

}
