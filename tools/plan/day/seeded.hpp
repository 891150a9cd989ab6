// Random numbers that are the same on every machine, which the standard's distributions do not
// promise.
#pragma once

#include <cstddef>
#include <cstdint>

namespace plan {

class Seeded {
public:
    explicit Seeded(std::uint64_t seed) : state_(seed) {}

    // From 0 up to, but not including, 1. SplitMix64 (Steele, Lea, Flood 2014), its upper 53 bits.
    double part()
    {
        state_ += 0x9e3779b97f4a7c15ULL;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return static_cast<double>((z ^ (z >> 31)) >> 11) / 9007199254740992.0;
    }

    double between(double least, double most) { return least + (most - least) * part(); }

    // Below `size`, which is above 0.
    std::size_t index(std::size_t size)
    {
        return static_cast<std::size_t>(part() * static_cast<double>(size));
    }

    // Mean 0, variance 1, within 6 either way: the sum of twelve uniform numbers needs no
    // logarithm, whose last digit differs between libraries.
    double near_normal()
    {
        double sum = -6;
        for (int i = 0; i < 12; ++i) sum += part();
        return sum;
    }

private:
    std::uint64_t state_;
};

}
