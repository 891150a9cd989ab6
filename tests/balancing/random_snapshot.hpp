// Random installations from a seed: every size of trouble that a snapshot can hold.
#pragma once

#include "balancing/snapshot.hpp"

#include <cstdint>
#include <random>
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

private:
    std::mt19937_64 engine_;
};

struct Mix {
    std::size_t most_nodes = 10;
    std::size_t most_evses = 14;
    std::vector<std::int64_t> quanta_ma{100, 250, 1000};
    std::vector<double> weights{1, 1, 1, 2, 3, 0.5, 8};  // exact in binary, so ties are real ties
    bool one_quantum = false;  // the same for all EVSEs of an installation
    bool one_weight = false;
    bool any_weight = false;  // arbitrary numbers instead of `weights`
    int reserved_percent = 10;
    int plenty_percent = 20;  // nodes with a limit that rarely binds
};

balancing::Snapshot random_snapshot(Dice& dice, Mix const& mix);

// `order[i]` is the new index of node i.
std::vector<std::size_t> random_order(Dice& dice, std::size_t size);

}
