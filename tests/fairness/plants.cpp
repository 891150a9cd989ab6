#include "tests/fairness/plants.hpp"

#include "tests/balancing/dice.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace fairness_test {

using namespace balancing;
using balancing_test::Dice;

namespace {

constexpr std::size_t cars_per_circuit = 8;
constexpr std::size_t circuits_per_panel = 4;
constexpr std::size_t panels_per_block = 4;
constexpr int one_phase_percent = 40;
constexpr double greatest_room = 2;

// Rated currents of circuit breakers and fuses (IEC 60898-1 and IEC 60269-1), from the smallest
// that feeds a charging circuit.
constexpr std::array<int, 20> rated_a{
    16, 20, 25, 32, 40, 50, 63, 80, 100, 125, 160, 200, 250, 315, 400, 500, 630, 800, 1000, 1250};

// The smallest device that is not below.
Current rated_current(double amperes)
{
    auto const* found = std::lower_bound(rated_a.begin(), rated_a.end(), amperes);
    return ampere(found == rated_a.end() ? rated_a.back() : *found);
}

std::size_t add_node(Snapshot& snapshot, std::string name, std::optional<std::size_t> parent)
{
    Node node;
    node.name = std::move(name);
    node.parent = parent;
    snapshot.nodes.push_back(node);
    return snapshot.nodes.size() - 1;
}

Evse car(std::size_t node, std::size_t number, int phases, Current most)
{
    Evse evse;
    evse.name = "car " + std::to_string(number);
    evse.node = node;
    for (std::size_t terminal = 0; terminal < line_count; ++terminal)
        evse.terminals.line[terminal] = static_cast<std::uint8_t>((number + terminal) % line_count);
    evse.phases = phases;
    evse.it_three_phase = ItThreePhase::delta;
    evse.max.car = most;
    evse.quantum = milliampere(100);
    evse.session.wanted_wh.reset();  // never full
    return evse;
}

// What the lines of each node would carry if all cars charged as fast as they can.
std::vector<PerLine> demand(Snapshot const& snapshot)
{
    std::vector<ChannelSums> sums(snapshot.nodes.size());
    for (Evse const& evse : snapshot.evses) {
        Loading const loading = loading_of(snapshot.grid, evse);
        for (std::optional<std::size_t> node = evse.node; node; node = snapshot.nodes[*node].parent)
            for (std::size_t channel = 0; channel < channel_count; ++channel)
                if (loading.has(channel)) sums[*node][channel] += most_of(evse.max);
    }
    LineLaw const law(snapshot.grid, snapshot.power_factor);
    std::vector<PerLine> currents;
    currents.reserve(sums.size());
    for (ChannelSums const& each : sums) currents.push_back(law.currents(each));
    return currents;
}

void set_limits(Snapshot& snapshot, double overload, Dice& dice)
{
    auto const wanted = demand(snapshot);
    for (std::size_t node = 0; node < snapshot.nodes.size(); ++node) {
        double sum_a = 0;
        for (Current const current : wanted[node]) sum_a += current.amperes();
        double const share_a = sum_a / static_cast<double>(line_count) / overload;
        double const room = dice.real(1, greatest_room);
        snapshot.nodes[node].rating = on_all_lines(
            node == 0 ? milliampere(static_cast<std::int64_t>(share_a * 1000))
                      : rated_current(share_a * room));
    }
}

}

Snapshot one_fuse(Grid grid, std::size_t cars)
{
    Snapshot snapshot;
    snapshot.grid = grid;
    add_node(snapshot, "main", std::nullopt);
    snapshot.nodes[0].rating = on_all_lines(ampere(32));
    for (std::size_t i = 0; i < cars; ++i) snapshot.evses.push_back(car(0, i, 3, ampere(32)));
    return snapshot;
}

Snapshot tree(Grid grid, std::size_t cars, double overload, std::uint64_t seed)
{
    static constexpr std::array maxima{ampere(16), ampere(20), ampere(32)};
    Dice dice(seed);
    Snapshot snapshot;
    snapshot.grid = grid;
    std::size_t const main = add_node(snapshot, "main", std::nullopt);
    std::size_t block = main;
    std::size_t panel = main;
    std::size_t circuit = main;
    for (std::size_t i = 0; i < cars; ++i) {
        std::size_t const circuits = i / cars_per_circuit;
        if (i % cars_per_circuit == 0) {
            if (circuits % (circuits_per_panel * panels_per_block) == 0)
                block = add_node(snapshot, "block", main);
            if (circuits % circuits_per_panel == 0) panel = add_node(snapshot, "panel", block);
            circuit = add_node(snapshot, "circuit", panel);
        }
        int const phases = dice.chance(one_phase_percent) ? 1 : 3;
        snapshot.evses.push_back(car(circuit, i, phases, maxima[dice.index(maxima.size())]));
    }
    set_limits(snapshot, overload, dice);
    return snapshot;
}

}
