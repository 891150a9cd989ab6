// CPU time of one allocation, from snapshot to plan, tree and reasons included, for installations
// of 10 to 10,000 cars. Prints a table; takes about ten seconds.
#include "balancing/allocate.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <random>
#include <string>
#include <vector>

namespace {

using namespace balancing;

// The installation: main -> blocks -> panels -> circuits of 8 EVSEs.
constexpr std::size_t evses_per_circuit = 8;
constexpr std::size_t circuits_per_panel = 4;
constexpr std::size_t panels_per_block = 4;
constexpr unsigned one_phase_percent = 40;

// Each row of the table measures at least this often, and for this long.
constexpr std::size_t fewest_runs = 100;
constexpr double measured_s = 0.3;

class Random {
public:
    std::size_t below(std::size_t end) { return static_cast<std::size_t>(engine_() % end); }

private:
    std::mt19937_64 engine_{2024};
};

// Adds a node and gives its index.
std::size_t add_node(Snapshot& snapshot, std::optional<std::size_t> parent)
{
    Node node;
    node.parent = parent;
    snapshot.nodes.push_back(node);
    return snapshot.nodes.size() - 1;
}

void add_car(Snapshot& snapshot, std::size_t circuit, bool weights_differ, Random& random)
{
    static constexpr Milliampere maxima[] = {ampere(16), ampere(20), ampere(32)};
    Evse evse;
    evse.node = circuit;
    evse.max = maxima[random.below(std::size(maxima))];
    evse.quantum = {100};
    evse.lines = {true, true, true};
    if (random.below(100) < one_phase_percent) {
        evse.lines = {};
        evse.lines[snapshot.evses.size() % line_count] = true;  // wired in rotation
    }
    if (weights_differ) evse.weight = 1 + static_cast<double>(random.below(1000)) / 250;
    snapshot.evses.push_back(evse);
}

// Limits such that the cars of the whole want `demand` times what main carries. Lower boards are up
// to twice as large for their cars as main is for all, as real ones are.
void set_limits(Snapshot& snapshot, double demand, Random& random)
{
    std::vector<std::int64_t> wanted(snapshot.nodes.size());
    for (Evse const& evse : snapshot.evses) {
        auto const lines = std::count(evse.lines.begin(), evse.lines.end(), true);
        for (std::optional<std::size_t> node = evse.node; node; node = snapshot.nodes[*node].parent)
            wanted[*node] += lines * evse.max.value;
    }
    for (std::size_t node = 0; node < snapshot.nodes.size(); ++node) {
        double const room = node == 0 ? 1 : 1 + static_cast<double>(random.below(1001)) / 1000;
        double const per_line = static_cast<double>(wanted[node]) / line_count;
        snapshot.nodes[node].limit = on_all_lines(
            {static_cast<std::int64_t>(per_line / demand * room)});
    }
}

Snapshot installation(std::size_t cars, double demand, bool weights_differ)
{
    Random random;
    Snapshot snapshot;
    std::size_t const main = add_node(snapshot, std::nullopt);
    std::size_t block = main;
    std::size_t panel = main;
    std::size_t circuit = main;
    for (std::size_t car = 0; car < cars; ++car) {
        std::size_t const circuits = car / evses_per_circuit;
        if (car % evses_per_circuit == 0) {
            if (circuits % (circuits_per_panel * panels_per_block) == 0)
                block = add_node(snapshot, main);
            if (circuits % circuits_per_panel == 0) panel = add_node(snapshot, block);
            circuit = add_node(snapshot, panel);
        }
        add_car(snapshot, circuit, weights_differ, random);
    }
    set_limits(snapshot, demand, random);
    return snapshot;
}

double cpu_s()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

struct Times {
    double median_us = 0;
    double p99_us = 0;
    Plan plan;
};

Times measure(Snapshot const& snapshot)
{
    Times times;
    std::vector<double> runs_us;
    double const start = cpu_s();
    while (runs_us.size() < fewest_runs || cpu_s() - start < measured_s) {
        double const before = cpu_s();
        auto answer = allocate(snapshot);
        runs_us.push_back((cpu_s() - before) * 1e6);
        if (auto* plan = std::get_if<Plan>(&answer)) {
            times.plan = std::move(*plan);
        } else {
            std::fprintf(stderr, "refused: %s\n", std::get<Refusal>(answer).rule.c_str());
            std::exit(EXIT_FAILURE);
        }
    }
    std::sort(runs_us.begin(), runs_us.end());
    times.median_us = runs_us[runs_us.size() / 2];
    times.p99_us = runs_us[runs_us.size() * 99 / 100];
    return times;
}

// Percent of the cars that may charge, and of main's capacity that is given out.
void print_row(std::size_t cars, double demand)
{
    Snapshot const snapshot = installation(cars, demand, false);
    Times const alike = measure(snapshot);
    Times const differ = measure(installation(cars, demand, true));
    auto const charging = std::count_if(alike.plan.evses.begin(), alike.plan.evses.end(),
        [](Grant const& grant) { return grant.limit > Milliampere{}; });
    double used = 0;
    double limit = 0;
    for (std::size_t line = 0; line < line_count; ++line) {
        used += static_cast<double>(alike.plan.node_current[0][line].value);
        limit += static_cast<double>(snapshot.nodes[0].limit[line].value);
    }
    std::printf("%6zu %7.1f %10.0f %9.0f %14.0f %9.0f %9.0f %% %7.1f %%\n", cars, demand,
        alike.median_us, alike.p99_us, differ.median_us, differ.p99_us,
        100 * static_cast<double>(charging) / static_cast<double>(cars), 100 * used / limit);
}

}

int main()
{
    std::printf("                weights alike, us     weights differ, us\n");
    std::printf(
        "  cars  demand     median       p99         median       p99   charging  main used\n");
    for (std::size_t const cars :
        {std::size_t{10}, std::size_t{100}, std::size_t{1000}, std::size_t{10000}})
        for (double const demand : {1.5, 4.0, 8.0}) print_row(cars, demand);
    return 0;
}
