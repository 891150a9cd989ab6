// A snapshot as plain rows: what is on every line of every node as a function of the currents, and
// what it may be. Written from the words of the headers and the formulas in tests/oracle/README.md,
// without a line of the allocator: the oracles and their checks know the grid only through this.
#pragma once

#include "balancing/plan.hpp"
#include "balancing/snapshot.hpp"

#include <array>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

namespace oracle {

// Whole nanoamperes as a number that adds them exactly (64 bits of mantissa).
using Nano = long double;
inline constexpr Nano nano_per_ampere = 1e9L;
inline constexpr Nano no_limit = std::numeric_limits<Nano>::infinity();

enum class RowKind { current, asymmetry, energy };

// What one ampere of an EVSE adds to a row. A straight row is the sum of x. A bent one (IT) is the
// current of a line that carries x and y on its two pairs and z on all three.
struct Part {
    int x = 0;
    int y = 0;
    int z = 0;

    bool touches() const { return (x | y | z) != 0; }
};

struct Row {
    RowKind kind = RowKind::current;
    std::size_t node = 0;
    std::size_t line = 0;
    bool bent = false;
    Nano capacity = no_limit;   // limit less other load; may be negative
    std::vector<Part> parts{};  // per EVSE, nothing for those elsewhere
};

struct Car {
    Nano least = 0;  // the minimum in whole quanta
    Nano most = 0;   // the maximum in whole quanta; below `least`: it is off
    Nano quantum = 1;
    double weight = 1;
    int tier = 0;
    bool reserved = false;  // then exactly `least`
    bool off() const { return !reserved && most < least; }
};

struct Model {
    // The first 3 x nodes rows are the currents of all lines, in order, limited or not.
    std::vector<Row> rows{};
    std::vector<Car> cars{};
    bool in_order = false;
    // Of the bent rows: 2 cos(60 - 2a) and 2 sqrt(3) cos(30 - 2a).
    Nano between_pairs = 0;
    Nano pair_and_all = 0;

    std::size_t size() const { return cars.size(); }
};

// On which lines (TN) or pairs (IT; k is the pair of line k and the next) an EVSE's current flows
// alone, and whether it flows in all three alike instead.
struct Wires {
    std::array<bool, 3> alone{};
    bool alike = false;

    int count() const { return alike ? 3 : int{alone[0]} + int{alone[1]} + int{alone[2]}; }
};

Wires wires_of(balancing::Grid grid, balancing::Evse const& evse);

// Takes a snapshot that allocate() accepts.
Model model_of(balancing::Snapshot const& snapshot);

// The row's current (energy: summed over the phases) where every EVSE takes what `at` says.
Nano value_of(Model const& model, Row const& row, std::span<Nano const> at);

// By how much the row grows for each ampere of each EVSE, at `at`; there the row must not be 0 if
// it is bent.
std::vector<double> slope_of(Model const& model, Row const& row, std::span<Nano const> at);

// Is a bent row a convex function of all currents up to `top`? With a power factor below 1 it is
// not where x, y and z meet (README.md).
bool is_convex(Model const& model, Row const& row, std::span<Nano const> top);

enum class Fit { yes, no, too_close_to_tell };

// Do the currents `at` fit into every row that `car` adds to? Exact for sums of whole
// nanoamperes; roots and energy leave a margin.
Fit fits(Model const& model, std::size_t car, std::span<Nano const> at);

// The plan's currents, as the functions above take them.
std::vector<Nano> currents_of(balancing::Plan const& plan);

}
