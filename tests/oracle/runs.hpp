// How many random instances, and which.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

namespace oracle {

// The seeds first, first + 1, ... With KURS_SMALL_CASES_ONLY set (slow builds) a tenth of them;
// with KURS_SEED=n only n, to play one failure again.
inline std::vector<std::uint64_t> seeds(std::uint64_t first, std::size_t count)
{
    if (char const* seed = std::getenv("KURS_SEED")) return {std::stoull(seed)};
    if (std::getenv("KURS_SMALL_CASES_ONLY") != nullptr) count = (count + 9) / 10;
    std::vector<std::uint64_t> all;
    for (std::size_t i = 0; i < count; ++i) all.push_back(first + i);
    return all;
}

// Is one failure being played again? Then tests say more.
inline bool is_replay() { return std::getenv("KURS_SEED") != nullptr; }

}
