#include "server/engine/steering.hpp"

#include "balancing/account.hpp"

#include <algorithm>
#include <cstdlib>

namespace engine {

namespace {

// What is free everywhere, by the ceilings.
class Headroom {
public:
    // The snapshot must outlive it.
    Headroom(balancing::Snapshot const& snapshot, std::span<SteeredOutlet const> outlets)
    {
        tree_.rebuild(snapshot.nodes);
        balancing::make_rows(tree_, snapshot.grid, snapshot.nodes, snapshot.now, rows_);
        account_.reset(tree_, rows_, balancing::LineLaw(snapshot.grid, snapshot.power_factor));
        for (auto const& outlet : outlets) take(outlet, outlet.ceiling_ma);
    }

    // How much of `wanted_ma` is free for the outlet; negative where something on its way to the
    // root is overloaded.
    std::int64_t left_for(SteeredOutlet const& outlet, std::int64_t wanted_ma) const
    {
        auto const rank = tree_.rank_of(outlet.node);
        if (!account_.fits(rank, outlet.loading, {})) return -1;
        auto const room = account_.room_for(
            rank, outlet.loading, balancing::milliampere(wanted_ma));
        std::int64_t left_ma = std::max<std::int64_t>(0, room.whole_milliamperes());
        // On IT the room is a nanoampere off at times.
        if (!account_.fits(rank, outlet.loading, balancing::milliampere(left_ma))) --left_ma;
        return std::max<std::int64_t>(0, left_ma);
    }

    void take(SteeredOutlet const& outlet, std::int64_t current_ma)
    {
        account_.take(
            tree_.rank_of(outlet.node), outlet.loading, balancing::milliampere(current_ma));
    }

private:
    balancing::Tree tree_;
    std::vector<balancing::NodeRows> rows_;
    balancing::Account account_;
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

bool is_trifle(std::int64_t change_ma, SteeringRules const& rules)
{
    return change_ma < rules.increase_step_ma;
}

// The highest limit for the outlet that headroom allows, in whole quanta; 0 when nothing useful
// fits.
std::int64_t highest_useful(
    SteeredOutlet const& outlet, Headroom const& headroom, SteeringRules const& rules)
{
    std::int64_t const wanted = std::max<std::int64_t>(0, outlet.target_ma - outlet.ceiling_ma);
    std::int64_t const left = headroom.left_for(outlet, wanted);
    if (left < 0) return 0;
    std::int64_t const limit = std::min(outlet.target_ma, outlet.ceiling_ma + left);
    std::int64_t const whole = limit - limit % rules.quantum_ma;
    bool const worth_it = charges(outlet) ? !is_trifle(whole - outlet.commanded_ma, rules) ||
                                                whole == outlet.target_ma
                                          : whole >= outlet.min_ma;
    return worth_it && whole > outlet.commanded_ma ? whole : 0;
}

// Where the outlet is going, if trifles are left out.
std::int64_t without_trifles(SteeredOutlet const& outlet, SteeringRules const& rules)
{
    bool const stays = charges(outlet) && outlet.target_ma >= outlet.min_ma &&
                       is_trifle(std::abs(outlet.target_ma - outlet.commanded_ma), rules);
    return stays ? outlet.commanded_ma : outlet.target_ma;
}

// The decreases: all that are no trifles, and of these what the targets of others need.
std::vector<LimitChange> decreases(balancing::Snapshot const& snapshot,
    std::span<SteeredOutlet const> outlets, SteeringRules const& rules)
{
    Headroom settled(snapshot, {});
    for (auto const& outlet : outlets) {
        // Who cannot be told anything keeps its ceiling.
        bool const moves = outlet.free || outlet.target_ma > outlet.commanded_ma;
        settled.take(outlet, moves ? without_trifles(outlet, rules) : outlet.ceiling_ma);
    }
    std::vector<LimitChange> changes;
    for (std::size_t i = 0; i < outlets.size(); ++i) {
        auto const& outlet = outlets[i];
        if (!outlet.free || outlet.target_ma >= outlet.commanded_ma) continue;
        bool const left_out = without_trifles(outlet, rules) == outlet.commanded_ma;
        if (left_out && settled.left_for(outlet, 0) == 0) continue;
        if (left_out) settled.take(outlet, outlet.target_ma - outlet.commanded_ma);
        changes.push_back({.outlet = i, .limit_ma = outlet.target_ma});
    }
    return changes;
}

}

Steering steer(balancing::Snapshot const& snapshot, std::span<SteeredOutlet const> outlets,
    SteeringRules const& rules, Milliseconds now)
{
    Steering result;
    result.held_back.assign(outlets.size(), false);
    result.changes = decreases(snapshot, outlets, rules);

    Headroom headroom(snapshot, outlets);
    for (std::size_t const i : rising(outlets)) {
        auto const& outlet = outlets[i];
        std::int64_t const limit = outlet.free ? highest_useful(outlet, headroom, rules) : 0;
        bool const trifle = is_trifle(limit - outlet.commanded_ma, rules);
        auto const earliest = trifle ? std::max(outlet.earliest_increase, outlet.earliest_trifle)
                                     : outlet.earliest_increase;
        bool const too_early = charges(outlet) && now < earliest;
        if (limit > 0 && too_early && (!result.next_increase || earliest < *result.next_increase))
            result.next_increase = earliest;
        result.held_back[i] = limit < outlet.target_ma || too_early;
        if (limit == 0 || too_early) continue;
        result.changes.push_back({.outlet = i, .limit_ma = limit});
        headroom.take(outlet, std::max<std::int64_t>(0, limit - outlet.ceiling_ma));
    }
    return result;
}

}
