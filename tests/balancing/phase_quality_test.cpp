// How good the choice of phases is: random installations that are small enough to try every choice.
#include "balancing/phase_choice.hpp"
#include "balancing/phase_order.hpp"
#include "tests/balancing/dice.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace balancing_test {

using namespace balancing;

TEST_SUITE_BEGIN("phase choice");

namespace {

struct Draw {
    std::size_t free_cars = 0;
    bool drops_and_rises = false;
    bool charging = false;
    bool tiers = false;
};

Snapshot random_installation(Dice& dice, Draw const& draw)
{
    Snapshot snapshot;
    snapshot.grid = dice.chance(70) ? Grid::tn : Grid::it;
    std::size_t const nodes = 1 + dice.index(5);
    std::size_t const fixed_cars = dice.index(6);
    std::size_t const cars = draw.free_cars + fixed_cars;
    for (std::size_t index = 0; index < nodes; ++index) {
        // Room for a good part of the cars; some lines partly taken.
        std::int64_t const wide = index == 0 ? static_cast<std::int64_t>(cars) : 4;
        Node node;
        node.rating = on_all_lines(ampere(dice.number(8, 10 + 8 * wide)));
        node.name = "node " + std::to_string(index);
        if (index > 0) node.parent = dice.index(index);
        if (dice.chance(40))
            for (Current& load : node.other_load) load = ampere(dice.number(0, 10));
        snapshot.nodes.push_back(node);
    }
    for (std::size_t index = 0; index < cars; ++index) {
        auto const lines = dice.order(line_count);
        Terminals terminals;
        for (std::size_t k = 0; k < line_count; ++k)
            terminals.line[k] = static_cast<std::uint8_t>(lines[k]);
        Evse evse;
        evse.terminals = terminals;
        evse.phases = dice.chance(60) ? 1 : 3;
        evse.name = "car " + std::to_string(index);
        evse.node = dice.index(nodes);
        evse.max.station = ampere(dice.one_of(std::vector<std::int64_t>{10, 16, 20, 32}));
        if (dice.chance(20)) evse.min = ampere(8);
        if (dice.chance(30)) evse.weight = dice.one_of(std::vector<double>{0.5, 2, 3});
        if (draw.tiers) evse.tier = static_cast<int>(dice.number(0, 1));
        evse.session.charging = draw.charging && dice.chance(70);
        if (index < draw.free_cars) {
            evse.may_choose_line = true;
            if (!draw.drops_and_rises) evse.phases = 1;
            evse.may_drop_to_one_phase = draw.drops_and_rises && evse.phases == 3;
            evse.may_rise_to_three_phases = draw.drops_and_rises && dice.chance(50);
        }
        snapshot.evses.push_back(evse);
    }
    // The free ones anywhere in the queue.
    std::vector<Evse> queue;
    for (std::size_t const place : dice.order(cars)) queue.push_back(snapshot.evses[place]);
    snapshot.evses = std::move(queue);
    return snapshot;
}

// The value of a choice in the order of choose_modes(), reckoned anew: per tier who is admitted,
// the cars that leave three phases (fewer is more), and the shares in mA, sorted.
struct Value {
    std::vector<std::tuple<std::vector<bool>, int, std::vector<std::int64_t>>> tiers{};
    double smallest = 0;  // share of those that charge
    double total = 0;     // A, of all

    friend bool operator<(Value const& a, Value const& b) { return a.tiers < b.tiers; }
    bool same_admission(Value const& other) const
    {
        for (std::size_t tier = 0; tier < tiers.size(); ++tier)
            if (std::get<0>(tiers[tier]) != std::get<0>(other.tiers[tier])) return false;
        return true;
    }
};

Value value_of(Snapshot const& present, std::vector<Mode> const& modes, Allocator& allocator)
{
    Snapshot snapshot = present;
    set_modes(snapshot, modes);
    Plan plan;
    if (allocator.allocate(snapshot, plan)) FAIL("refused");
    Value value;
    value.tiers.resize(2);
    value.smallest = 1e9;
    for (std::size_t index = 0; index < modes.size(); ++index) {
        auto& [admitted, drops,
            shares] = value.tiers[static_cast<std::size_t>(snapshot.evses[index].tier)];
        auto const phases = [&](Evse const& evse) {
            return phases_of(loading_of(snapshot.grid, evse));
        };
        double const power = static_cast<double>(phases(snapshot.evses[index])) /
                             phases(present.evses[index]);
        double const current = plan.evses[index].limit.amperes();
        double const share = current * power / snapshot.evses[index].weight;
        admitted.push_back(current > 0);
        drops -= power < 1 ? 1 : 0;
        shares.push_back(std::int64_t{std::llround(share * 1000)});
        if (current > 0) value.smallest = std::min(value.smallest, share);
        value.total += current * phases(snapshot.evses[index]);
    }
    for (auto& [admitted, drops, shares] : value.tiers) std::sort(shares.begin(), shares.end());
    return value;
}

// The best of all choices there are.
Value best_value(Snapshot const& snapshot, Allocator& allocator)
{
    std::vector<std::vector<Mode>> options;
    for (Evse const& evse : snapshot.evses) options.push_back(modes_of(snapshot.grid, evse));
    std::vector<std::size_t> chosen(options.size(), 0);
    std::optional<Value> best;
    while (true) {
        std::vector<Mode> modes;
        for (std::size_t index = 0; index < options.size(); ++index)
            modes.push_back(options[index][chosen[index]]);
        Value value = value_of(snapshot, modes, allocator);
        if (!best || *best < value) best = std::move(value);
        std::size_t digit = 0;
        while (digit < options.size() && ++chosen[digit] == options[digit].size())
            chosen[digit++] = 0;
        if (digit == options.size()) return *best;
    }
}

std::vector<ModeOutcome> outcomes_of(
    Snapshot const& present, std::vector<Mode> const& modes, Allocator& allocator)
{
    Snapshot chosen = present;
    set_modes(chosen, modes);
    Plan plan;
    if (allocator.allocate(chosen, plan)) FAIL("refused");
    auto const phases = [&](Evse const& evse) {
        return static_cast<double>(phases_of(loading_of(present.grid, evse)));
    };
    std::vector<ModeOutcome> outcomes;
    for (std::size_t index = 0; index < modes.size(); ++index)
        outcomes.push_back(outcome_of(plan.evses[index], present.evses[index].weight,
            phases(chosen.evses[index]) / phases(present.evses[index])));
    return outcomes;
}

struct Quality {
    std::uint64_t instances = 0;
    std::uint64_t best_found = 0;      // as good as the best in every respect
    std::uint64_t same_admission = 0;  // as many admitted as in the best
    double smallest = 0;               // mean of the parts of the best, over those
    double total = 0;
    double worst_smallest = 1;
};

Quality measure(std::uint64_t test, std::uint64_t instances, bool drops_and_rises)
{
    Quality quality;
    Allocator allocator;
    for (std::uint64_t instance = 0; instance < instances; ++instance) {
        Dice dice(seed_of(test, instance));
        Draw draw;
        std::size_t const most = drops_and_rises ? 4 : 6;
        draw.free_cars = 2 + dice.index(most);
        draw.drops_and_rises = drops_and_rises;
        Snapshot const snapshot = random_installation(dice, draw);
        Value const best = best_value(snapshot, allocator);
        Value const found = value_of(snapshot, choose_modes(snapshot, allocator, {}), allocator);
        ++quality.instances;
        if (!(found < best)) ++quality.best_found;
        if (!found.same_admission(best)) continue;
        ++quality.same_admission;
        double const part = best.smallest > 0 ? found.smallest / best.smallest : 1;
        quality.smallest += part;
        quality.worst_smallest = std::min(quality.worst_smallest, part);
        quality.total += best.total > 0 ? found.total / best.total : 1;
    }
    auto const compared = static_cast<double>(quality.same_admission);
    quality.smallest /= compared;
    quality.total /= compared;
    return quality;
}

void print(char const* what, Quality const& quality)
{
    std::printf("%s: %llu instances, best choice found in %llu, same admission in %llu, smallest "
                "share %.3f %% (worst %.1f %%), total current %.3f %% of brute force\n",
        what, static_cast<unsigned long long>(quality.instances),
        static_cast<unsigned long long>(quality.best_found),
        static_cast<unsigned long long>(quality.same_admission), 100 * quality.smallest,
        100 * quality.worst_smallest, 100 * quality.total);
}

}

TEST_CASE("the choice of lines is as good as trying all of them, within half a percent")
{
    std::uint64_t const instances = cases(500);
    Quality const quality = measure(71, instances, false);
    print("choice of lines", quality);
    CHECK(quality.best_found * 10 >= instances * 9);
    CHECK(quality.same_admission * 100 >= instances * 98);
    CHECK(quality.smallest >= 0.995);
    CHECK(quality.total >= 0.995);
}

TEST_CASE("the choice of lines and of one or three phases is as good as trying all of them")
{
    std::uint64_t const instances = cases(300);
    Quality const quality = measure(72, instances, true);
    print("lines, drops and returns", quality);
    CHECK(quality.best_found * 10 >= instances * 9);
    CHECK(quality.same_admission * 100 >= instances * 98);
    CHECK(quality.smallest >= 0.995);
    CHECK(quality.total >= 0.995);
}

TEST_CASE("the choice is never worse than the present modes, and the same in any order of nodes")
{
    std::uint64_t const instances = cases(400);
    Allocator allocator;
    for (std::uint64_t instance = 0; instance < instances; ++instance) {
        std::uint64_t const seed = seed_of(73, instance);
        CAPTURE(seed);
        Dice dice(seed);
        Draw const draw{2 + dice.index(6), dice.chance(50), true, dice.chance(30)};
        Snapshot const snapshot = random_installation(dice, draw);
        auto const modes = choose_modes(snapshot, allocator, {});
        std::vector<Mode> present;
        for (Evse const& evse : snapshot.evses) present.push_back({evse.phases, evse.terminals});
        CHECK_FALSE(value_of(snapshot, modes, allocator) < value_of(snapshot, present, allocator));

        Snapshot shuffled = snapshot;
        auto const places = dice.order(snapshot.nodes.size());
        for (std::size_t node = 0; node < places.size(); ++node) {
            Node moved = snapshot.nodes[node];
            if (moved.parent) moved.parent = places[*moved.parent];
            shuffled.nodes[places[node]] = moved;
        }
        for (Evse& evse : shuffled.evses) evse.node = places[evse.node];
        CHECK(choose_modes(shuffled, allocator, {}) == modes);
        CHECK(choose_modes(snapshot, allocator, {}) == modes);
    }
}

TEST_CASE("cars that charge are switched only if that is worth it beside leaving all of them alone")
{
    std::uint64_t const instances = cases(400);
    Allocator allocator;
    PhaseRules const rules;
    std::uint64_t switched = 0;
    for (std::uint64_t instance = 0; instance < instances; ++instance) {
        std::uint64_t const seed = seed_of(74, instance);
        CAPTURE(seed);
        Dice dice(seed);
        Draw const draw{2 + dice.index(6), dice.chance(50), true, false};
        Snapshot const snapshot = random_installation(dice, draw);
        auto const found = choose_modes(snapshot, allocator, rules);
        auto alone = found;
        for (std::size_t index = 0; index < found.size(); ++index) {
            Evse const& evse = snapshot.evses[index];
            if (evse.session.charging) alone[index] = {evse.phases, evse.terminals};
        }
        if (alone == found) continue;
        ++switched;
        Comparison compare(snapshot, rules.least_gain);
        CHECK(compare(outcomes_of(snapshot, alone, allocator),
                  outcomes_of(snapshot, found, allocator)) == Verdict::worth_a_switch);
    }
    CHECK(switched > instances / 4);  // the test would say nothing if nobody moved
}

TEST_SUITE_END();

}
