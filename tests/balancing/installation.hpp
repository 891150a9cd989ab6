// Short words for building snapshots by hand.
#pragma once

#include "balancing/allocate.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace balancing_test {

using namespace balancing;

inline constexpr Current tenth_ampere = milliampere(100);

// The lines at a station's terminals, and on how many of them its car charges.
struct Wiring {
    Terminals terminals{};
    int phases = 0;
};

inline constexpr Wiring three_phase{{{0, 1, 2}, 3}, 3};
inline constexpr Wiring on_l1{{{0, 1, 2}, 3}, 1};
inline constexpr Wiring on_l2{{{1, 2, 0}, 3}, 1};
inline constexpr Wiring on_l3{{{2, 0, 1}, 3}, 1};
inline constexpr Wiring on_l1_l2{{{0, 1, 2}, 3}, 2};
inline constexpr Wiring on_l2_l3{{{1, 2, 0}, 3}, 2};
// The same stations on IT: a one-phase car is between its first two terminals.
inline constexpr Wiring between_l1_l2 = on_l1;
inline constexpr Wiring between_l2_l3 = on_l2;
inline constexpr Wiring between_l3_l1 = on_l3;

inline Node circuit(std::string name, std::size_t parent, Current rating)
{
    Node node;
    node.name = std::move(name);
    node.parent = parent;
    node.rating = on_all_lines(rating);
    return node;
}

inline Node root(Current rating)
{
    Node node = circuit("main", 0, rating);
    node.parent.reset();
    return node;
}

// A car on a 32 A station that takes its limit in tenths of an ampere.
inline Evse car(std::size_t node, Wiring wiring = three_phase, Current max = ampere(32))
{
    Evse evse;
    evse.name = "car";
    evse.node = node;
    evse.terminals = wiring.terminals;
    evse.phases = wiring.phases;
    evse.max.station = max;
    evse.quantum = tenth_ampere;
    return evse;
}

inline Evse reserved(Evse evse, Current current)
{
    evse.reserved = current;
    return evse;
}

inline Evse weighted(Evse evse, double weight)
{
    evse.weight = weight;
    return evse;
}

inline Evse in_steps_of(Evse evse, Current quantum)
{
    evse.quantum = quantum;
    return evse;
}

inline Evse in_tier(Evse evse, int tier)
{
    evse.tier = tier;
    return evse;
}

inline Snapshot on_tn(std::vector<Node> nodes, std::vector<Evse> evses)
{
    Snapshot snapshot;
    snapshot.nodes = std::move(nodes);
    snapshot.evses = std::move(evses);
    return snapshot;
}

inline Snapshot on_it(std::vector<Node> nodes, std::vector<Evse> evses, double power_factor = 1)
{
    Snapshot snapshot = on_tn(std::move(nodes), std::move(evses));
    snapshot.grid = Grid::it;
    snapshot.power_factor = power_factor;
    return snapshot;
}

// The plan of a snapshot that must be accepted.
inline Plan plan_of(Snapshot const& snapshot)
{
    auto const answer = allocate(snapshot);
    if (auto const* refusal = std::get_if<Refusal>(&answer))
        FAIL("refused: " << refusal->subject << ": " << refusal->rule);
    return std::get<Plan>(answer);
}

using Limits = std::vector<std::int64_t>;

// In whole mA, rounded down.
inline Limits limits_of(Plan const& plan)
{
    Limits limits;
    for (Grant const& grant : plan.evses) limits.push_back(grant.limit.whole_milliamperes());
    return limits;
}

// To the last nanoampere.
inline Limits exact_limits_of(Plan const& plan)
{
    Limits limits;
    for (Grant const& grant : plan.evses) limits.push_back(grant.limit.nanoamperes);
    return limits;
}

}
