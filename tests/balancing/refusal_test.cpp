// Snapshots that make no sense.
#include "tests/balancing/installation.hpp"

#include <cmath>
#include <functional>
#include <limits>

namespace balancing_test {

TEST_SUITE_BEGIN("refusals");

namespace {

// "main" with "circuit" below it, and "car" on the circuit.
Snapshot sound()
{
    return {Grid::tn, {root(ampere(63)), circuit("circuit", 0, ampere(32))}, {car(1)}};
}

struct Case {
    char const* what;
    std::function<void(Snapshot&)> damage;
    Refusal expected;
};

}

TEST_CASE("a snapshot that makes no sense is refused with the name and the rule")
{
    Milliampere const below{-1};
    Milliampere const too_much = greatest_current + Milliampere{1};
    double const nan = std::nan("");
    double const infinite = std::numeric_limits<double>::infinity();
    std::vector<Case> const cases{
        {"no node", [](Snapshot& s) { s.nodes.clear(), s.evses.clear(); },
            {"snapshot", "one node must have no parent"}},
        {"no root", [](Snapshot& s) { s.nodes[0].parent = 1; },
            {"snapshot", "one node must have no parent"}},
        {"two roots", [](Snapshot& s) { s.nodes[1].parent.reset(); },
            {"circuit", "only one node may have no parent, and main has none"}},
        {"unknown parent", [](Snapshot& s) { s.nodes[1].parent = 2; },
            {"circuit", "parent must be a node of the snapshot"}},
        {"own parent", [](Snapshot& s) { s.nodes[1].parent = 1; },
            {"circuit", "a node must not be below itself"}},
        {"cycle of two beside a root",
            [](Snapshot& s) {
                s.nodes.push_back(circuit("board", 1, ampere(32)));
                s.nodes[1].parent = 2;
            },
            {"circuit", "a node must not be below itself"}},
        {"negative limit", [&](Snapshot& s) { s.nodes[1].limit[1] = below; },
            {"circuit", "limit on L2 must not be negative"}},
        {"limit too great", [&](Snapshot& s) { s.nodes[0].limit[0] = too_much; },
            {"main", "limit on L1 must be at most 1000000000 mA"}},
        {"negative load", [&](Snapshot& s) { s.nodes[1].other_load[2] = below; },
            {"circuit", "other load on L3 must not be negative"}},
        {"load too great", [&](Snapshot& s) { s.nodes[1].other_load[2] = too_much; },
            {"circuit", "other load on L3 must be at most 1000000000 mA"}},
        {"unknown node", [](Snapshot& s) { s.evses[0].node = 2; },
            {"car", "node must be a node of the snapshot"}},
        {"no line", [](Snapshot& s) { s.evses[0].lines = {}; },
            {"car", "it must load at least one line"}},
        {"negative minimum", [&](Snapshot& s) { s.evses[0].min = below; },
            {"car", "minimum must not be negative"}},
        {"minimum too great", [&](Snapshot& s) { s.evses[0].min = too_much; },
            {"car", "minimum must be at most 1000000000 mA"}},
        {"negative maximum", [&](Snapshot& s) { s.evses[0].max = below; },
            {"car", "maximum must not be negative"}},
        {"maximum too great", [&](Snapshot& s) { s.evses[0].max = too_much; },
            {"car", "maximum must be at most 1000000000 mA"}},
        {"negative quantum", [&](Snapshot& s) { s.evses[0].quantum = below; },
            {"car", "quantum must not be negative"}},
        {"quantum too great", [](Snapshot& s) { s.evses[0].quantum = {10001}; },
            {"car", "quantum must be at most 10000 mA"}},
        {"negative reservation", [&](Snapshot& s) { s.evses[0].reserved = below; },
            {"car", "reserved current must not be negative"}},
        {"reservation too great", [&](Snapshot& s) { s.evses[0].reserved = too_much; },
            {"car", "reserved current must be at most 1000000000 mA"}},
        {"weight 0", [](Snapshot& s) { s.evses[0].weight = 0; },
            {"car", "weight must be a positive finite number"}},
        {"weight below 0", [](Snapshot& s) { s.evses[0].weight = -1; },
            {"car", "weight must be a positive finite number"}},
        {"weight infinite", [&](Snapshot& s) { s.evses[0].weight = infinite; },
            {"car", "weight must be a positive finite number"}},
        {"weight not a number", [&](Snapshot& s) { s.evses[0].weight = nan; },
            {"car", "weight must be a positive finite number"}},
    };
    for (Case const& one : cases) {
        CAPTURE(one.what);
        Snapshot snapshot = sound();
        one.damage(snapshot);
        auto const answer = allocate(snapshot);
        REQUIRE(std::holds_alternative<Refusal>(answer));
        CHECK(std::get<Refusal>(answer).subject == one.expected.subject);
        CHECK(std::get<Refusal>(answer).rule == one.expected.rule);
    }
}

TEST_CASE("the bounds themselves are accepted")
{
    Snapshot snapshot = sound();
    snapshot.nodes[0].limit = on_all_lines(greatest_current);
    snapshot.nodes[0].other_load = on_all_lines(greatest_current);
    snapshot.nodes[1].limit = on_all_lines(greatest_current);
    snapshot.evses[0].max = greatest_current;
    snapshot.evses[0].quantum = greatest_quantum;
    CHECK(limits_of(plan_of(snapshot)) == Limits{0});
    snapshot.nodes[0].other_load = {};
    CHECK(limits_of(plan_of(snapshot)) == Limits{greatest_current.value});
}

TEST_CASE("a parent may come after its children in the list")
{
    Snapshot const snapshot{Grid::tn,
        {circuit("circuit", 2, ampere(32)), circuit("board", 2, ampere(20)), root(ampere(24))},
        {car(0), car(1)}};
    CHECK(limits_of(plan_of(snapshot)) == Limits{12000, 12000});
}

TEST_SUITE_END();

}
