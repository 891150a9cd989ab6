// Current as an exact integer, and the lines of the grid.
#pragma once

#include <array>
#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>

namespace balancing {

// Whole nanoamperes: sums are exact, so "no limit exceeded" is a statement about integers, and a
// share is still right to a millionth of an ampere where it was shared among a thousand.
struct Current {
    std::int64_t nanoamperes{};

    // Down to whole milliamperes.
    constexpr std::int64_t whole_milliamperes() const
    {
        constexpr std::int64_t unit = 1'000'000;
        std::int64_t const whole = nanoamperes / unit;
        return whole * unit > nanoamperes ? whole - 1 : whole;  // negative ones go down, too
    }
    constexpr double amperes() const { return static_cast<double>(nanoamperes) / 1e9; }

    // clang-tidy 14 takes the 0 inside a defaulted comparison for a pointer.
    friend constexpr auto operator<=>(Current, Current) = default;  // NOLINT(modernize-use-nullptr)
    friend constexpr Current operator+(Current a, Current b)
    {
        return {a.nanoamperes + b.nanoamperes};
    }
    friend constexpr Current operator-(Current a, Current b)
    {
        return {a.nanoamperes - b.nanoamperes};
    }
    constexpr Current& operator+=(Current b) { return nanoamperes += b.nanoamperes, *this; }
    constexpr Current& operator-=(Current b) { return nanoamperes -= b.nanoamperes, *this; }
};

constexpr Current milliampere(std::int64_t milliamperes) { return {milliamperes * 1'000'000}; }
constexpr Current ampere(std::int64_t amperes) { return milliampere(amperes * 1000); }

inline constexpr std::size_t line_count = 3;

// One value per line of the board: L1, L2, L3.
using PerLine = std::array<Current, line_count>;

constexpr PerLine on_all_lines(Current current) { return {current, current, current}; }

// Of a clock that the caller chooses (the start of the day, of the engine, of the epoch): only
// differences and comparisons are made.
using Seconds = std::chrono::seconds;

}
