// A water level: how much current each unit of weight has reached. An exact fraction.
#pragma once

#include <compare>
#include <cstdint>

namespace balancing {

// The products of two levels need more than 64 bits: 2^30 mA times the summed weights of a large
// installation. GCC and Clang have the type on every 64-bit machine.
__extension__ using Wide = __int128;

struct Level {
    std::int64_t current = 0;  // mA
    std::int64_t weight = 1;   // > 0

    friend std::weak_ordering operator<=>(Level a, Level b)
    {
        Wide const left = Wide{a.current} * b.weight;
        Wide const right = Wide{b.current} * a.weight;
        if (left == right) return std::weak_ordering::equivalent;
        return left < right ? std::weak_ordering::less : std::weak_ordering::greater;
    }
    friend bool operator==(Level a, Level b) { return std::is_eq(a <=> b); }
};

// The whole quanta, in mA, that something of this weight has at the level.
inline std::int64_t whole_quanta(Level level, std::int64_t weight, std::int64_t quantum)
{
    Wide const quanta = Wide{weight} * level.current / (Wide{level.weight} * quantum);
    return static_cast<std::int64_t>(quanta) * quantum;
}

}
