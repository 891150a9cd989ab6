// An installation reckoned anew from its snapshot, for checks: who loads what, and what is left
// where. Written from the promises in the headers; shares no code with the allocator.
#pragma once

#include "balancing/plan.hpp"
#include "balancing/snapshot.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace balancing_test {

// Nanoamperes. On x86-64 a long double has 64 bits of mantissa: every sum of whole nanoamperes that
// occurs is exact, and the roots on IT are right to 1e-18 of themselves.
using Amount = long double;

inline Amount amount(balancing::Current current)
{
    return static_cast<Amount>(current.nanoamperes);
}

// What loads a node.
struct Load {
    std::array<Amount, balancing::line_count> single{};  // TN: per line; IT: per pair (k, k + 1)
    Amount balanced = 0;                                 // on all three lines or pairs alike
};

// In what an EVSE's current flows.
struct Shape {
    std::array<bool, balancing::line_count> single{};
    bool balanced = false;
};
Shape shape_of(balancing::Grid grid, balancing::Evse const& evse);

// What is measured at a place that can be full.
enum class Measure { line, asymmetry, energy };
struct Place {
    std::size_t node = 0;
    Measure measure = Measure::line;
    std::size_t line = 0;  // 0 for energy
};

// Steps of an EVSE's limit, in nA.
struct Steps {
    std::int64_t quantum = 1;
    std::int64_t least = 0;  // the minimum in whole quanta
    std::int64_t most = 0;   // the maximum in whole quanta
};
Steps steps_of(balancing::Grid grid, balancing::Evse const& evse);

// Not reserved, and something between its minimum and its maximum: may be admitted.
bool takes_part(balancing::Grid grid, balancing::Evse const& evse);

// Whether something fits. On IT the allocator's coefficients are rounded up in units of 2^-36: what
// fits by less than that may be refused.
enum class Fit { yes, unclear, no };

class Reckoning {
public:
    explicit Reckoning(balancing::Snapshot const& snapshot);

    balancing::Snapshot const& snapshot() const { return snapshot_; }
    // From the EVSE to the root.
    std::vector<std::size_t> const& way(std::size_t evse) const { return ways_[evse]; }
    // The limited places of a node: lines, asymmetry of lines, energy.
    std::vector<Place> const& places(std::size_t node) const { return places_[node]; }
    bool is_below(std::size_t evse, std::size_t node) const;
    // Whether the EVSE's current counts at a place on its way.
    bool counts(std::size_t evse, Place const& place) const;

    // What the node's limits are, whatever else flows.
    balancing::LineLimit limit(std::size_t node, std::size_t line) const;
    // What a place has room for, beside other load; negative where that is too much.
    Amount room(Place const& place) const;
    balancing::LimitSource source(Place const& place) const;

    // What flows if each EVSE takes this.
    std::vector<Load> loads(std::vector<Amount> const& currents) const;
    void add(std::vector<Load>& loads, std::size_t evse, Amount current) const;
    Amount line_current(Load const& load, std::size_t line) const;
    Amount carried(Load const& load, Place const& place) const;

    Fit fit(Load const& load, Place const& place) const;
    // Whether `more` for the EVSE fits at this place, or at all places on its way.
    Fit fit(
        std::vector<Load> const& loads, Place const& place, std::size_t evse, Amount more) const;
    Fit fit(std::vector<Load> const& loads, std::size_t evse, Amount more) const;

private:
    Amount reckoned_room(Place const& place) const;
    std::optional<Amount> energy_room(std::size_t node) const;

    balancing::Snapshot const& snapshot_;
    std::vector<std::vector<std::size_t>> ways_;
    std::vector<std::vector<Place>> places_;
    std::vector<std::array<Amount, 7>> rooms_;  // per node: 3 lines, 3 asymmetries, energy
    std::vector<Shape> shapes_;
    // IT: twice the cosines of the smallest angles between the currents of two pairs at a line, and
    // between a pair's and a balanced load's.
    Amount pair_by_pair_ = 0;
    Amount pair_by_balanced_ = 0;
};

// The limits of a plan.
std::vector<Amount> currents_of(balancing::Plan const& plan);

// The snapshot as one tier sees it: what higher tiers were granted is reserved, lower tiers get
// nothing.
balancing::Snapshot as_seen_by_tier(
    balancing::Snapshot const& snapshot, balancing::Plan const& plan, int tier);
// The tiers of a snapshot, the first served first.
std::vector<int> tiers_of(balancing::Snapshot const& snapshot);

}
