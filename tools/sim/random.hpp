// A small seeded generator. Its numbers are the same on every machine, which the standard library's
// distributions do not promise.
#pragma once

#include <cstdint>

namespace sim {

// SplitMix64 (Steele, Lea, Flood 2014): 8 bytes of state, so thousands of stations can own one
// each.
class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next()
    {
        state_ += 0x9e3779b97f4a7c15ULL;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }

    // A whole number from `low` to `high`, both included. Precondition: low <= high.
    std::int64_t between(std::int64_t low, std::int64_t high)
    {
        auto const span = static_cast<std::uint64_t>(high - low) + 1;
        return low + static_cast<std::int64_t>(span == 0 ? next() : next() % span);
    }

    // True in `percent` of 100 cases.
    bool chance(int percent) { return between(1, 100) <= percent; }

private:
    std::uint64_t state_;
};

}
