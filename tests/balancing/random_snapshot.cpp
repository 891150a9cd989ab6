#include "tests/balancing/random_snapshot.hpp"

#include <numeric>
#include <utility>

namespace balancing_test {

using namespace balancing;

namespace {

PerLine random_limit(Dice& dice, Mix const& mix)
{
    if (dice.chance(mix.plenty_percent)) return on_all_lines(ampere(500));
    PerLine limit = on_all_lines({dice.number(0, 80) * 1000});
    if (dice.chance(30))
        for (Milliampere& one : limit) one = {dice.number(0, 80'000)};
    return limit;
}

LineSet random_lines(Dice& dice)
{
    LineSet lines{};
    std::int64_t const phases = dice.one_of(std::vector<std::int64_t>{1, 1, 2, 3, 3});
    std::size_t const first = dice.index(line_count);
    for (std::size_t phase = 0; phase < static_cast<std::size_t>(phases); ++phase)
        lines[(first + phase) % line_count] = true;
    return lines;
}

Evse random_evse(Dice& dice, Mix const& mix, std::size_t node_count)
{
    Evse evse;
    evse.node = dice.index(node_count);
    evse.lines = random_lines(dice);
    if (dice.chance(30)) evse.min = {dice.number(0, 10'000)};
    evse.max = dice.one_of(std::vector<Milliampere>{ampere(32), ampere(16), ampere(20), {13'370}});
    if (dice.chance(20)) evse.max = {dice.number(0, 40'000)};
    evse.quantum = {dice.one_of(mix.quanta_ma)};
    evse.weight = dice.one_of(mix.weights);
    if (mix.any_weight) evse.weight = static_cast<double>(dice.number(1, 1'000'000)) / 7919.0;
    if (dice.chance(mix.reserved_percent)) evse.reserved = Milliampere{dice.number(0, 20'000)};
    return evse;
}

}

Snapshot random_snapshot(Dice& dice, Mix const& mix)
{
    Snapshot snapshot;
    std::size_t const nodes = 1 + dice.index(mix.most_nodes);
    for (std::size_t node = 0; node < nodes; ++node) {
        Node one;
        one.name = "node " + std::to_string(node);
        if (node > 0) one.parent = dice.chance(40) ? node - 1 : dice.index(node);
        one.limit = random_limit(dice, mix);
        if (dice.chance(20))
            for (Milliampere& load : one.other_load) load = {dice.number(0, 25'000)};
        snapshot.nodes.push_back(std::move(one));
    }
    std::size_t const evses = dice.index(mix.most_evses + 1);
    for (std::size_t evse = 0; evse < evses; ++evse) {
        snapshot.evses.push_back(random_evse(dice, mix, nodes));
        snapshot.evses.back().name = "evse " + std::to_string(evse);
        if (mix.one_quantum) snapshot.evses.back().quantum = snapshot.evses.front().quantum;
        if (mix.one_weight) snapshot.evses.back().weight = snapshot.evses.front().weight;
    }
    return snapshot;
}

std::vector<std::size_t> random_order(Dice& dice, std::size_t size)
{
    std::vector<std::size_t> order(size);
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (std::size_t left = size; left > 1; --left)
        std::swap(order[left - 1], order[dice.index(left)]);
    return order;
}

}
