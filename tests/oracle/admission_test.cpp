// Who is admitted, against 0/1 programs (TN) and all subsets (IT).
#include "balancing/queue.hpp"
#include "tests/oracle/lp.hpp"
#include "tests/oracle/model.hpp"
#include "tests/oracle/plan_of.hpp"
#include "tests/oracle/random_snapshot.hpp"
#include "tests/oracle/runs.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace oracle;
using balancing::Grid;
using balancing::Snapshot;

namespace {

constexpr double heavy_demand = 8;  // times the capacity, as in the document's figures

std::vector<bool> admitted_in(Snapshot const& snapshot)
{
    std::vector<bool> admitted;
    for (auto const& grant : plan_of(snapshot).evses)
        admitted.push_back(grant.limit.nanoamperes > 0);
    return admitted;
}

double count(std::vector<bool> const& set)
{
    return static_cast<double>(std::count(set.begin(), set.end(), true));
}

// Do the minima of the set fit beside each other, the reservations and other load? Too close to
// tell counts as no.
bool minima_fit(Model const& model, std::vector<bool> const& set)
{
    std::vector<Nano> at;
    for (std::size_t i = 0; i < model.size(); ++i) at.push_back(set[i] ? model.cars[i].least : 0);
    for (std::size_t i = 0; i < model.size(); ++i)
        if (set[i] && fits(model, i, at) != Fit::yes) return false;
    return true;
}

Knapsack minima_of(Model const& model)
{
    Knapsack knapsack;
    for (Row const& row : model.rows) {
        if (row.capacity == no_limit) continue;
        std::vector<double> weights;
        for (std::size_t i = 0; i < model.size(); ++i)
            weights.push_back(static_cast<double>(
                static_cast<Nano>(row.parts[i].x) * model.cars[i].least / nano_per_ampere));
        knapsack.weights.push_back(weights);
        knapsack.capacity.push_back(
            static_cast<double>(std::max<Nano>(row.capacity, 0) / nano_per_ampere));
    }
    knapsack.gain.resize(model.size(), 1);
    return knapsack;
}

// Each earlier car is worth more than all later ones together.
std::vector<bool> first_in_queue(Model const& model)
{
    Knapsack knapsack = minima_of(model);
    for (std::size_t i = 0; i < model.size(); ++i)
        knapsack.gain[i] = std::exp2(static_cast<double>(model.size() - 1 - i));
    return best_set(knapsack);
}

// Random trees without what makes admission trivial or ambiguous: cars that need nothing are always
// in, and whole half amperes leave no doubt in floating point.
Snapshot random_queue(std::uint64_t seed, Grid grid, std::int64_t cars)
{
    Recipe recipe;
    recipe.grid = grid;
    recipe.most_cars = cars;
    recipe.caps = false;
    recipe.reservations = false;
    recipe.tiers = false;
    recipe.in_order_percent = 0;
    Snapshot snapshot = random_snapshot(seed, recipe);
    Dice dice(seed + 1);
    for (auto& evse : snapshot.evses) {
        evse.min = balancing::milliampere(dice.whole(10, 22) * 500);
        evse.max = {};
    }
    for (auto& node : snapshot.nodes)
        if (dice.percent(70))
            node.rating = balancing::on_all_lines(balancing::ampere(dice.whole(12, 80)));
    return snapshot;
}

struct Parts {
    double instances = 0;
    double in_order = 0;
    double most_cars = 0;

    void add(double in_order_now, double most_cars_now, double best)
    {
        instances += 1;
        in_order += in_order_now / best;
        most_cars += most_cars_now / best;
    }
    void report(std::string const& what) const
    {
        if (instances == 0) return;
        MESSAGE(what, ": of the maximum number of cars, queue order admits ",
            100 * in_order / instances, " %, policy most_cars ", 100 * most_cars / instances,
            " % (", instances, " instances)");
    }
};

Snapshot by_most_cars(Snapshot snapshot)
{
    balancing::PolicyRules rules;
    rules.policy = balancing::Policy::most_cars;
    balancing::apply_policy(snapshot, rules);
    return snapshot;
}

Parts parts_of_most(std::size_t cars, std::int64_t highest_min)
{
    Parts parts;
    for (auto const seed : seeds(5'000'000 + cars * 1000, 200)) {
        CAPTURE(seed);
        auto const snapshot = standard_installation(
            seed, Grid::tn, cars, heavy_demand, highest_min);
        Model const model = model_of(snapshot);
        auto const most = best_set(minima_of(model));
        REQUIRE(minima_fit(model, most));
        REQUIRE(count(most) > 0);
        double const in_order = count(admitted_in(snapshot));
        double const sorted = count(admitted_in(by_most_cars(snapshot)));
        CHECK(std::max(in_order, sorted) <= count(most));
        parts.add(in_order, sorted, count(most));
    }
    return parts;
}

// All sets of cars, as the bits of a number; the first car is the highest bit, so that a greater
// number is the better set in queue order.
struct Subsets {
    std::vector<bool> first;  // the best in queue order
    double most = 0;          // the greatest number of cars
};

Subsets try_all_subsets(Model const& model)
{
    Subsets best;
    std::size_t const cars = model.size();
    for (std::uint32_t bits = 0; bits < (1U << cars); ++bits) {
        std::vector<bool> set;
        for (std::size_t i = 0; i < cars; ++i) set.push_back(((bits >> (cars - 1 - i)) & 1U) != 0);
        if (!minima_fit(model, set)) continue;
        best.most = std::max(best.most, count(set));
        best.first = set;
    }
    return best;
}

}

TEST_CASE("On TN no set of cars that fits admits an earlier car in place of later ones")
{
    constexpr std::int64_t most_cars = 12;
    std::size_t instances = 0;
    for (auto const seed : seeds(3'000'000, 2000)) {
        CAPTURE(seed);
        Snapshot const snapshot = random_queue(seed, Grid::tn, most_cars);
        Model const model = model_of(snapshot);
        auto const admitted = admitted_in(snapshot);
        CHECK(minima_fit(model, admitted));
        CHECK(admitted == first_in_queue(model));
        ++instances;
    }
    MESSAGE("TN admission: greedy is the lexicographic optimum in ", instances, " instances");
}

TEST_CASE("On IT no set of cars that fits admits an earlier car in place of later ones")
{
    constexpr std::int64_t most_cars = 10;
    Parts parts;
    std::size_t instances = 0;
    for (auto const seed : seeds(4'000'000, 500)) {
        CAPTURE(seed);
        Snapshot const snapshot = random_queue(seed, Grid::it, most_cars);
        auto const best = try_all_subsets(model_of(snapshot));
        CHECK(admitted_in(snapshot) == best.first);
        ++instances;
        if (best.most > 0)
            parts.add(count(best.first), count(admitted_in(by_most_cars(snapshot))), best.most);
    }
    MESSAGE("IT admission: greedy is the lexicographic optimum in ", instances, " instances");
    parts.report("IT, random trees, up to 10 cars");
}

TEST_CASE("Policy most_cars admits as many cars as fit at all if their minima are alike, else 94 %")
{
    constexpr std::int64_t alike = 6;
    constexpr std::int64_t needy = 10;
    std::size_t const sizes[] = {8, 16, 32};
    for (std::int64_t const highest_min : {alike, needy})
        for (std::size_t const cars : sizes) {
            Parts const parts = parts_of_most(cars, highest_min);
            parts.report("TN, demand 8 times the capacity, " + std::to_string(cars) +
                         " cars, minima 6 to " + std::to_string(highest_min) + " A");
            CHECK(parts.most_cars >= parts.in_order);
            // From 6 to 10 A a bound against getting worse: 95.1 % and more is what is measured
            // (94.5 % of the small cases).
            if (!is_replay())
                CHECK(parts.most_cars >= (highest_min == alike ? 1 : 0.94) * parts.instances);
        }
}
