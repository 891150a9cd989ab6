// Prints the tables of README.md: fairness over 8 hours, and a month by scheduler. Nothing is
// timed: the figures are the same on every machine.
#include "tests/fairness/month.hpp"
#include "tests/fairness/plants.hpp"
#include "tests/fairness/turns.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <vector>

namespace {

using namespace balancing;
using namespace fairness_test;

constexpr Seconds eight_hours{8 * 3600};
constexpr double overload = 8;
constexpr std::uint64_t trees = 20;

char const* name_of_grid(Grid grid) { return grid == Grid::tn ? "TN" : "IT"; }

PolicyRules rules_of(Policy policy)
{
    PolicyRules rules;
    rules.policy = policy;
    return rules;
}

void print_row(Grid grid, char const* what, char const* policy, Fairness const& fairness)
{
    std::printf("| %s | %s | %s | %.3f | %.2f | %.1f | %.2f | %.1f |%s\n", name_of_grid(grid), what,
        policy, fairness.jain, fairness.worst, fairness.max_deficit_ah,
        fairness.switches_per_car_hour, fairness.changes_per_car_hour,
        fairness.exceeded ? " A LIMIT WAS EXCEEDED" : "");
}

void print_plant(Grid grid, char const* what, Snapshot const& plant)
{
    print_row(
        grid, what, "equal_share", simulate(plant, rules_of(Policy::equal_share), eight_hours));
    print_row(grid, what, "first_come", simulate(plant, rules_of(Policy::first_come), eight_hours));
}

// The worst of each figure over many trees.
void print_trees(Grid grid)
{
    Fairness worst;
    worst.jain = 1;
    worst.worst = 1;
    int below = 0;
    for (std::uint64_t seed = 1; seed <= trees; ++seed) {
        Fairness const one = simulate(tree(grid, 100, overload, seed), {}, eight_hours);
        worst.jain = std::min(worst.jain, one.jain);
        worst.worst = std::min(worst.worst, one.worst);
        worst.max_deficit_ah = std::max(worst.max_deficit_ah, one.max_deficit_ah);
        worst.switches_per_car_hour = std::max(
            worst.switches_per_car_hour, one.switches_per_car_hour);
        worst.changes_per_car_hour = std::max(worst.changes_per_car_hour, one.changes_per_car_hour);
        worst.exceeded = worst.exceeded || one.exceeded;
        if (one.worst < 0.9) ++below;
    }
    print_row(grid, "20 trees of 100, worst of each", "equal_share", worst);
    std::printf("   (%d of the %d trees have a car below 0.90)\n", below, static_cast<int>(trees));
}

void print_fairness()
{
    std::printf("| grid | plant | policy | Jain | worst / fair | greatest deficit, Ah | switches "
                "per car and h | limits sent per car and h |\n|---|---|---|---|---|---|---|---|\n");
    for (Grid const grid : {Grid::tn, Grid::it}) {
        print_plant(grid, "10 cars on 32 A", one_fuse(grid, 10));
        print_plant(grid, "tree of 100", tree(grid, 100, overload, 3));
        print_plant(grid, "tree of 1,000", tree(grid, 1000, overload, 3));
        print_trees(grid);
    }
}

void print_month(plan::Mix mix, char const* what, std::size_t cars, double capacity_w)
{
    Month const month = synthetic_month(mix, cars, capacity_w, 1);
    double const possible = optimum(month);
    constexpr double as_good_as_all = 0.9999;
    if (possible > as_good_as_all) return;
    std::printf("| %s, %zu cars | %.0f | %.1f |", what, cars, capacity_w / 1000, 100 * possible);
    for (Scheduler const scheduler : all_schedulers)
        std::printf(" %.2f |", 100 * delivered(month, scheduler) / possible);
    std::printf("\n");
    std::fflush(stdout);
}

void print_months()
{
    std::printf("\n| month | kW | optimum, %% of wanted |");
    for (Scheduler const scheduler : all_schedulers) std::printf(" %s |", name_of(scheduler));
    std::printf("\n|---|---|---|---|---|---|---|---|---|\n");
    for (std::size_t const cars : {std::size_t{20}, std::size_t{40}})
        for (double const kw : {10.0, 15.0, 20.0, 25.0, 30.0, 40.0, 50.0}) {
            print_month(plan::Mix::workplace, "workplace", cars, kw * 1000);
            print_month(plan::Mix::residential, "residential", cars, kw * 1000);
            print_month(plan::Mix::mixed, "mixed", cars, kw * 1000);
        }
}

}

int main()
{
    print_fairness();
    print_months();
    return 0;
}
