// Numbers as few bits, the highest bit of each byte first.
//
// A number is written with a parameter, its `low_bits`: these stand as they are, and before them
// what is above them, in the Exp-Golomb code: as many zeros as it has bits after its first. So
// numbers below 2^low_bits take low_bits + 1 bits, and each doubling takes two more.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace storage {

inline constexpr unsigned most_low_bits = 63;

// What put_number() takes, in bits.
unsigned number_bits(std::uint64_t number, unsigned low_bits);

class BitWriter {
public:
    void put(std::uint64_t value, unsigned width);  // value < 2^width, width <= 64
    void put_number(std::uint64_t number, unsigned low_bits);
    std::vector<std::uint8_t> finish();  // zeros to the end of the last byte

private:
    std::vector<std::uint8_t> bytes_;
    std::uint64_t pending_ = 0;  // its lowest `width_` bits are not in bytes_ yet
    unsigned width_ = 0;
};

// Reads bytes from anywhere. What is not there reads as 0, and has_failed() says so from then on.
class BitReader {
public:
    explicit BitReader(std::span<std::uint8_t const> bytes) : bytes_(bytes) {}

    std::uint64_t take(unsigned width);
    std::uint64_t take_number(unsigned low_bits);  // low_bits <= most_low_bits

    void give_up() { fail(); }  // the caller has seen that the rest means nothing
    bool has_failed() const { return has_failed_; }
    std::size_t bits_left() const { return bytes_.size() * 8 - at_; }
    // Nothing but the zeros that finish() adds is left.
    bool is_at_end() const;

private:
    std::uint64_t next_64() const;  // zeros beyond the end
    std::uint64_t fail();

    std::span<std::uint8_t const> bytes_;
    std::size_t at_ = 0;  // in bits
    bool has_failed_ = false;
};

}
