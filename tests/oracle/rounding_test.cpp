// Whole quanta: never below the linear programs' share rounded down, and nothing is left over.
#include "tests/oracle/checks.hpp"
#include "tests/oracle/max_min.hpp"
#include "tests/oracle/plan_of.hpp"
#include "tests/oracle/random_snapshot.hpp"
#include "tests/oracle/runs.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>

using namespace oracle;
using balancing::Grid;

namespace {

constexpr std::size_t instances = 1500;  // of each grid and kind of quanta
// The shares are known to this part of an ampere (continuous_test.cpp).
constexpr double known_to_a = 1e-6;

// Bounds against getting worse, a little above what is measured (balancing/README.md). What others
// cannot use in whole quanta goes to whom can, which may be more than one quantum above its share.
constexpr double greatest_above = 3.5;    // of the coarsest quantum
constexpr double greatest_beyond = 0.02;  // part of the cars of a grid and kind of quanta

struct Distance {
    std::size_t instances = 0;
    std::size_t cars = 0;    // admitted
    std::size_t beyond = 0;  // of them with more than the share and a quantum
    double above = 0;        // in the coarsest quantum of the instance
    double below = 0;        // in the car's own quantum
};

void require_none(std::vector<std::string> const& faults)
{
    for (auto const& fault : faults) FAIL_CHECK(fault);
}

void compare(balancing::Snapshot const& snapshot, Distance& distance)
{
    auto const plan = plan_of(snapshot);
    auto const planned = currents_of(plan);
    Model const model = model_of(snapshot);
    require_none(broken_limits(model, planned));
    require_none(left_over(model, planned));
    require_none(wrong_node_currents(model, plan));
    auto const shares = share_out(model, planned);
    REQUIRE_FALSE(shares.failed);
    double coarsest = 0;
    for (Car const& car : model.cars)
        coarsest = std::max(coarsest, static_cast<double>(car.quantum / nano_per_ampere));
    for (std::size_t i = 0; i < planned.size(); ++i) {
        Car const& car = model.cars[i];
        double const quantum = static_cast<double>(car.quantum / nano_per_ampere);
        double const granted = plan.evses[i].limit.amperes();
        double const share = shares.amperes[i];
        INFO("EVSE ", i, " has ", granted, " A; its share is ", share, " A in steps of ", quantum);
        if (car.reserved) continue;
        CHECK((shares.admitted[i] || granted == 0));
        double const whole = std::floor((share - known_to_a) / quantum) * quantum;
        CHECK(granted >= whole - known_to_a);
        if (auto const watts = snapshot.evses[i].quantum_w; watts > 0)
            CHECK(plan.evses[i].limit_w == watts * std::llround(granted / quantum));
        if (!shares.admitted[i]) continue;
        ++distance.cars;
        distance.above = std::max(distance.above, (granted - share) / coarsest);
        if (car.quantum > 1) distance.below = std::max(distance.below, (share - granted) / quantum);
        if (granted - share > coarsest + known_to_a) ++distance.beyond;
    }
    ++distance.instances;
}

void compare_all(std::string const& name, Grid grid, Quanta quanta, std::uint64_t first)
{
    Recipe recipe;
    recipe.grid = grid;
    recipe.quanta = quanta;
    Distance distance;
    for (auto const seed : seeds(first, instances)) {
        CAPTURE(seed);
        compare(random_snapshot(seed, recipe), distance);
    }
    MESSAGE(name, ": ", distance.instances, " instances; from the exact share at most ",
        distance.above, " of the coarsest quantum up and ", distance.below,
        " of the own one down; more than one up for ", distance.beyond, " of ", distance.cars,
        " cars");
    CHECK(distance.below < 1 + 1e-4);
    CHECK(distance.above <= greatest_above);
    if (!is_replay())
        CHECK(static_cast<double>(distance.beyond) <=
              greatest_beyond * static_cast<double>(distance.cars));
}

}

TEST_CASE(
    "In steps of 0.1 A nobody gets less than the exact share rounded down, and none is left over")
{
    compare_all("TN, 0.1 A", Grid::tn, Quanta::tenth, 6'000'000);
    compare_all("IT, 0.1 A", Grid::it, Quanta::tenth, 6'100'000);
}

TEST_CASE(
    "In steps of 1 A nobody gets less than the exact share rounded down, and none is left over")
{
    compare_all("TN, 1 A", Grid::tn, Quanta::one, 6'200'000);
    compare_all("IT, 1 A", Grid::it, Quanta::one, 6'300'000);
}

TEST_CASE(
    "In mixed steps nobody gets less than the exact share rounded down, and none is left over")
{
    compare_all("TN, mixed amperes and watts", Grid::tn, Quanta::mixed, 6'400'000);
    compare_all("IT, mixed amperes and watts", Grid::it, Quanta::mixed, 6'500'000);
}
