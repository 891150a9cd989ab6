#include "server/engine/steering.hpp"

#include <algorithm>
#include <limits>

namespace engine {

namespace {

// What is free on each line of each node, by the ceilings. Negative: overloaded.
class Headroom {
public:
    Headroom(std::span<balancing::Node const> nodes, std::span<SteeredOutlet const> outlets)
        : nodes_(nodes)
    {
        free_.reserve(nodes.size());
        for (auto const& node : nodes) {
            auto& lines = free_.emplace_back();
            for (std::size_t line = 0; line < balancing::line_count; ++line)
                lines[line] = (node.limit[line] - node.other_load[line]).value;
        }
        for (auto const& outlet : outlets) take(outlet, outlet.ceiling_ma);
    }

    // The least that is free for the outlet on its way to the root.
    std::int64_t left_for(SteeredOutlet const& outlet) const
    {
        auto left = std::numeric_limits<std::int64_t>::max();
        for (std::optional<std::size_t> n = outlet.node; n; n = nodes_[*n].parent)
            for (std::size_t line = 0; line < balancing::line_count; ++line)
                if (outlet.lines[line]) left = std::min(left, free_[*n][line]);
        return left;
    }

    void take(SteeredOutlet const& outlet, std::int64_t current_ma)
    {
        for (std::optional<std::size_t> n = outlet.node; n; n = nodes_[*n].parent)
            for (std::size_t line = 0; line < balancing::line_count; ++line)
                if (outlet.lines[line]) free_[*n][line] -= current_ma;
    }

private:
    std::span<balancing::Node const> nodes_;
    std::vector<std::array<std::int64_t, balancing::line_count>> free_;
};

bool charges(SteeredOutlet const& outlet) { return outlet.commanded_ma >= outlet.min_ma; }

// Outlets that want more: those that have nothing first, otherwise as they come.
std::vector<std::size_t> rising(std::span<SteeredOutlet const> outlets)
{
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < outlets.size(); ++i)
        if (outlets[i].target_ma > outlets[i].commanded_ma) order.push_back(i);
    std::stable_partition(
        order.begin(), order.end(), [&](std::size_t i) { return !charges(outlets[i]); });
    return order;
}

// The highest limit for the outlet that headroom allows, in whole quanta; 0 when nothing useful
// fits.
std::int64_t highest_useful(
    SteeredOutlet const& outlet, Headroom const& headroom, SteeringRules const& rules)
{
    std::int64_t const left = headroom.left_for(outlet);
    if (left < 0) return 0;
    std::int64_t const limit = std::min(outlet.target_ma, outlet.ceiling_ma + left);
    std::int64_t const whole = limit - limit % rules.quantum_ma;
    bool const worth_it = charges(outlet) ? whole - outlet.commanded_ma >= rules.increase_step_ma ||
                                                whole == outlet.target_ma
                                          : whole >= outlet.min_ma;
    return worth_it && whole > outlet.commanded_ma ? whole : 0;
}

}

Steering steer(std::span<balancing::Node const> nodes, std::span<SteeredOutlet const> outlets,
    SteeringRules const& rules, Milliseconds now)
{
    Steering result;
    result.held_back.assign(outlets.size(), false);
    for (std::size_t i = 0; i < outlets.size(); ++i)
        if (outlets[i].free && outlets[i].target_ma < outlets[i].commanded_ma)
            result.changes.push_back({.outlet = i, .limit_ma = outlets[i].target_ma});

    Headroom headroom(nodes, outlets);
    for (std::size_t const i : rising(outlets)) {
        auto const& outlet = outlets[i];
        std::int64_t const limit = outlet.free ? highest_useful(outlet, headroom, rules) : 0;
        bool const too_early = charges(outlet) && now < outlet.earliest_increase;
        if (limit > 0 && too_early &&
            (!result.next_increase || outlet.earliest_increase < *result.next_increase))
            result.next_increase = outlet.earliest_increase;
        result.held_back[i] = limit < outlet.target_ma || too_early;
        if (limit == 0 || too_early) continue;
        result.changes.push_back({.outlet = i, .limit_ma = limit});
        headroom.take(outlet, std::max<std::int64_t>(0, limit - outlet.ceiling_ma));
    }
    return result;
}

}
