// CPU time of one allocation, from snapshot to plan, reasons included, for installations of 10 to
// 100,000 cars, against a naive filler on the same snapshots. Prints tables; takes half a minute,
// with --quick a few seconds.
#include "balancing/allocate.hpp"
#include "tools/benchmarks/naive_filler.hpp"
#include "tools/benchmarks/standard_installation.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <numeric>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using namespace balancing;
using namespace bench;

// How long a figure is measured: so long, but at least so often, if that does not take too long.
struct Effort {
    double least_s = 0.1;
    std::size_t least_runs = 100;
    double most_s = 0.4;
    std::size_t fewest_runs = 3;
    std::size_t most_cars = 100'000;
    // Naive fillers are left out where they would take longer.
    double patience_s = 2;
};

constexpr Effort quick{0.01, 5, 0.05, 2, 1000, 0.05};

double cpu_s()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

struct Times {
    double median_us = 0;
    double p99_us = 0;
};

// CPU time of act(), each time after prepare(), which does not count.
Times measure(
    Effort const& effort, std::function<void()> const& prepare, std::function<void()> const& act)
{
    std::vector<double> runs_us;
    double total_s = 0;
    auto const is_enough = [&] {
        if (runs_us.size() < effort.fewest_runs) return false;
        if (total_s >= effort.most_s) return true;
        return total_s >= effort.least_s && runs_us.size() >= effort.least_runs;
    };
    while (!is_enough()) {
        prepare();
        double const before = cpu_s();
        act();
        double const run_s = cpu_s() - before;
        total_s += run_s;
        runs_us.push_back(run_s * 1e6);
    }
    std::sort(runs_us.begin(), runs_us.end());
    return {runs_us[runs_us.size() / 2], runs_us[runs_us.size() * 99 / 100]};
}

void require(std::optional<Refusal> const& refusal)
{
    if (!refusal) return;
    std::fprintf(stderr, "refused: %s\n", refusal->rule.c_str());
    std::exit(EXIT_FAILURE);
}

// Plans of one installation at changing moments, with an allocator that knows it.
Times measure_replan(Effort const& effort, Snapshot& snapshot, Plan& plan)
{
    Allocator allocator;
    Random random(1);
    require(allocator.allocate(snapshot, plan));
    return measure(
        effort, [&] { change_other_load(snapshot, random); },
        [&] { require(allocator.allocate(snapshot, plan)); });
}

char const* name_of(Grid grid) { return grid == Grid::tn ? "TN" : "IT"; }

// Percent of the cars that may charge, and of main's capacity that is given out.
std::pair<double, double> use_of(Snapshot const& snapshot, Plan const& plan)
{
    auto const charging = std::count_if(plan.evses.begin(), plan.evses.end(),
        [](Grant const& grant) { return grant.limit > Current{}; });
    double used = 0;
    double limit = 0;
    for (std::size_t line = 0; line < line_count; ++line) {
        used += plan.node_current[0][line].amperes();
        limit += (snapshot.nodes[0].rating[line] - snapshot.nodes[0].other_load[line]).amperes();
    }
    return {100 * static_cast<double>(charging) / static_cast<double>(plan.evses.size()),
        100 * used / limit};
}

// A naive filler as a row of the table knows it, so long as it does not take too long.
class Naive {
public:
    Naive(Sums sums, double patience_s) : sums_(sums), patience_s_(patience_s) {}

    // How many times ours it takes.
    void print(Snapshot const& snapshot, double ours_us)
    {
        std::size_t const cars = snapshot.evses.size();
        auto const times_as_many = static_cast<double>(cars) / static_cast<double>(cars_);
        double const growth = sums_ == Sums::anew ? times_as_many * times_as_many : times_as_many;
        if (took_s_ * growth > patience_s_) {
            std::printf("        -");
            return;
        }
        double const before = cpu_s();
        fill_naively(snapshot, sums_);
        took_s_ = cpu_s() - before;
        cars_ = cars;
        std::printf(" %8.1f", took_s_ * 1e6 / ours_us);
    }

private:
    Sums sums_;
    double patience_s_;
    double took_s_ = 0;
    std::size_t cars_ = 1;
};

struct Naives {
    Naive anew;
    Naive kept;
};

void print_row(Effort const& effort, Standard standard, Naives& naive)
{
    standard.weights_differ = true;
    Snapshot snapshot = standard_installation(standard);
    Plan plan;
    Times const differ = measure_replan(effort, snapshot, plan);
    standard.weights_differ = false;
    snapshot = standard_installation(standard);
    Times const alike = measure_replan(effort, snapshot, plan);
    auto const [charging, used] = use_of(snapshot, plan);
    std::printf("%7zu %6.1f %10.1f %9.1f %12.1f %9.1f %8.2f %8.1f %% %7.1f %%", standard.cars,
        standard.demand, alike.median_us, alike.p99_us, differ.median_us, differ.p99_us,
        alike.median_us / static_cast<double>(standard.cars), charging, used);
    naive.anew.print(snapshot, alike.median_us);
    naive.kept.print(snapshot, alike.median_us);
    std::printf("\n");
}

void print_sizes(Effort const& effort, Grid grid)
{
    std::printf("%s, one re-plan after other loads have changed, CPU us; p99 of 100 runs, or of as "
                "many as %.1f s allow.\nNaive: up by 0.1 A at a time without weights and reasons, "
                "sums made anew or kept; how many times ours, alike.\n",
        name_of(grid), effort.most_s);
    std::printf("                  weights alike        weights differ  a car, us       "
                "                     naive    naive\n");
    std::printf("   cars demand     median       p99       median       p99   (alike)   charging  "
                "main used     anew     kept\n");
    for (double const demand : {1.5, 4.0, 8.0}) {
        Naives naive{{Sums::anew, effort.patience_s}, {Sums::kept, effort.patience_s}};
        for (std::size_t cars = 10; cars <= effort.most_cars; cars *= 10)
            print_row(effort, {grid, cars, demand}, naive);
    }
    std::printf("\n");
}

struct Case {
    char const* what;
    std::function<Times(Effort const&, Snapshot&)> measure;
};

Times measure_cold(Effort const& effort, Snapshot& snapshot)
{
    return measure(
        effort, [] {}, [&] { (void)allocate(snapshot); });
}

Times measure_arrival(Effort const& effort, Snapshot& snapshot)
{
    Allocator allocator;
    Plan plan;
    Random random(2);
    auto const arrive = [&] {
        if (snapshot.evses.size() % 2 == 1) snapshot.evses.pop_back();
        require(allocator.allocate(snapshot, plan));
        add_car(snapshot, random);
    };
    return measure(effort, arrive, [&] { require(allocator.allocate(snapshot, plan)); });
}

Times measure_drop(Effort const& effort, Snapshot& snapshot)
{
    Allocator allocator;
    Plan plan;
    auto const drop = [&] {
        snapshot.nodes[0].factor = 1;
        require(allocator.allocate(snapshot, plan));
        snapshot.nodes[0].factor = 0.6;
    };
    return measure(effort, drop, [&] { require(allocator.allocate(snapshot, plan)); });
}

Times measure_silent(Effort const& effort, Snapshot& snapshot)
{
    for (std::size_t evse = 0; evse < snapshot.evses.size(); evse += 10)
        snapshot.evses[evse].reserved = least_charging_current;
    Plan plan;
    return measure_replan(effort, snapshot, plan);
}

void print_cases(Effort const& effort)
{
    std::vector<Case> const all{
        {"cold: allocate() with nothing kept", measure_cold},
        {"one car arrives", measure_arrival},
        {"main loses 40 %", measure_drop},
        {"10 % silent, reserved at 6 A", measure_silent},
    };
    std::printf("At demand 4, weights alike, CPU us\n");
    std::printf("%-38s grid    cars     median        p99     a car\n", "case");
    for (Case const& one : all)
        for (Grid const grid : {Grid::tn, Grid::it})
            for (std::size_t cars = 1000; cars <= effort.most_cars; cars *= 10) {
                Snapshot snapshot = standard_installation({grid, cars, 4});
                Times const times = one.measure(effort, snapshot);
                std::printf("%-38s %4s %7zu %10.1f %10.1f %9.2f\n", one.what, name_of(grid), cars,
                    times.median_us, times.p99_us, times.median_us / static_cast<double>(cars));
            }
    std::printf("\n");
}

// All phases of all cars together.
double total_amperes(std::vector<Loading> const& loadings, Plan const& plan)
{
    double total = 0;
    for (std::size_t evse = 0; evse < loadings.size(); ++evse)
        total += phases_of(loadings[evse]) * plan.evses[evse].limit.amperes();
    return total;
}

// A model that keeps one number per node instead of one per line counts every car on all lines.
void print_one_number(Effort const& effort)
{
    std::printf("One number per node instead of one per line, TN, 1,000 cars: of ours\n");
    std::printf("demand    current   cars at 0 A, ours   cars at 0 A, one number\n");
    for (double const demand : {1.5, 4.0, 8.0}) {
        std::size_t const cars = std::min<std::size_t>(1000, effort.most_cars);
        Snapshot snapshot = standard_installation({Grid::tn, cars, demand});
        std::vector<Loading> loadings;
        for (Evse const& evse : snapshot.evses) loadings.push_back(loading_of(Grid::tn, evse));
        auto const waiting = [](Plan const& plan) {
            return std::count_if(plan.evses.begin(), plan.evses.end(),
                [](Grant const& grant) { return grant.limit == Current{}; });
        };
        Allocator allocator;
        Plan per_line;
        require(allocator.allocate(snapshot, per_line));
        for (Evse& evse : snapshot.evses) evse.phases = 3;
        Plan one_number;
        require(allocator.allocate(snapshot, one_number));
        std::printf("%6.1f %8.1f %% %19td %25td\n", demand,
            100 * total_amperes(loadings, one_number) / total_amperes(loadings, per_line),
            waiting(per_line), waiting(one_number));
    }
}

}

int main(int count, char** arguments)
{
    bool const is_quick = count > 1 && std::string_view(arguments[1]) == "--quick";
    Effort const effort = is_quick ? quick : Effort{};
    print_sizes(effort, Grid::tn);
    print_sizes(effort, Grid::it);
    print_cases(effort);
    print_one_number(effort);
    return 0;
}
