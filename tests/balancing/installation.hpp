// Short words for building snapshots by hand.
#pragma once

#include "balancing/allocate.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

namespace balancing_test {

using namespace balancing;

inline constexpr LineSet on_l1{true, false, false};
inline constexpr LineSet on_l2{false, true, false};
inline constexpr LineSet on_l3{false, false, true};
inline constexpr LineSet on_l1_l2{true, true, false};
inline constexpr LineSet on_l2_l3{false, true, true};
inline constexpr LineSet three_phase{true, true, true};

inline constexpr Milliampere tenth_ampere{100};

inline Node root(Milliampere limit) { return {"main", std::nullopt, on_all_lines(limit), {}}; }

inline Node circuit(std::string name, std::size_t parent, Milliampere limit)
{
    return {std::move(name), parent, on_all_lines(limit), {}};
}

// A car on a 32 A station that takes its limit in tenths of an ampere.
inline Evse car(std::size_t node, LineSet lines = three_phase, Milliampere max = ampere(32))
{
    Evse evse;
    evse.name = "car";
    evse.node = node;
    evse.lines = lines;
    evse.max = max;
    evse.quantum = tenth_ampere;
    return evse;
}

inline Evse reserved(Evse evse, Milliampere current)
{
    evse.reserved = current;
    return evse;
}

inline Evse weighted(Evse evse, double weight)
{
    evse.weight = weight;
    return evse;
}

inline Evse in_steps_of(Evse evse, Milliampere quantum)
{
    evse.quantum = quantum;
    return evse;
}

// The plan of a snapshot that must be accepted.
inline Plan plan_of(Snapshot const& snapshot)
{
    auto const answer = allocate(snapshot);
    if (auto const* refusal = std::get_if<Refusal>(&answer))
        FAIL("refused: " << refusal->subject << ": " << refusal->rule);
    return std::get<Plan>(answer);
}

inline std::vector<std::int64_t> limits_of(Plan const& plan)
{
    std::vector<std::int64_t> limits;
    for (Grant const& grant : plan.evses) limits.push_back(grant.limit.value);
    return limits;
}

using Limits = std::vector<std::int64_t>;  // mA

}
