// Whether a plan keeps every limit of its snapshot: an own sum over the tree, from the grants
// alone, in integers. How currents add on a line is the product's LineLaw, which
// tests/balancing/phasor_test.cpp holds against complex numbers. Shared with the fuzzer.
#pragma once

#include "balancing/limits.hpp"
#include "balancing/line_law.hpp"
#include "balancing/plan.hpp"
#include "balancing/snapshot.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <optional>
#include <string>
#include <vector>

namespace plan_test {

// Per node what is granted, or only what is reserved, below it. Takes a snapshot that was planned.
inline std::vector<balancing::ChannelSums> sums_of(
    balancing::Snapshot const& snapshot, balancing::Plan const& plan, bool only_reserved)
{
    std::vector<balancing::ChannelSums> sums(snapshot.nodes.size());
    for (std::size_t index = 0; index < snapshot.evses.size(); ++index) {
        auto const& evse = snapshot.evses[index];
        auto const& grant = plan.evses[index];
        if (only_reserved && !evse.reserved) continue;
        std::optional<std::size_t> node = evse.node;
        for (; node; node = snapshot.nodes[*node].parent)
            add(sums[*node], grant.loading, grant.limit);
    }
    return sums;
}

inline balancing::Current total_of(balancing::ChannelSums const& sums)
{
    auto const balanced = sums[balancing::balanced_channel];
    return sums[0] + sums[1] + sums[2] + balanced + balanced + balanced;
}

// What other loads of these line currents take over all phases or pairs. On IT no load with them
// takes more than a balanced one: sqrt(3) x 230 V on each line, a third of it for each pair.
inline balancing::Current others_of(balancing::Grid grid, balancing::PerLine const& other_load)
{
    auto const sum = other_load[0] + other_load[1] + other_load[2];
    if (grid == balancing::Grid::tn) return sum;
    auto const amount = static_cast<double>(sum.nanoamperes) / std::numbers::sqrt3;
    return {static_cast<std::int64_t>(std::floor(amount))};
}

// The node's rules that these sums break, one letter each: 1 to 3 the limit of a line, a to c the
// asymmetry of a line, e energy.
inline std::string broken_rules(
    balancing::Snapshot const& snapshot, std::size_t index, balancing::ChannelSums const& sums)
{
    using namespace balancing;
    LineLaw const law(snapshot.grid, snapshot.power_factor);
    auto const& node = snapshot.nodes[index];
    auto single = sums;
    if (snapshot.grid == Grid::tn) single[balanced_channel] = {};
    auto const least_other = *std::min_element(node.other_load.begin(), node.other_load.end());
    std::string broken;
    for (std::size_t line = 0; line < line_count; ++line) {
        auto const other = node.other_load[line];
        auto const limit =
            line_limit(node.rating, node.factor, node.timed, snapshot.now, line).limit;
        if (limit < greatest_current && !law.within(sums, line, limit - other))
            broken += std::to_string(line + 1);
        if (node.asymmetry && !law.within(single, line, *node.asymmetry - (other - least_other)))
            broken += static_cast<char>('a' + line);
    }
    if (!node.energy) return broken;
    auto const most = current_of(*node.energy, snapshot.now);
    if (most < greatest_current &&
        total_of(sums) > most - others_of(snapshot.grid, node.other_load))
        broken += 'e';
    return broken;
}

// Whether a load of these channels adds to what the rule counts. On TN a load that is the same on
// all lines makes no difference between them.
inline bool adds_to(char rule, balancing::LineLaw const& law, balancing::Loading loading)
{
    if (rule == 'e') return true;
    bool const asymmetry = rule >= 'a';
    if (asymmetry && law.grid() == balancing::Grid::tn)
        loading.channels &= static_cast<std::uint8_t>(~balancing::balanced_load.channels);
    return ((unsigned{law.lines_of(loading)} >> (rule - (asymmetry ? 'a' : '1'))) & 1U) != 0;
}

inline bool is_below(
    balancing::Snapshot const& snapshot, std::optional<std::size_t> node, std::size_t above)
{
    while (node && *node != above) node = snapshot.nodes[*node].parent;
    return node.has_value();
}

// Nothing if the plan is safe: every limit is kept, unless reservations and other load alone break
// it, and then nobody below that node gets anything which adds to it. And each EVSE gets 0 or from
// its minimum to its maximum, or exactly what is reserved for it.
inline std::optional<std::string> danger_in(
    balancing::Snapshot const& snapshot, balancing::Plan const& plan)
{
    using namespace balancing;
    auto const sums = sums_of(snapshot, plan, false);
    auto const reserved = sums_of(snapshot, plan, true);
    for (std::size_t index = 0; index < snapshot.nodes.size(); ++index) {
        auto const broken = broken_rules(snapshot, index, sums[index]);
        if (broken.empty()) continue;
        if (broken != broken_rules(snapshot, index, reserved[index]))
            return snapshot.nodes[index].name + " is over its limits: " + broken;
        LineLaw const law(snapshot.grid, snapshot.power_factor);
        for (std::size_t evse = 0; evse < snapshot.evses.size(); ++evse) {
            auto const& grant = plan.evses[evse];
            if (snapshot.evses[evse].reserved || grant.limit == Current{}) continue;
            if (!is_below(snapshot, snapshot.evses[evse].node, index)) continue;
            for (char const rule : broken)
                if (adds_to(rule, law, grant.loading))
                    return snapshot.evses[evse].name + " gets something below " +
                           snapshot.nodes[index].name + ", which is over its limits";
        }
    }
    for (std::size_t index = 0; index < snapshot.evses.size(); ++index) {
        auto const& evse = snapshot.evses[index];
        auto const limit = plan.evses[index].limit;
        if (evse.reserved ? limit != *evse.reserved
                          : limit != Current{} && (limit < evse.min || limit > most_of(evse.max)))
            return evse.name + " gets what it cannot take";
    }
    return std::nullopt;
}

}
