// Random installations, small enough for the oracles and full of the cases that hurt: zero and
// infinite limits, ties, caps, unknown wiring, reservations, load above the limit.
#pragma once

#include "balancing/snapshot.hpp"

#include <cstdint>
#include <random>

namespace oracle {

class Dice {
public:
    explicit Dice(std::uint64_t seed) : engine_(seed * 0x9E3779B97F4A7C15U + 1) {}

    // From low to high, both included.
    std::int64_t whole(std::int64_t low, std::int64_t high)
    {
        return low +
               static_cast<std::int64_t>(engine_() % static_cast<std::uint64_t>(high - low + 1));
    }
    bool percent(int chance) { return whole(1, 100) <= chance; }
    double real(double low, double high)
    {
        constexpr double steps = 1'000'000'000;
        return low + (high - low) * static_cast<double>(whole(0, 1'000'000'000)) / steps;
    }
    template <class T, std::size_t count>
    T of(T const (&choices)[count])
    {
        return choices[static_cast<std::size_t>(whole(0, static_cast<std::int64_t>(count) - 1))];
    }

private:
    std::mt19937_64 engine_;
};

enum class Quanta { none, tenth, one, mixed };

struct Recipe {
    balancing::Grid grid = balancing::Grid::tn;
    Quanta quanta = Quanta::none;
    std::int64_t most_nodes = 12;
    std::int64_t most_cars = 14;
    bool caps = true;  // on asymmetry and energy
    bool reservations = true;
    bool tiers = true;
    int in_order_percent = 5;
};

balancing::Snapshot random_snapshot(std::uint64_t seed, Recipe const& recipe);

// The standard installation: main fuse, blocks, panels, circuits of 8 EVSEs, 40 % of the cars on
// one phase, wiring rotated; the cars together want `demand` times what the main fuse carries. Each
// needs a whole number of amperes from 6 to `highest_min_a`.
balancing::Snapshot standard_installation(std::uint64_t seed, balancing::Grid grid,
    std::size_t cars, double demand, std::int64_t highest_min_a);

}
