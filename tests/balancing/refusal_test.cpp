// Snapshots that make no sense.
#include "tests/balancing/installation.hpp"

#include <cmath>
#include <functional>
#include <limits>

namespace balancing_test {

TEST_SUITE_BEGIN("refusals");

namespace {

// "main" with "circuit" below it, and "car" on the circuit.
Snapshot sound() { return on_tn({root(ampere(63)), circuit("circuit", 0, ampere(32))}, {car(1)}); }

struct Case {
    std::string what;
    std::function<void(Snapshot&)> damage;
    Refusal expected;
};

void check_refused(std::vector<Case> const& cases)
{
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

constexpr Current below{-1};
constexpr Current above(Current greatest) { return greatest + Current{1}; }
double const nan = std::nan("");
constexpr double infinite = std::numeric_limits<double>::infinity();

}

TEST_CASE("a tree that is none is refused with the name of the node")
{
    check_refused({
        {"no node", [](Snapshot& s) { s.nodes.clear(), s.evses.clear(); },
            {"installation", "it must have a node"}},
        {"no root", [](Snapshot& s) { s.nodes[0].parent = 1; },
            {"main", "one node must be the root, without a parent"}},
        {"two roots", [](Snapshot& s) { s.nodes[1].parent.reset(); },
            {"circuit", "only one node may be without a parent"}},
        {"unknown parent", [](Snapshot& s) { s.nodes[1].parent = 2; },
            {"circuit", "parent must be a node of the snapshot"}},
        {"own parent", [](Snapshot& s) { s.nodes[1].parent = 1; },
            {"circuit", "its parents lead round in a circle"}},
        {"cycle of two beside a root",
            [](Snapshot& s) {
                s.nodes.push_back(circuit("board", 1, ampere(32)));
                s.nodes[1].parent = 2;
            },
            {"circuit", "its parents lead round in a circle"}},
    });
}

TEST_CASE("limits and loads that make no sense are refused with the name of the node and the rule")
{
    std::string const amperes = " must be from 0 to 1000000 A";
    auto const timed = [](Snapshot& s) -> TimedLimit& { return s.nodes[1].timed.emplace_back(); };
    check_refused({
        {"negative rating", [](Snapshot& s) { s.nodes[1].rating[1] = below; },
            {"circuit", "rating on L2" + amperes}},
        {"rating too great", [](Snapshot& s) { s.nodes[0].rating[0] = above(greatest_current); },
            {"main", "rating on L1" + amperes}},
        {"negative load", [](Snapshot& s) { s.nodes[1].other_load[2] = below; },
            {"circuit", "other load on L3" + amperes}},
        {"load too great", [](Snapshot& s) { s.nodes[1].other_load[2] = above(greatest_current); },
            {"circuit", "other load on L3" + amperes}},
        {"factor 0", [](Snapshot& s) { s.nodes[1].factor = 0; },
            {"circuit", "factor must be above 0 and at most 1"}},
        {"factor above 1", [](Snapshot& s) { s.nodes[1].factor = 1.01; },
            {"circuit", "factor must be above 0 and at most 1"}},
        {"factor not a number", [](Snapshot& s) { s.nodes[1].factor = nan; },
            {"circuit", "factor must be above 0 and at most 1"}},
        {"negative timed limit", [&](Snapshot& s) { timed(s).limit[0] = below; },
            {"circuit", "timed limit on L1" + amperes}},
        {"timed limit that ends before it begins",
            [](Snapshot& s) {
                s.nodes[1].timed = {{LimitSource::schedule, {}, Seconds{60}, Seconds{60}}};
            },
            {"circuit", "a timed limit must end after it begins"}},
        {"timed limit that is a rating",
            [&](Snapshot& s) { timed(s).source = LimitSource::rating; },
            {"circuit", "a timed limit must be a schedule or a temporary one"}},
        {"negative asymmetry", [](Snapshot& s) { s.nodes[1].asymmetry = below; },
            {"circuit", "asymmetry" + amperes}},
        {"negative energy",
            [](Snapshot& s) {
                s.nodes[1].energy = EnergyCap{-1, 0, Seconds{}};
            },
            {"circuit", "energy must be from 0 to 1000000000 Wh"}},
        {"energy used too great",
            [](Snapshot& s) {
                s.nodes[1].energy = EnergyCap{0, 1'000'000'001, Seconds{}};
            },
            {"circuit", "energy must be from 0 to 1000000000 Wh"}},
        {"power factor too small", [](Snapshot& s) { s.power_factor = 0.9659; },
            {"installation", "power factor must be from 0.966 to 1"}},
        {"power factor above 1", [](Snapshot& s) { s.power_factor = 1.001; },
            {"installation", "power factor must be from 0.966 to 1"}},
        {"power factor not a number", [](Snapshot& s) { s.power_factor = nan; },
            {"installation", "power factor must be from 0.966 to 1"}},
    });
}

TEST_CASE("an EVSE that makes no sense is refused with its name and the rule")
{
    std::string const amperes = " must be from 0 to 1000 A";
    check_refused({
        {"unknown node", [](Snapshot& s) { s.evses[0].node = 2; },
            {"car", "node must be a node of the snapshot"}},
        {"negative minimum", [](Snapshot& s) { s.evses[0].min = below; },
            {"car", "minimum" + amperes}},
        {"minimum too great", [](Snapshot& s) { s.evses[0].min = above(greatest_evse_current); },
            {"car", "minimum" + amperes}},
        {"negative maximum", [](Snapshot& s) { s.evses[0].max.station = below; },
            {"car", "maximum" + amperes}},
        {"cable too great",
            [](Snapshot& s) { s.evses[0].max.cable = above(greatest_evse_current); },
            {"car", "cable's maximum" + amperes}},
        {"negative car", [](Snapshot& s) { s.evses[0].max.car = below; },
            {"car", "car's maximum" + amperes}},
        {"negative wish", [](Snapshot& s) { s.evses[0].max.asked = below; },
            {"car", "maximum asked for" + amperes}},
        {"negative reclaim", [](Snapshot& s) { s.evses[0].max.reclaimed = below; },
            {"car", "reclaimed maximum" + amperes}},
        {"negative quantum", [](Snapshot& s) { s.evses[0].quantum = below; },
            {"car", "quantum must be from 0 to 10 A"}},
        {"quantum too great", [](Snapshot& s) { s.evses[0].quantum = above(greatest_quantum); },
            {"car", "quantum must be from 0 to 10 A"}},
        {"negative watts", [](Snapshot& s) { s.evses[0].quantum_w = -1; },
            {"car", "quantum must be from 0 to 100000 W"}},
        {"both quanta", [](Snapshot& s) { s.evses[0].quantum_w = 1; },
            {"car", "quantum must be given in amperes or in watts, not both"}},
        {"negative reservation", [](Snapshot& s) { s.evses[0].reserved = below; },
            {"car", "reserved current" + amperes}},
        {"reservation too great",
            [](Snapshot& s) { s.evses[0].reserved = above(greatest_evse_current); },
            {"car", "reserved current" + amperes}},
        {"weight 0", [](Snapshot& s) { s.evses[0].weight = 0; },
            {"car", "weight must be a positive finite number"}},
        {"weight below 0", [](Snapshot& s) { s.evses[0].weight = -1; },
            {"car", "weight must be a positive finite number"}},
        {"weight infinite", [](Snapshot& s) { s.evses[0].weight = infinite; },
            {"car", "weight must be a positive finite number"}},
        {"weight not a number", [](Snapshot& s) { s.evses[0].weight = nan; },
            {"car", "weight must be a positive finite number"}},
        {"deficit not a number", [](Snapshot& s) { s.evses[0].session.deficit_ah = nan; },
            {"car", "deficit must be a finite number"}},
    });
}

TEST_CASE("wiring that cannot be is refused with the name of the EVSE and the rule")
{
    check_refused({
        {"no terminal", [](Snapshot& s) { s.evses[0].terminals.count = 0; },
            {"car", "it must be wired to one, two or three lines"}},
        {"four terminals", [](Snapshot& s) { s.evses[0].terminals.count = 4; },
            {"car", "it must be wired to one, two or three lines"}},
        {"one terminal on IT",
            [](Snapshot& s) { s.grid = Grid::it, s.evses[0].terminals.count = 1; },
            {"car", "an EVSE on an IT grid must be wired to two or three lines"}},
        {"unknown line", [](Snapshot& s) { s.evses[0].terminals.line[2] = 3; },
            {"car", "a terminal must be wired to L1, L2 or L3"}},
        {"a line twice", [](Snapshot& s) { s.evses[0].terminals.line[2] = 0; },
            {"car", "two terminals must not be wired to the same line"}},
        {"four phases", [](Snapshot& s) { s.evses[0].phases = 4; },
            {"car", "phases must be 1, 2, 3, or 0 for unknown"}},
        {"negative phases", [](Snapshot& s) { s.evses[0].phases = -1; },
            {"car", "phases must be 1, 2, 3, or 0 for unknown"}},
    });
}

TEST_CASE("the bounds themselves are accepted")
{
    Snapshot snapshot = sound();
    snapshot.nodes[0].rating = on_all_lines(greatest_current - Current{1});
    snapshot.nodes[0].other_load = on_all_lines(greatest_current);
    snapshot.nodes[1].rating = on_all_lines(greatest_current);
    snapshot.evses[0].max.station = greatest_evse_current;
    snapshot.evses[0].quantum = greatest_quantum;
    CHECK(limits_of(plan_of(snapshot)) == Limits{0});
    snapshot.nodes[0].other_load = {};
    CHECK(plan_of(snapshot).evses[0].limit == greatest_evse_current);
}

TEST_CASE("the greatest rating is no limit")
{
    Snapshot snapshot = sound();
    snapshot.nodes[0].rating = on_all_lines(greatest_current);
    snapshot.nodes[0].other_load = on_all_lines(greatest_current);
    snapshot.nodes[0].factor = 0.1;
    CHECK(limits_of(plan_of(snapshot)) == Limits{32000});
}

TEST_CASE("a refusal leaves no plan behind")
{
    Allocator allocator;
    Plan plan;
    CHECK_FALSE(allocator.allocate(sound(), plan));
    CHECK(plan.evses.size() == 1);
    CHECK(allocator.allocate(Snapshot{}, plan));
    CHECK(plan == Plan{});
}

TEST_CASE("a parent may come after its children in the list")
{
    Snapshot const snapshot = on_tn(
        {circuit("circuit", 2, ampere(32)), circuit("board", 2, ampere(20)), root(ampere(24))},
        {car(0), car(1)});
    CHECK(limits_of(plan_of(snapshot)) == Limits{12000, 12000});
}

TEST_SUITE_END();

}
