#include "storage/samples/number_column.hpp"

#include "storage/samples/varint.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>

namespace storage {

namespace {

// The low bits (bits.hpp) of what stands before the differences: the first number, the factor.
constexpr unsigned first_low_bits = 20;
constexpr unsigned factor_low_bits = 4;
constexpr unsigned order_width = 2;
constexpr unsigned low_bits_width = 6;

// What is written of each number after the first.
enum Order : std::size_t { from_first = 0, steps = 1, changes = 2, order_count = 3 };

// All arithmetic is modulo 2^64, so that any two numbers have a difference.
using Word = std::uint64_t;
constexpr Word word(std::int64_t number) { return static_cast<Word>(number); }
constexpr std::int64_t number(Word value) { return static_cast<std::int64_t>(value); }
constexpr Word magnitude(Word step) { return number(step) < 0 ? 0 - step : step; }

// 1, when all steps are zero.
Word common_factor(std::span<Word const> all_steps)
{
    Word factor = 0;
    for (Word const step : all_steps) {
        Word const size = magnitude(step);
        if (factor == 0 || size % factor != 0) factor = std::gcd(factor, size);
        if (factor == 1) break;
    }
    return std::max<Word>(factor, 1);
}

using Differences = std::array<std::vector<Word>, order_count>;

// In each order, zigzagged.
Differences differences_of(std::span<Word const> all_steps, Word factor)
{
    Differences result;
    for (auto& differences : result) {
        differences.reserve(all_steps.size());
    }
    Word sum = 0;
    Word previous = 0;
    for (Word const step : all_steps) {
        Word const size = magnitude(step) / factor;
        Word const scaled = number(step) < 0 ? 0 - size : size;
        sum += scaled;
        result[from_first].push_back(zigzag(number(sum)));
        result[steps].push_back(zigzag(number(scaled)));
        result[changes].push_back(zigzag(number(scaled - previous)));
        previous = scaled;
    }
    return result;
}

// Roughly: without low bits.
std::size_t rough_size(std::vector<Word> const& differences)
{
    std::size_t bits = 0;
    for (Word const difference : differences) {
        bits += static_cast<std::size_t>(std::bit_width(difference));
    }
    return bits;
}

std::size_t size_with(std::vector<Word> const& differences, unsigned low_bits)
{
    std::size_t bits = 0;
    for (Word const difference : differences) {
        bits += number_bits(difference, low_bits);
    }
    return bits;
}

// Downhill from what suits the average length.
unsigned best_low_bits(std::vector<Word> const& differences, std::size_t rough)
{
    auto low_bits = static_cast<unsigned>(rough / differences.size());
    low_bits = std::min(low_bits, most_low_bits);
    std::size_t size = size_with(differences, low_bits);
    for (int const direction : {-1, 1}) {
        bool is_better = false;
        do {
            unsigned const next = low_bits + static_cast<unsigned>(direction);
            if (next > most_low_bits) break;  // also what would be below 0
            std::size_t const next_size = size_with(differences, next);
            is_better = next_size < size;
            if (is_better) {
                low_bits = next;
                size = next_size;
            }
        } while (is_better);
    }
    return low_bits;
}

}

void put_column(BitWriter& bits, std::span<std::int64_t const> numbers)
{
    bits.put_number(zigzag(numbers.front()), first_low_bits);
    if (numbers.size() == 1) return;

    std::vector<Word> all_steps;
    all_steps.reserve(numbers.size() - 1);
    for (std::size_t i = 1; i < numbers.size(); ++i) {
        all_steps.push_back(word(numbers[i]) - word(numbers[i - 1]));
    }
    Word const factor = common_factor(all_steps);
    Differences const differences = differences_of(all_steps, factor);
    std::array<std::size_t, order_count> sizes{};
    std::ranges::transform(differences, sizes.begin(), rough_size);
    auto const best = static_cast<std::size_t>(std::ranges::min_element(sizes) - sizes.begin());
    unsigned const low_bits = best_low_bits(differences[best], sizes[best]);

    bits.put_number(factor - 1, factor_low_bits);
    bits.put(best, order_width);
    bits.put(low_bits, low_bits_width);
    for (Word const difference : differences[best]) {
        bits.put_number(difference, low_bits);
    }
}

std::vector<std::int64_t> take_column(BitReader& bits, std::size_t count)
{
    Word const first = word(from_zigzag(bits.take_number(first_low_bits)));
    // Each further number takes a bit: so many can be there.
    if (count - 1 > bits.bits_left()) bits.give_up();
    if (bits.has_failed()) return {};
    std::vector<std::int64_t> numbers;
    numbers.reserve(count);
    numbers.push_back(number(first));
    if (count == 1) return numbers;

    Word const factor = bits.take_number(factor_low_bits) + 1;
    auto const order = bits.take(order_width);
    auto const low_bits = static_cast<unsigned>(bits.take(low_bits_width));
    Word value = first;
    Word step = 0;
    for (std::size_t i = 1; i < count; ++i) {
        Word const difference = word(from_zigzag(bits.take_number(low_bits)));
        if (order == from_first) {
            value = first + difference * factor;
        } else {
            step = order == steps ? difference : step + difference;
            value += step * factor;
        }
        numbers.push_back(number(value));
    }
    return numbers;
}

}
