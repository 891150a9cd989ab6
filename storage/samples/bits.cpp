#include "storage/samples/bits.hpp"

#include <bit>
#include <limits>
#include <utility>

namespace storage {

namespace {

constexpr unsigned byte_bits = 8;
constexpr unsigned word_bits = 64;
constexpr unsigned half_bits = 32;
constexpr std::uint64_t largest = std::numeric_limits<std::uint64_t>::max();

constexpr std::uint64_t lowest(std::uint64_t value, unsigned width)
{
    return width == word_bits ? value : value & ((std::uint64_t{1} << width) - 1);
}

}

unsigned number_bits(std::uint64_t number, unsigned low_bits)
{
    std::uint64_t const high = number >> low_bits;
    if (high == largest) return word_bits;
    return 2 * static_cast<unsigned>(std::bit_width(high + 1)) - 1 + low_bits;
}

void BitWriter::put(std::uint64_t value, unsigned width)
{
    if (width > half_bits) {
        put(value >> half_bits, width - half_bits);
        value = lowest(value, half_bits);
        width = half_bits;
    }
    pending_ = pending_ << width | value;
    width_ += width;
    while (width_ >= byte_bits) {
        width_ -= byte_bits;
        bytes_.push_back(static_cast<std::uint8_t>(pending_ >> width_));
    }
}

// 2^64 - 1 has no successor to be written: it is 64 zeros, and can have no low bits.
void BitWriter::put_number(std::uint64_t number, unsigned low_bits)
{
    std::uint64_t const high = number >> low_bits;
    if (high == largest) {
        put(0, word_bits);
        return;
    }
    auto const width = static_cast<unsigned>(std::bit_width(high + 1));
    if (width + low_bits <= half_bits) {  // the usual case, in one go
        put((high + 1) << low_bits | lowest(number, low_bits), 2 * width - 1 + low_bits);
        return;
    }
    put(0, width - 1);
    put(high + 1, width);
    put(lowest(number, low_bits), low_bits);
}

std::vector<std::uint8_t> BitWriter::finish()
{
    if (width_ > 0) put(0, byte_bits - width_);
    return std::move(bytes_);
}

std::uint64_t BitReader::next_64() const
{
    constexpr std::size_t word_bytes = word_bits / byte_bits;
    std::size_t const first = at_ / byte_bits;
    auto const offset = static_cast<unsigned>(at_ % byte_bits);
    auto const byte_at = [this](std::size_t place) {
        return place < bytes_.size() ? bytes_[place] : std::uint8_t{0};
    };
    std::uint64_t word = 0;
    if (first + word_bytes <= bytes_.size()) {
        // GCC and Clang make one instruction of it.
        std::uint8_t const* const b = bytes_.data() + first;
        word = std::uint64_t{b[0]} << 56 | std::uint64_t{b[1]} << 48 | std::uint64_t{b[2]} << 40 |
               std::uint64_t{b[3]} << 32 | std::uint64_t{b[4]} << 24 | std::uint64_t{b[5]} << 16 |
               std::uint64_t{b[6]} << 8 | std::uint64_t{b[7]};
    } else {
        for (std::size_t i = 0; i < word_bytes; ++i) {
            word = word << byte_bits | byte_at(first + i);
        }
    }
    if (offset == 0) return word;
    return word << offset | std::uint64_t{byte_at(first + word_bytes)} >> (byte_bits - offset);
}

std::uint64_t BitReader::fail()
{
    has_failed_ = true;
    at_ = bytes_.size() * byte_bits;
    return 0;
}

std::uint64_t BitReader::take(unsigned width)
{
    if (width == 0) return 0;
    if (width > bits_left()) return fail();
    std::uint64_t const value = next_64() >> (word_bits - width);
    at_ += width;
    return value;
}

std::uint64_t BitReader::take_number(unsigned low_bits)
{
    std::uint64_t const ahead = next_64();
    auto const zeros = static_cast<unsigned>(std::countl_zero(ahead));
    if (zeros == word_bits) {
        if (low_bits != 0 || bits_left() < word_bits) return fail();
        at_ += word_bits;
        return largest;
    }
    unsigned const width = 2 * zeros + 1 + low_bits;
    if (width > bits_left()) return fail();
    if (width <= word_bits) {
        at_ += width;
        std::uint64_t const number = ahead >> (word_bits - width);
        return number - (std::uint64_t{1} << low_bits);
    }
    at_ += zeros;
    std::uint64_t const high = take(zeros + 1) - 1;
    if (high > largest >> low_bits) return fail();
    return high << low_bits | take(low_bits);
}

bool BitReader::is_at_end() const
{
    if (has_failed_ || bits_left() >= byte_bits) return false;
    return bits_left() == 0 || next_64() == 0;
}

}
