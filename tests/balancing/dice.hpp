// Random numbers from a seed, and how many random cases a test tries.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <numeric>
#include <random>
#include <utility>
#include <vector>

namespace balancing_test {

// The standard's engine gives the same numbers everywhere; its distributions do not, so ours is
// here.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : engine_(seed) {}

    // From `low` to `high`, both included.
    std::int64_t number(std::int64_t low, std::int64_t high)
    {
        auto const span = static_cast<std::uint64_t>(high - low + 1);
        return low + static_cast<std::int64_t>(engine_() % span);
    }
    // From `low` up to, but not including, `high`.
    double real(double low, double high)
    {
        constexpr int bits = 53;  // of a double's mantissa
        auto const part = static_cast<double>(engine_() >> (64 - bits)) / 9007199254740992.0;
        return low + (high - low) * part;
    }
    bool chance(int percent) { return number(1, 100) <= percent; }
    std::size_t index(std::size_t size)
    {
        return static_cast<std::size_t>(number(0, static_cast<std::int64_t>(size) - 1));
    }
    template <class T>
    T const& one_of(std::vector<T> const& values)
    {
        return values[index(values.size())];
    }
    // The numbers from 0 to size - 1 in any order.
    std::vector<std::size_t> order(std::size_t size)
    {
        std::vector<std::size_t> numbers(size);
        std::iota(numbers.begin(), numbers.end(), std::size_t{0});
        for (std::size_t left = size; left > 1; --left)
            std::swap(numbers[left - 1], numbers[index(left)]);
        return numbers;
    }

private:
    std::mt19937_64 engine_;
};

// A tenth where the environment asks for it: the sanitizers make everything slow.
inline std::uint64_t cases(std::uint64_t wanted)
{
    return std::getenv("KURS_SMALL_CASES_ONLY") == nullptr ? wanted : (wanted + 9) / 10;
}

// The seed of case number `instance` of a test: each test draws its own.
constexpr std::uint64_t seed_of(std::uint64_t test, std::uint64_t instance)
{
    return test * 10'000'000 + instance;
}

}
