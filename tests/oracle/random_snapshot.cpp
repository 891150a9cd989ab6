#include "tests/oracle/random_snapshot.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace oracle {
using namespace balancing;

namespace {

constexpr std::int64_t deepest = 5;
constexpr Seconds now{1'000'000};

Current decimal(Dice& dice, std::int64_t low_a, std::int64_t high_a)
{
    switch (dice.whole(0, 2)) {
    case 0: return ampere(dice.whole(low_a, high_a));
    case 1: return milliampere(dice.whole(low_a * 10, high_a * 10) * 100);
    default: return {dice.whole(low_a * 1'000'000'000, high_a * 1'000'000'000)};
    }
}

// The rating of a place with so many cars below: from nothing to more than they can take.
Current rating(Dice& dice, std::int64_t cars)
{
    if (dice.percent(3)) return ampere(0);
    if (dice.percent(8)) return greatest_current;
    auto const wanted = std::max<std::int64_t>(cars, 1) * dice.whole(4, 26);
    return decimal(dice, wanted / 2 + 4, wanted + 6);
}

std::vector<TimedLimit> timed_limits(Dice& dice, std::int64_t cars)
{
    std::vector<TimedLimit> timed;
    for (auto count = dice.percent(20) ? dice.whole(1, 3) : 0; count > 0; --count) {
        TimedLimit limit;
        limit.source = dice.percent(50) ? LimitSource::schedule : LimitSource::temporary;
        for (auto& line : limit.limit) line = rating(dice, cars);
        // Past, present and future ones, also those that end or begin just now.
        limit.from = now + Seconds{dice.whole(-2, 1) * 600};
        limit.until = limit.from + Seconds{dice.whole(1, 3) * 600};
        timed.push_back(limit);
    }
    return timed;
}

void add_caps(Dice& dice, std::int64_t cars, Node& node)
{
    if (dice.percent(25)) node.asymmetry = decimal(dice, 5, 30);
    if (!dice.percent(15)) return;
    EnergyCap cap;
    cap.hour_ends = now + Seconds{dice.whole(-1, 6) * 600};
    cap.used_wh = dice.whole(0, 4000);
    cap.cap_wh = cap.used_wh + dice.whole(-500, std::max<std::int64_t>(cars, 1) * 4000);
    cap.cap_wh = std::max<std::int64_t>(cap.cap_wh, 0);
    node.energy = cap;
}

// Parents before children; names and order are mixed up later by shuffle().
void add_nodes(Dice& dice, Recipe const& recipe, std::int64_t cars, Snapshot& snapshot)
{
    std::vector<std::int64_t> depth;
    auto const count = dice.whole(1, recipe.most_nodes);
    for (std::int64_t i = 0; i < count; ++i) {
        Node node;
        node.name = "N" + std::to_string(i);
        std::int64_t below = 0;
        if (i > 0) {
            do {
                node.parent = static_cast<std::size_t>(dice.whole(0, i - 1));
            } while (depth[*node.parent] == deepest);
            below = depth[*node.parent] + 1;
        }
        depth.push_back(below);
        auto const share = std::max<std::int64_t>(cars >> below, 1);
        node.rating = on_all_lines(rating(dice, share));
        if (dice.percent(30))
            for (auto& line : node.rating) line = rating(dice, share);
        if (dice.percent(15)) node.factor = dice.of({0.8, 0.9, 0.625, 0.999});
        node.timed = timed_limits(dice, share);
        if (dice.percent(25))
            for (auto& load : node.other_load) load = decimal(dice, 0, dice.percent(15) ? 60 : 12);
        if (recipe.caps) add_caps(dice, share, node);
        snapshot.nodes.push_back(node);
    }
}

Terminals terminals(Dice& dice, Grid grid)
{
    Terminals wired;
    auto const turn = dice.whole(0, 2);
    for (std::size_t k = 0; k < 3; ++k)
        wired.line[k] = static_cast<std::uint8_t>((static_cast<std::int64_t>(k) + turn) % 3);
    if (dice.percent(30)) std::swap(wired.line[1], wired.line[2]);
    if (dice.percent(20))
        wired.count = static_cast<std::uint8_t>(dice.whole(grid == Grid::it ? 2 : 1, 3));
    return wired;
}

void set_quantum(Dice& dice, Quanta quanta, Evse& evse)
{
    switch (quanta) {
    case Quanta::none: return;
    case Quanta::tenth: evse.quantum = milliampere(100); return;
    case Quanta::one: evse.quantum = ampere(1); return;
    case Quanta::mixed: break;
    }
    if (dice.percent(20))
        evse.quantum_w = dice.of({std::int64_t{1}, std::int64_t{100}, std::int64_t{690}});
    else
        evse.quantum = dice.of(
            {Current{}, milliampere(100), milliampere(500), ampere(1), ampere(2)});
}

void add_cars(Dice& dice, Recipe const& recipe, std::int64_t cars, Snapshot& snapshot)
{
    auto const weights = dice.whole(0, 3);  // equal, small whole numbers, any, far apart
    bool const tiers = recipe.tiers && dice.percent(20);
    auto const nodes = static_cast<std::int64_t>(snapshot.nodes.size());
    for (std::int64_t i = 0; i < cars; ++i) {
        Evse evse;
        evse.name = "P" + std::to_string(i);
        evse.node = static_cast<std::size_t>(dice.whole(0, nodes - 1));
        evse.terminals = terminals(dice, recipe.grid);
        evse.phases = static_cast<int>(dice.whole(0, evse.terminals.count));
        if (dice.percent(25)) evse.phases = 1;
        evse.it_three_phase = dice.of({ItThreePhase::unknown, ItThreePhase::off,
            ItThreePhase::two_leg, ItThreePhase::two_leg, ItThreePhase::delta});
        evse.min = dice.percent(40) ? ampere(6) : decimal(dice, 0, 10);
        if (dice.percent(15)) evse.min = {};
        evse.max.station = dice.percent(50) ? ampere(32) : decimal(dice, 5, 40);
        if (dice.percent(30)) evse.max.car = decimal(dice, 6, 32);
        if (dice.percent(10)) evse.max.reclaimed = decimal(dice, 6, 20);
        set_quantum(dice, recipe.quanta, evse);
        if (weights == 1) evse.weight = static_cast<double>(dice.whole(1, 4));
        if (weights == 2) evse.weight = dice.real(0.2, 3);
        if (weights == 3) evse.weight = std::pow(10, dice.real(-2, 1));
        if (tiers) evse.tier = static_cast<int>(dice.whole(0, 2));
        if (recipe.reservations && dice.percent(6)) evse.reserved = decimal(dice, 0, 20);
        snapshot.evses.push_back(evse);
    }
}

// Puts the nodes in any order, so that a parent may come after its children.
void shuffle(Dice& dice, Snapshot& snapshot)
{
    std::vector<std::size_t> place(snapshot.nodes.size());
    for (std::size_t i = 0; i < place.size(); ++i) place[i] = i;
    for (std::size_t i = place.size(); i > 1; --i)
        std::swap(place[i - 1],
            place[static_cast<std::size_t>(dice.whole(0, static_cast<std::int64_t>(i) - 1))]);
    auto const nodes = snapshot.nodes;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        snapshot.nodes[place[i]] = nodes[i];
        if (nodes[i].parent) snapshot.nodes[place[i]].parent = place[*nodes[i].parent];
    }
    for (auto& evse : snapshot.evses) evse.node = place[evse.node];
}

}

Snapshot random_snapshot(std::uint64_t seed, Recipe const& recipe)
{
    Dice dice(seed);
    Snapshot snapshot;
    snapshot.grid = recipe.grid;
    snapshot.now = now;
    if (dice.percent(60)) snapshot.power_factor = dice.of({1.0, 0.966, 0.99, dice.real(0.966, 1)});
    if (dice.percent(recipe.in_order_percent)) snapshot.sharing = Sharing::in_order;
    auto const cars = dice.whole(1, recipe.most_cars);
    add_nodes(dice, recipe, cars, snapshot);
    add_cars(dice, recipe, cars, snapshot);
    shuffle(dice, snapshot);
    return snapshot;
}

Snapshot standard_installation(
    std::uint64_t seed, Grid grid, std::size_t cars, double demand, std::int64_t highest_min_a)
{
    constexpr std::size_t per_circuit = 8;
    constexpr std::size_t fan_out = 4;  // circuits per panel, panels per block
    constexpr std::int64_t most_a = 32;
    Dice dice(seed);
    Snapshot snapshot;
    snapshot.grid = grid;
    // Every level carries what its cars want, divided by the demand; circuits a little more.
    auto const add = [&](std::optional<std::size_t> parent, double below, double spare) {
        Node node;
        node.name = "N" + std::to_string(snapshot.nodes.size());
        node.parent = parent;
        double const wanted = below * static_cast<double>(most_a) / demand * spare;
        node.rating = on_all_lines(ampere(std::max<std::int64_t>(std::llround(wanted), 6)));
        snapshot.nodes.push_back(node);
        return snapshot.nodes.size() - 1;
    };
    auto const root = add({}, static_cast<double>(cars), 1);
    std::size_t block = root;
    std::size_t panel = root;
    std::size_t circuit = root;
    for (std::size_t i = 0; i < cars; ++i) {
        auto const left = cars - i;
        auto const below = [&](std::size_t count) {
            return static_cast<double>(std::min(left, count));
        };
        if (i % (per_circuit * fan_out * fan_out) == 0)
            block = add(root, below(per_circuit * fan_out * fan_out), 1.1);
        if (i % (per_circuit * fan_out) == 0) panel = add(block, below(per_circuit * fan_out), 1.2);
        if (i % per_circuit == 0) circuit = add(panel, below(per_circuit), 1.4);
        Evse evse;
        evse.name = "P" + std::to_string(i);
        evse.node = circuit;
        for (std::size_t k = 0; k < 3; ++k)
            evse.terminals.line[k] = static_cast<std::uint8_t>((k + i) % 3);
        evse.phases = dice.percent(40) ? 1 : 3;
        evse.it_three_phase = ItThreePhase::delta;
        evse.max.station = ampere(most_a);
        evse.min = ampere(dice.whole(6, highest_min_a));
        snapshot.evses.push_back(evse);
    }
    return snapshot;
}

}
