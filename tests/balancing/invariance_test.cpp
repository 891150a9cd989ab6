// What may be changed about a snapshot without changing the plan, and what changes it how. A
// failure prints its seed.
#include "tests/balancing/trials.hpp"

#include <algorithm>
#include <limits>
#include <memory>

namespace balancing_test {

TEST_SUITE_BEGIN("invariance");

namespace {

constexpr std::uint64_t instances = 3000;

bool names_a_place(Reason const& reason)
{
    return reason.kind == ReasonKind::line || reason.kind == ReasonKind::waiting ||
           reason.kind == ReasonKind::no_room;
}

// Node i becomes node order[i], under another name.
Snapshot with_nodes_in(std::vector<std::size_t> const& order, Snapshot const& snapshot)
{
    Snapshot moved = snapshot;
    for (std::size_t node = 0; node < order.size(); ++node) {
        Node& to = moved.nodes[order[node]];
        to = snapshot.nodes[node];
        to.name = "renamed " + std::to_string(order[node]);
        if (to.parent) to.parent = order[*to.parent];
    }
    for (Evse& evse : moved.evses) evse.node = order[evse.node];
    return moved;
}

Plan with_nodes_in(std::vector<std::size_t> const& order, Plan const& plan)
{
    Plan moved = plan;
    for (Grant& grant : moved.evses)
        if (names_a_place(grant.reason)) grant.reason.node = order[grant.reason.node];
    for (std::size_t node = 0; node < order.size(); ++node) {
        moved.node_current[order[node]] = plan.node_current[node];
        moved.node_limit[order[node]] = plan.node_limit[node];
    }
    return moved;
}

// Line i is called line names[i].
PerLine relabelled(std::vector<std::size_t> const& names, PerLine const& values)
{
    PerLine result;
    for (std::size_t line = 0; line < line_count; ++line) result[names[line]] = values[line];
    return result;
}

Snapshot relabelled(std::vector<std::size_t> const& names, Snapshot const& snapshot)
{
    Snapshot result = snapshot;
    for (Node& node : result.nodes) {
        node.rating = relabelled(names, node.rating);
        node.other_load = relabelled(names, node.other_load);
        for (TimedLimit& timed : node.timed) timed.limit = relabelled(names, timed.limit);
    }
    for (Evse& evse : result.evses)
        for (std::uint8_t& line : evse.terminals.line)
            line = static_cast<std::uint8_t>(names[line]);
    return result;
}

// No limit stays no limit.
void scale(Current& current, std::int64_t factor, Current greatest = greatest_current)
{
    if (current < greatest) current.nanoamperes *= factor;
    current = std::min(current, greatest);
}

void scale(PerLine& currents, std::int64_t factor)
{
    for (Current& current : currents) scale(current, factor);
}

Snapshot scaled(Snapshot snapshot, std::int64_t factor)
{
    for (Node& node : snapshot.nodes) {
        scale(node.rating, factor);
        scale(node.other_load, factor);
        for (TimedLimit& timed : node.timed) scale(timed.limit, factor);
        if (node.asymmetry) scale(*node.asymmetry, factor);
        if (node.energy) node.energy->cap_wh *= factor, node.energy->used_wh *= factor;
    }
    for (Evse& evse : snapshot.evses) {
        scale(evse.min, factor);
        for (Current* max : {&evse.max.station, &evse.max.cable, &evse.max.car, &evse.max.asked,
                 &evse.max.reclaimed})
            scale(*max, factor, greatest_evse_current);
        if (evse.reserved) scale(*evse.reserved, factor);
    }
    return snapshot;
}

// The smallest current / weight of all that are admitted.
double smallest_share(Snapshot const& snapshot, Plan const& plan)
{
    double smallest = std::numeric_limits<double>::infinity();
    for (std::size_t evse = 0; evse < snapshot.evses.size(); ++evse)
        if (is_admitted(plan.evses[evse]))
            smallest = std::min(smallest, static_cast<double>(plan.evses[evse].limit.nanoamperes) /
                                              snapshot.evses[evse].weight);
    return smallest;
}

void add_capacity(Dice& dice, Node& node)
{
    std::size_t const line = dice.index(line_count);
    Current const more{dice.number(1, ampere(20).nanoamperes)};
    auto const raise = [&](Current& limit) { limit = std::min(limit + more, greatest_current); };
    raise(node.rating[line]);
    for (TimedLimit& timed : node.timed) raise(timed.limit[line]);
    if (node.asymmetry) raise(*node.asymmetry);
    if (node.energy) node.energy->cap_wh += dice.number(0, 10'000);
}

}

TEST_CASE("order and names of the nodes, and names of the EVSEs, change nothing")
{
    for_snapshots(30, instances, all_mixes(), [](Snapshot const& snapshot, Dice& dice) {
        auto const order = dice.order(snapshot.nodes.size());
        Snapshot moved = with_nodes_in(order, snapshot);
        for (Evse& evse : moved.evses) evse.name = "another name";
        CHECK(plan_of(moved) == with_nodes_in(order, plan_of(snapshot)));
    });
}

TEST_CASE("which line is called L1 changes nothing, on either grid")
{
    for_snapshots(31, instances, all_mixes(), [](Snapshot const& snapshot, Dice& dice) {
        auto const names = dice.order(line_count);
        Plan const plan = plan_of(snapshot);
        Plan const turned = plan_of(relabelled(names, snapshot));
        CHECK(exact_limits_of(turned) == exact_limits_of(plan));
        for (std::size_t node = 0; node < snapshot.nodes.size(); ++node) {
            CHECK(turned.node_current[node] == relabelled(names, plan.node_current[node]));
            CHECK(turned.node_limit[node] == relabelled(names, plan.node_limit[node]));
        }
    });
}

TEST_CASE("the same snapshot gives the same plan, bit for bit")
{
    for_snapshots(32, instances, all_mixes(), [](Snapshot const& snapshot, Dice&) {
        Plan const first = plan_of(snapshot);
        CHECK(plan_of(snapshot) == first);
        auto const elsewhere = std::make_unique<Snapshot>(snapshot);  // other addresses
        CHECK(plan_of(*elsewhere) == first);
    });
}

TEST_CASE("an allocator that planned other installations, or refused some, plans like a fresh one")
{
    Allocator used;
    Plan plan;
    for_snapshots(33, instances, all_mixes(), [&](Snapshot snapshot, Dice& dice) {
        REQUIRE_FALSE(used.allocate(snapshot, plan));
        CHECK(plan == plan_of(snapshot));
        if (!dice.chance(10)) return;
        snapshot.nodes.front().parent = 0;
        CHECK(used.allocate(snapshot, plan));
        CHECK(plan == Plan{});
    });
}

TEST_CASE("only the ratio of the weights counts")
{
    std::vector<Mix> mixes = all_mixes();
    for (Mix& mix : mixes) mix.any_weight = false;
    for_snapshots(34, instances, mixes, [](Snapshot snapshot, Dice& dice) {
        auto const limits = exact_limits_of(plan_of(snapshot));
        // A whole factor: the products stay exact, so even ties stay ties.
        auto const factor = static_cast<double>(dice.number(2, 1000));
        for (Evse& evse : snapshot.evses) evse.weight *= factor;
        CHECK(exact_limits_of(plan_of(snapshot)) == limits);
    });
}

TEST_CASE("if all currents are so many times as large, so are the shares")
{
    Mix tiers = Mix::fluid();
    tiers.tiers_percent = 50;
    for_snapshots(35, instances, {Mix::fluid(), tiers}, [](Snapshot const& snapshot, Dice& dice) {
        std::int64_t const factor = dice.number(2, 20);
        Plan const small = plan_of(snapshot);
        Plan const large = plan_of(scaled(snapshot, factor));
        // A limit is rounded to nanoamperes before or after it is multiplied, and so is each share.
        auto const parts = static_cast<std::int64_t>(snapshot.nodes.size() + snapshot.evses.size());
        for (std::size_t evse = 0; evse < snapshot.evses.size(); ++evse) {
            std::int64_t const off = large.evses[evse].limit.nanoamperes -
                                     factor * small.evses[evse].limit.nanoamperes;
            CHECK(std::abs(off) <= factor * parts);
        }
    });
}

TEST_CASE("more capacity never lowers the smallest share when all are admitted")
{
    std::uint64_t tried = 0;
    Mix roomy = Mix::fluid();
    roomy.most_evses = 8;
    roomy.plenty_percent = 50;
    roomy.other_load_percent = 5;
    roomy.energy_percent = 5;
    for_snapshots(36, 3 * instances, {roomy}, [&](Snapshot snapshot, Dice& dice) {
        Plan const plan = plan_of(snapshot);
        if (!all_admitted(snapshot, plan)) return;
        ++tried;
        add_capacity(dice, snapshot.nodes[dice.index(snapshot.nodes.size())]);
        Plan const roomier = plan_of(snapshot);
        CHECK(all_admitted(snapshot, roomier));
        double smallest_weight = 1;
        for (Evse const& evse : snapshot.evses)
            smallest_weight = std::min(smallest_weight, evse.weight);
        double const crumbs = static_cast<double>(snapshot.evses.size()) / smallest_weight;
        CHECK(smallest_share(snapshot, roomier) >= smallest_share(snapshot, plan) - crumbs);
    });
    CHECK(tried > cases(1000));  // the test must not be empty
}

TEST_CASE("who comes in a lower tier never changes what a higher tier gets")
{
    std::uint64_t tried = 0;
    std::vector<Mix> mixes = all_mixes();
    for (Mix& mix : mixes) mix.tiers_percent = 100;
    for_snapshots(37, instances, mixes, [&](Snapshot const& snapshot, Dice& dice) {
        auto const tiers = tiers_of(snapshot);
        if (tiers.size() < 2) return;
        ++tried;
        int const last = tiers[dice.index(tiers.size() - 1)];
        Plan const with = plan_of(snapshot);
        Snapshot alone = snapshot;
        // What is reserved is set aside whatever the tier.
        std::erase_if(
            alone.evses, [&](Evse const& evse) { return evse.tier > last && !evse.reserved; });
        Plan const without = plan_of(alone);
        std::size_t kept = 0;
        for (std::size_t evse = 0; evse < snapshot.evses.size(); ++evse) {
            if (snapshot.evses[evse].tier > last && !snapshot.evses[evse].reserved) continue;
            CHECK(with.evses[evse].limit == without.evses[kept].limit);
            CHECK(with.evses[evse].reason.kind == without.evses[kept].reason.kind);
            ++kept;
        }
    });
    CHECK(tried > cases(1000));
}

TEST_SUITE_END();

}
