#include "tests/balancing/random_snapshot.hpp"

#include <algorithm>
#include <utility>

namespace balancing_test {

using namespace balancing;

namespace {

constexpr Seconds noon{12 * 3600};

// From 0 to `most` amperes.
Current random_current(Dice& dice, Mix const& mix, std::int64_t most)
{
    if (mix.any_ampere && dice.chance(50)) return {dice.number(0, ampere(most).nanoamperes)};
    return ampere(dice.number(0, most));
}

PerLine random_limit(Dice& dice, Mix const& mix)
{
    if (dice.chance(mix.plenty_percent))
        return on_all_lines(dice.chance(30) ? greatest_current : ampere(500));
    PerLine limit = on_all_lines(random_current(dice, mix, 80));
    if (dice.chance(30))
        for (Current& one : limit) one = random_current(dice, mix, 80);
    return limit;
}

TimedLimit random_timed(Dice& dice, Mix const& mix)
{
    TimedLimit timed;
    timed.source = dice.chance(50) ? LimitSource::schedule : LimitSource::temporary;
    timed.limit = random_limit(dice, mix);
    // Ends and beginnings just before, at and just after the moment.
    if (dice.chance(30)) timed.from = noon + Seconds{dice.number(-2, 1)};
    if (dice.chance(30)) timed.until = std::max(noon, timed.from) + Seconds{dice.number(0, 1)};
    if (timed.from >= timed.until) timed.until = timed.from + Seconds{1};
    return timed;
}

EnergyCap random_energy(Dice& dice)
{
    EnergyCap cap;
    cap.cap_wh = dice.number(0, 40'000);
    cap.used_wh = dice.number(0, 20'000);
    cap.hour_ends = noon + Seconds{dice.number(-1, 3600)};
    return cap;
}

Node random_node(Dice& dice, Mix const& mix, std::size_t index)
{
    Node node;
    node.name = "node " + std::to_string(index);
    if (index > 0) node.parent = dice.chance(40) ? index - 1 : dice.index(index);
    node.rating = random_limit(dice, mix);
    if (dice.chance(mix.factor_percent)) node.factor = dice.real(0.3, 1);
    while (dice.chance(mix.timed_percent)) node.timed.push_back(random_timed(dice, mix));
    if (dice.chance(mix.other_load_percent)) {
        // Sometimes more than any limit.
        std::int64_t const most = dice.chance(20) ? 120 : 25;
        for (Current& load : node.other_load) load = random_current(dice, mix, most);
    }
    if (dice.chance(mix.asymmetry_percent)) node.asymmetry = random_current(dice, mix, 40);
    if (dice.chance(mix.energy_percent)) node.energy = random_energy(dice);
    return node;
}

Terminals random_terminals(Dice& dice, Grid grid)
{
    auto const order = dice.order(line_count);
    Terminals terminals;
    for (std::size_t terminal = 0; terminal < line_count; ++terminal)
        terminals.line[terminal] = static_cast<std::uint8_t>(order[terminal]);
    if (dice.chance(30)) terminals.count = grid == Grid::tn && dice.chance(50) ? 1 : 2;
    return terminals;
}

void draw_maxima(Dice& dice, Mix const& mix, Maxima& max)
{
    max.station = dice.one_of(
        std::vector<Current>{ampere(32), ampere(16), ampere(20), milliampere(13'370)});
    if (dice.chance(30)) max.cable = dice.one_of(std::vector<Current>{ampere(20), ampere(32)});
    if (dice.chance(20)) max.car = random_current(dice, mix, 40);
    if (dice.chance(10)) max.asked = random_current(dice, mix, 40);
    if (dice.chance(10)) max.reclaimed = ampere(6) + random_current(dice, mix, 20);
}

Evse random_evse(Dice& dice, Mix const& mix, Grid grid, std::size_t nodes)
{
    Evse evse;
    evse.node = dice.index(nodes);
    evse.terminals = random_terminals(dice, grid);
    if (!dice.chance(mix.unknown_phases_percent))
        evse.phases = dice.one_of(std::vector<int>{1, 1, 2, 3, 3});
    evse.it_three_phase = dice.one_of(std::vector<ItThreePhase>{
        ItThreePhase::unknown, ItThreePhase::off, ItThreePhase::two_leg, ItThreePhase::delta});
    if (dice.chance(30)) evse.min = random_current(dice, mix, 10);
    if (dice.chance(mix.zero_min_percent)) evse.min = Current{};
    draw_maxima(dice, mix, evse.max);
    if (dice.chance(mix.watts_percent)) {
        evse.quantum_w = dice.one_of(mix.quanta_w);
    } else {
        evse.quantum = milliampere(dice.one_of(mix.quanta_ma));
    }
    evse.weight = dice.one_of(mix.weights);
    if (mix.any_weight) evse.weight = static_cast<double>(dice.number(1, 1'000'000)) / 7919.0;
    if (dice.chance(mix.reserved_percent)) evse.reserved = random_current(dice, mix, 20);
    return evse;
}

}

Mix Mix::fluid()
{
    Mix mix;
    mix.name = "fluid";
    mix.quanta_ma = {0};
    mix.watts_percent = 0;
    mix.in_order_percent = 0;
    mix.tiers_percent = 0;
    return mix;
}

Snapshot random_snapshot(Dice& dice, Mix const& mix)
{
    Snapshot snapshot;
    snapshot.now = noon;
    snapshot.grid = !mix.it || (mix.tn && dice.chance(50)) ? Grid::tn : Grid::it;
    snapshot.power_factor = dice.one_of(
        std::vector<double>{usual_power_factor, least_power_factor, 0.99, 1});
    if (dice.chance(mix.in_order_percent)) snapshot.sharing = Sharing::in_order;
    std::size_t const nodes = 1 + dice.index(mix.most_nodes);
    for (std::size_t node = 0; node < nodes; ++node)
        snapshot.nodes.push_back(random_node(dice, mix, node));

    bool const tiers = dice.chance(mix.tiers_percent);
    std::size_t const evses = dice.index(mix.most_evses + 1);
    for (std::size_t index = 0; index < evses; ++index) {
        Evse evse = random_evse(dice, mix, snapshot.grid, nodes);
        evse.name = "evse " + std::to_string(index);
        if (tiers) evse.tier = static_cast<int>(dice.number(-1, 1));
        if (mix.one_quantum && index > 0) {
            evse.quantum = snapshot.evses.front().quantum;
            evse.quantum_w = snapshot.evses.front().quantum_w;
        }
        if (mix.one_weight && index > 0) evse.weight = snapshot.evses.front().weight;
        snapshot.evses.push_back(std::move(evse));
    }
    return snapshot;
}

}
