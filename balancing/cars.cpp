#include "balancing/cars.hpp"

#include <algorithm>
#include <cmath>

namespace balancing {

namespace {

constexpr std::int64_t round_down(std::int64_t value, std::int64_t quantum)
{
    return value / quantum * quantum;
}

constexpr std::int64_t round_up(std::int64_t value, std::int64_t quantum)
{
    return (value + quantum - 1) / quantum * quantum;
}

}

std::int64_t quantum_of(Grid grid, Evse const& evse)
{
    if (evse.quantum_w == 0) return std::max<std::int64_t>(evse.quantum.nanoamperes, 1);
    constexpr std::int64_t nanoamperes_per_ampere = 1'000'000'000;
    int const phases = evse.phases == 0 ? 1 : std::max(1, phases_of(loading_of(grid, evse)));
    std::int64_t const volts = lowest_voltage * phases;
    return (evse.quantum_w * nanoamperes_per_ampere + volts - 1) / volts;
}

void make_cars(Snapshot const& snapshot, Tree const& tree, std::vector<Car>& cars)
{
    cars.resize(snapshot.evses.size());
    for (std::size_t index = 0; index < cars.size(); ++index) {
        Evse const& evse = snapshot.evses[index];
        Car& car = cars[index];
        car.node = tree.rank_of(evse.node);
        car.loading = loading_of(snapshot.grid, evse);
        car.quantum = quantum_of(snapshot.grid, evse);
        car.least = round_up(evse.min.nanoamperes, car.quantum);
        car.most = round_down(most_of(evse.max).nanoamperes, car.quantum);
        car.weight = 1;
        car.current = 0;
    }
}

void set_weights(
    Snapshot const& snapshot, std::span<std::uint32_t const> members, std::vector<Car>& cars)
{
    double largest = 0;
    for (std::uint32_t const member : members)
        largest = std::max(largest, snapshot.evses[member].weight);
    int exponent = 0;
    std::frexp(largest, &exponent);  // largest = m * 2^exponent with m below 1
    for (std::uint32_t const member : members) {
        double const scaled = std::ldexp(
            snapshot.evses[member].weight, whole_weight_bits - exponent);
        cars[member].weight = std::max<std::int64_t>(std::llround(scaled), 1);
    }
}

}
