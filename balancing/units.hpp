// Current as an exact integer, and lines of the grid.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>

namespace balancing {

// Integer milliamperes: sums are exact, so "no limit exceeded" is a statement about integers.
struct Milliampere {
    std::int64_t value{};

    // clang-tidy 14 takes the 0 inside a defaulted comparison for a pointer.
    friend constexpr auto operator<=>(
        Milliampere, Milliampere) = default;  // NOLINT(modernize-use-nullptr)
    friend constexpr Milliampere operator+(Milliampere a, Milliampere b)
    {
        return {a.value + b.value};
    }
    friend constexpr Milliampere operator-(Milliampere a, Milliampere b)
    {
        return {a.value - b.value};
    }
    constexpr Milliampere& operator+=(Milliampere b) { return value += b.value, *this; }
    constexpr Milliampere& operator-=(Milliampere b) { return value -= b.value, *this; }
};

constexpr Milliampere ampere(std::int64_t amperes) { return {amperes * 1000}; }

inline constexpr std::size_t line_count = 3;

// One value per line of the board: L1, L2, L3.
using PerLine = std::array<Milliampere, line_count>;

constexpr PerLine on_all_lines(Milliampere current) { return {current, current, current}; }

// Which lines something loads: L1, L2, L3.
using LineSet = std::array<bool, line_count>;

}
