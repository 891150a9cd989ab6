#include "tools/benchmarks/standard_installation.hpp"

#include "balancing/line_law.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <vector>

namespace bench {

namespace {

using namespace balancing;

constexpr std::size_t evses_per_circuit = 8;
constexpr std::size_t circuits_per_panel = 4;
constexpr std::size_t panels_per_block = 4;
constexpr unsigned one_phase_percent = 40;
constexpr std::uint64_t seed = 2024;

// Any more would be no limit. Only 100,000 cars would need more, at a demand of 1.5.
constexpr Current greatest_rating = greatest_current - ampere(1);

// Adds a node and gives its index.
std::size_t add_node(Snapshot& snapshot, std::optional<std::size_t> parent)
{
    Node node;
    node.parent = parent;
    snapshot.nodes.push_back(node);
    return snapshot.nodes.size() - 1;
}

Evse random_car(std::size_t circuit, std::size_t number, bool weights_differ, Random& random)
{
    static constexpr Current maxima[] = {ampere(16), ampere(20), ampere(32)};
    Evse evse;
    evse.node = circuit;
    evse.max.station = maxima[random.below(std::size(maxima))];
    evse.quantum = milliampere(100);
    for (std::size_t terminal = 0; terminal < line_count; ++terminal)
        evse.terminals.line[terminal] = static_cast<std::uint8_t>((number + terminal) % line_count);
    evse.phases = random.below(100) < one_phase_percent ? 1 : 3;
    evse.it_three_phase = random.below(2) == 0 ? ItThreePhase::delta : ItThreePhase::two_leg;
    if (weights_differ) evse.weight = 1 + static_cast<double>(random.below(1000)) / 250;
    return evse;
}

// What flows where if every car takes its maximum.
std::vector<ChannelSums> wanted(Snapshot const& snapshot)
{
    std::vector<ChannelSums> sums(snapshot.nodes.size());
    for (Evse const& evse : snapshot.evses) {
        Loading const loading = loading_of(snapshot.grid, evse);
        for (std::optional<std::size_t> node = evse.node; node; node = snapshot.nodes[*node].parent)
            for (std::size_t channel = 0; channel < channel_count; ++channel)
                if (loading.has(channel)) sums[*node][channel] += evse.max.station;
    }
    return sums;
}

void set_limits(Snapshot& snapshot, double demand, Random& random)
{
    LineLaw const law(snapshot.grid, snapshot.power_factor);
    auto const sums = wanted(snapshot);
    for (std::size_t node = 0; node < snapshot.nodes.size(); ++node) {
        double const room = node == 0 ? 1 : 1 + static_cast<double>(random.below(1001)) / 1000;
        double amperes = 0;
        for (Current const current : law.currents(sums[node])) amperes += current.amperes();
        double const limit = amperes / line_count / demand * room;
        snapshot.nodes[node].rating = on_all_lines(
            std::min(milliampere(static_cast<std::int64_t>(limit * 1000)), greatest_rating));
    }
}

}

Snapshot standard_installation(Standard const& standard)
{
    Random random(seed);
    Snapshot snapshot;
    snapshot.grid = standard.grid;
    std::size_t const main = add_node(snapshot, std::nullopt);
    std::size_t block = main;
    std::size_t panel = main;
    std::size_t circuit = main;
    for (std::size_t car = 0; car < standard.cars; ++car) {
        std::size_t const circuits = car / evses_per_circuit;
        if (car % evses_per_circuit == 0) {
            if (circuits % (circuits_per_panel * panels_per_block) == 0)
                block = add_node(snapshot, main);
            if (circuits % circuits_per_panel == 0) panel = add_node(snapshot, block);
            circuit = add_node(snapshot, panel);
        }
        snapshot.evses.push_back(random_car(circuit, car, standard.weights_differ, random));
    }
    set_limits(snapshot, standard.demand, random);
    return snapshot;
}

void add_car(Snapshot& snapshot, Random& random)
{
    std::size_t const neighbour = random.below(snapshot.evses.size());
    std::size_t const circuit = snapshot.evses[neighbour].node;
    snapshot.evses.push_back(random_car(circuit, snapshot.evses.size(), false, random));
}

void change_other_load(Snapshot& snapshot, Random& random)
{
    for (Node& node : snapshot.nodes)
        for (std::size_t line = 0; line < line_count; ++line) {
            auto const most = static_cast<std::size_t>(node.rating[line].whole_milliamperes() / 20);
            node.other_load[line] = milliampere(static_cast<std::int64_t>(random.below(most + 1)));
        }
}

}
