// A column of numbers that resemble each other, as few bits.
//
// What all steps from one number to the next have in common as a factor is divided out: a current
// that is reported in tenths of an ampere needs no milliampere's bits. Then the differences from
// the first number, the steps, or the changes of the steps are written, whichever are the smallest.
#pragma once

#include "storage/samples/bits.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace storage {

// Any numbers, at least one. Each but the first takes at least one bit.
void put_column(BitWriter& bits, std::span<std::int64_t const> numbers);

// `count` >= 1 numbers. What is not a column makes `bits` fail, and then the numbers mean nothing.
std::vector<std::int64_t> take_column(BitReader& bits, std::size_t count);

}
