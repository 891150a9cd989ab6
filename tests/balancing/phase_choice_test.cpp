// Which phases cars charge on.
#include "balancing/phase_choice.hpp"
#include "balancing/phase_order.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace balancing_test {

using namespace balancing;

namespace {

constexpr Terminals all_lines{{0, 1, 2}, 3};

Node fuse(Current rating)
{
    Node node;
    node.name = "main";
    node.rating = on_all_lines(rating);
    return node;
}

Evse car_on(int phases, Terminals terminals = all_lines)
{
    Evse evse;
    evse.name = "car";
    evse.terminals = terminals;
    evse.phases = phases;
    evse.max.station = ampere(32);
    return evse;
}

Evse selectable(Evse evse) { return evse.may_choose_line = true, evse; }
Evse may_drop(Evse evse) { return evse.may_drop_to_one_phase = true, evse; }
Evse may_rise(Evse evse) { return evse.may_rise_to_three_phases = true, evse; }
Evse charging(Evse evse) { return evse.session.charging = true, evse; }
Evse asking(Evse evse, Current most) { return evse.max.asked = most, evse; }

// The line that a one-phase car loads.
Terminals wired_to(std::uint8_t line) { return {{line, 0, 0}, 1}; }

Snapshot on_fuse(Current rating, std::vector<Evse> evses, Grid grid = Grid::tn)
{
    Snapshot snapshot;
    snapshot.grid = grid;
    snapshot.nodes = {fuse(rating)};
    snapshot.evses = std::move(evses);
    return snapshot;
}

Snapshot in_chosen_modes(Snapshot snapshot, PhaseRules const& rules = {})
{
    Allocator allocator;
    set_modes(snapshot, choose_modes(snapshot, allocator, rules));
    return snapshot;
}

Plan plan_of(Snapshot const& snapshot)
{
    auto const answer = allocate(snapshot);
    REQUIRE(std::holds_alternative<Plan>(answer));
    return std::get<Plan>(answer);
}

// In whole mA, with the phases that are chosen.
std::vector<std::int64_t> limits_with_choice(Snapshot const& snapshot)
{
    std::vector<std::int64_t> limits;
    for (Grant const& grant : plan_of(in_chosen_modes(snapshot)).evses)
        limits.push_back(grant.limit.whole_milliamperes());
    return limits;
}

std::vector<int> phases_with_choice(Snapshot const& snapshot)
{
    std::vector<int> phases;
    for (Evse const& evse : in_chosen_modes(snapshot).evses) phases.push_back(evse.phases);
    return phases;
}

using Limits = std::vector<std::int64_t>;
using Phases = std::vector<int>;

}

TEST_SUITE_BEGIN("phase choice");

TEST_CASE("three one-phase cars on L1 that may choose are spread over the three lines")
{
    Evse const car = selectable(car_on(1));
    CHECK(limits_with_choice(on_fuse(ampere(32), {car, car, car})) == Limits{32000, 32000, 32000});
}

TEST_CASE("cars that may not choose stay on their line")
{
    Evse const car = car_on(1);
    CHECK(limits_with_choice(on_fuse(ampere(30), {car, car, car})) == Limits{10000, 10000, 10000});
}

TEST_CASE("a car goes to the line that the building leaves free")
{
    // Left: 12, 20 and 6 A.
    Snapshot snapshot = on_fuse(ampere(32), {selectable(car_on(1))});
    snapshot.nodes[0].other_load = {ampere(20), ampere(12), ampere(26)};
    CHECK(limits_with_choice(snapshot) == Limits{20000});
}

TEST_CASE("a car chooses among its station's terminals only")
{
    // L3 is free, but the station is wired to L1 and L2, where 10 and 12 A are left.
    Snapshot snapshot = on_fuse(ampere(32), {selectable(car_on(1, {{0, 1, 2}, 2}))});
    snapshot.nodes[0].other_load = {ampere(22), ampere(20), ampere(0)};
    CHECK(limits_with_choice(snapshot) == Limits{12000});
}

TEST_CASE("a car's line is chosen for its own circuit and for the main fuse")
{
    // The circuit has L1 free, the main fuse L2; on L3 both have 10 A.
    Snapshot snapshot = on_fuse(ampere(32), {selectable(car_on(1))});
    snapshot.nodes[0].other_load = {ampere(30), ampere(0), ampere(22)};
    snapshot.nodes.push_back(fuse(ampere(16)));
    snapshot.nodes[1].parent = 0;
    snapshot.nodes[1].other_load = {ampere(0), ampere(14), ampere(6)};
    snapshot.evses[0].node = 1;
    CHECK(limits_with_choice(snapshot) == Limits{10000});
}

TEST_CASE("small cars share a line so that large ones have one each")
{
    // 16 A a line. Large, large, small, small: 16 + 16 + (8 + 8) leaves nobody short, any other
    // way does.
    Evse const large = selectable(car_on(1));
    Evse const small = asking(large, ampere(8));
    CHECK(limits_with_choice(on_fuse(ampere(16), {small, small, large, large})) ==
          Limits{8000, 8000, 16000, 16000});
}

TEST_CASE("a three-phase car drops to one phase so that the waiting car fits")
{
    // 10 A a line: 6 A on three phases and 6 A on L2 do not fit; 10 A on L1 and 10 A on L2 do.
    Evse const dropping = charging(may_drop(car_on(3)));
    Evse const waiting = car_on(1, wired_to(1));
    Snapshot const snapshot = on_fuse(ampere(10), {dropping, waiting});
    CHECK(phases_with_choice(snapshot) == Phases{1, 1});
    CHECK(limits_with_choice(snapshot) == Limits{10000, 10000});
}

TEST_CASE("a three-phase car that may not drop keeps its phases, and the other waits")
{
    Snapshot const snapshot = on_fuse(ampere(10), {car_on(3), car_on(1, wired_to(1))});
    CHECK(phases_with_choice(snapshot) == Phases{3, 1});
    CHECK(limits_with_choice(snapshot) == Limits{10000, 0});
}

TEST_CASE("a drop to one phase is to the first terminal unless the line may be chosen")
{
    // The waiting car is on L1, the first terminal of the other, so a drop does not help it there.
    Evse const dropping = may_drop(car_on(3));
    Evse const waiting = car_on(1, wired_to(0));
    CHECK(limits_with_choice(on_fuse(ampere(10), {dropping, waiting})) == Limits{10000, 0});
    CHECK(limits_with_choice(on_fuse(ampere(10), {selectable(dropping), waiting})) ==
          Limits{10000, 10000});
}

TEST_CASE("no car drops to one phase while everybody charges")
{
    // 6 A for both on L2, and 12 for either if the first one dropped.
    Evse const dropping = may_drop(car_on(3));
    CHECK(phases_with_choice(on_fuse(ampere(12), {dropping, car_on(1, wired_to(1))})) ==
          Phases{3, 1});
}

TEST_CASE("a waiting three-phase car starts on one phase where three do not fit")
{
    // L2 and L3 are full.
    Evse const waiting = may_drop(car_on(3));
    Evse const car = car_on(1, wired_to(1));
    Snapshot const snapshot = on_fuse(ampere(10), {car, waiting});
    CHECK(phases_with_choice(snapshot) == Phases{1, 1});
    CHECK(limits_with_choice(snapshot) == Limits{10000, 10000});
}

TEST_CASE("two cars drop where one alone would not make room")
{
    // 16 A a line and 6 A each: the third car on L2 fits only if both others leave L2.
    Evse const dropping = asking(may_drop(car_on(3)), ampere(8));
    Evse third = car_on(1, wired_to(1));
    third.min = ampere(11);
    CHECK(phases_with_choice(on_fuse(ampere(16), {dropping, dropping, third})) == Phases{1, 1, 1});
}

TEST_CASE("of two cars that could drop it is the one that keeps the larger share")
{
    // 12 A a line, so 6 A each whoever drops. On one phase the first, which counts double, would
    // have a share of 6 / 3 / 2 = 1, the second one of 6 / 3 = 2.
    Evse const dropping = may_drop(car_on(3));
    Evse twice = dropping;
    twice.weight = 2;
    Evse const waiting = car_on(1, wired_to(1));
    CHECK(phases_with_choice(on_fuse(ampere(12), {twice, dropping, waiting})) == Phases{3, 1, 1});
}

TEST_CASE("a change of line that makes room is preferred to a drop")
{
    // The second car could leave L2 for L3 as well.
    Evse const dropping = may_drop(car_on(3));
    Evse const moving = selectable(car_on(1, {{1, 2, 0}, 2}));
    Evse const waiting = car_on(1, wired_to(1));
    CHECK(phases_with_choice(on_fuse(ampere(12), {dropping, moving, waiting})) == Phases{3, 1, 1});
}

TEST_CASE("a car that was dropped returns to three phases when there is room")
{
    Evse const dropped = charging(may_rise(car_on(1)));
    CHECK(phases_with_choice(on_fuse(ampere(16), {dropped})) == Phases{3});
    // Its neighbour on L1 keeps its half.
    CHECK(phases_with_choice(on_fuse(ampere(16), {dropped, car_on(1)})) == Phases{3, 1});
}

TEST_CASE("a car that was dropped stays on one phase where its return would put another out")
{
    Evse const dropped = charging(may_rise(car_on(1)));
    Evse const other = charging(car_on(1, wired_to(1)));
    CHECK(phases_with_choice(on_fuse(ampere(10), {dropped, other})) == Phases{1, 1});
}

TEST_CASE("a car that was dropped stays on one phase where its return would halve another's share")
{
    // 32 A each; on three phases 16 A each, which is more for it and much less for the other.
    Evse const dropped = charging(may_rise(car_on(1)));
    Evse const other = charging(car_on(1, wired_to(1)));
    CHECK(phases_with_choice(on_fuse(ampere(32), {dropped, other})) == Phases{1, 1});
}

TEST_CASE("without permission no car goes from one phase to three")
{
    CHECK(phases_with_choice(on_fuse(ampere(32), {may_drop(selectable(car_on(1)))})) == Phases{1});
}

TEST_CASE("who is first in the queue charges first, whatever the phases")
{
    // Room for one of them only; the first is on L1 alone and gets it.
    Evse const first = car_on(1, wired_to(0));
    Evse const second = selectable(car_on(1, {{0, 1, 2}, 1}));
    CHECK(limits_with_choice(on_fuse(ampere(8), {first, second})) == Limits{8000, 0});
    CHECK(limits_with_choice(on_fuse(ampere(8), {second, first})) == Limits{8000, 0});
}

TEST_CASE("no car is dropped for the sake of one in a later tier")
{
    Evse const dropping = may_drop(car_on(3));
    Evse waiting = car_on(1, wired_to(1));
    waiting.tier = 1;
    CHECK(phases_with_choice(on_fuse(ampere(10), {dropping, waiting})) == Phases{3, 1});
}

TEST_CASE("a car that charges changes its line only for a gain of least_gain")
{
    // L1 has 31 A (gain 1/31 = 3.2 %), 30.5 A (4.9 %) or 30 A (6.7 %), L2 and L3 32 A.
    auto const limit_beside = [](Current other_load, Evse const& car) {
        Snapshot snapshot = on_fuse(ampere(32), {car});
        snapshot.nodes[0].other_load[0] = other_load;
        return limits_with_choice(snapshot);
    };
    Evse const car = selectable(car_on(1));
    CHECK(limit_beside(ampere(1), charging(car)) == Limits{31000});
    CHECK(limit_beside(milliampere(1500), charging(car)) == Limits{30500});
    CHECK(limit_beside(ampere(2), charging(car)) == Limits{32000});
    CHECK(limit_beside(ampere(1), car) == Limits{32000});
}

TEST_CASE("a line is chosen for the current there is, not for what rounding leaves of it")
{
    // 30.4 A on L1, 30.9 A on L2 and 30 A on L3: 30 A each for a station that takes whole amperes.
    Evse car = selectable(car_on(1));
    car.quantum = ampere(1);
    Snapshot snapshot = on_fuse(ampere(32), {car});
    snapshot.nodes[0].other_load = {milliampere(1600), milliampere(1100), ampere(2)};
    CHECK(in_chosen_modes(snapshot).evses[0].terminals.line[0] == 1);
}

TEST_CASE("shares that differ by the last nanoampere only are equal")
{
    // 20 A at weight 3, and what a third of it is rounded down to at weight 1.
    Grant heavy;
    heavy.limit = ampere(20);
    Grant light;
    light.limit = Current{6'666'666'666};
    CHECK(outcome_of(heavy, 3, 1) == outcome_of(light, 1, 1));
    light.limit = Current{6'666'660'000};
    CHECK(outcome_of(heavy, 3, 1) != outcome_of(light, 1, 1));
}

TEST_CASE("two cars that charge do not change places for nothing")
{
    Evse const car = charging(selectable(car_on(1)));
    Evse const other = charging(selectable(car_on(1, {{1, 2, 0}, 3})));
    Snapshot const snapshot = on_fuse(ampere(20), {other, car, car, other, other, car});
    CHECK(limits_with_choice(snapshot) == Limits{10000, 10000, 10000, 10000, 10000, 10000});
    // One of each pair of three goes to L3: four switches at most would do, two are enough.
    Snapshot const chosen = in_chosen_modes(snapshot);
    int switched = 0;
    for (std::size_t index = 0; index < chosen.evses.size(); ++index)
        switched += chosen.evses[index].terminals == snapshot.evses[index].terminals ? 0 : 1;
    CHECK(switched == 2);
}

TEST_CASE("cars whose phases are not known, and reserved ones, are never changed")
{
    Evse const unknown = may_rise(may_drop(selectable(car_on(0))));
    Evse reserved = may_drop(selectable(car_on(3)));
    reserved.reserved = ampere(10);
    Evse const waiting = car_on(1, wired_to(1));
    Snapshot const snapshot = on_fuse(ampere(10), {unknown, reserved, waiting});
    CHECK(phases_with_choice(snapshot) == Phases{0, 3, 1});
    for (Evse const& evse : {unknown, reserved})
        CHECK(modes_of(Grid::tn, evse) == std::vector<Mode>{{evse.phases, evse.terminals}});
    Evse one_pair = unknown;
    one_pair.it_three_phase = ItThreePhase::off;
    CHECK(modes_of(Grid::it, one_pair).size() == 1);
}

TEST_CASE("the modes of a station are its terminals in turn, the present one first")
{
    Terminals const wired{{2, 0, 1}, 3};
    Mode const on_l3{1, wired};
    Mode const on_l1{1, {{0, 1, 2}, 3}};
    Mode const on_l2{1, {{1, 2, 0}, 3}};
    Mode const on_all{3, wired};
    using Modes = std::vector<Mode>;
    CHECK(modes_of(Grid::tn, selectable(car_on(1, wired))) == Modes{on_l3, on_l1, on_l2});
    CHECK(modes_of(Grid::tn, selectable(may_rise(car_on(1, wired)))) ==
          Modes{on_l3, on_l1, on_l2, on_all});
    CHECK(modes_of(Grid::tn, may_drop(car_on(3, wired))) == Modes{on_all, on_l3});
    CHECK(modes_of(Grid::tn, may_drop(selectable(car_on(3, wired)))) ==
          Modes{on_all, on_l3, on_l1, on_l2});
    CHECK(modes_of(Grid::tn, selectable(car_on(3, wired))) == Modes{on_all});
    CHECK(modes_of(Grid::tn, may_drop(selectable(car_on(2, wired)))) == Modes{{2, wired}});
}

TEST_CASE("IT: cars that may choose are spread over the three pairs")
{
    // One per pair at power factor 1: the line current is sqrt(3) times the pair's, so 32 A leave
    // 32 / sqrt(3) = 18.475 A each. All on L1-L2 would get 32 / 3.
    Evse const car = selectable(car_on(1));
    Snapshot snapshot = on_fuse(ampere(32), {car, car, car}, Grid::it);
    snapshot.power_factor = 1;
    CHECK(limits_with_choice(snapshot) == Limits{18475, 18475, 18475});
}

TEST_CASE("IT: a station on two lines has one pair and nothing to choose")
{
    Evse const car = selectable(car_on(1, {{1, 2, 0}, 2}));
    CHECK(modes_of(Grid::it, car).size() == 1);
}

TEST_CASE("IT: no car goes to three phases, and only one of two legs may drop")
{
    CHECK(modes_of(Grid::it, may_rise(car_on(1))).size() == 1);
    for (ItThreePhase const kind : {ItThreePhase::unknown, ItThreePhase::delta}) {
        Evse car = may_drop(car_on(3));
        car.it_three_phase = kind;
        CHECK(modes_of(Grid::it, car).size() == 1);
    }
    Evse two_leg = may_drop(car_on(3));
    two_leg.it_three_phase = ItThreePhase::two_leg;
    CHECK(modes_of(Grid::it, two_leg) == std::vector<Mode>{{3, all_lines}, {1, all_lines}});
}

TEST_CASE("IT: a three-phase car that is made to charge on one phase may choose its pair")
{
    Evse car = selectable(car_on(3));
    car.it_three_phase = ItThreePhase::off;
    Snapshot snapshot = on_fuse(ampere(16), {car_on(1), car}, Grid::it);
    CHECK(in_chosen_modes(snapshot).evses[1].terminals.line[0] != 0);
}

TEST_CASE("after a switch a car stays ten minutes before three phases, one before another line")
{
    PhaseRules const rules;
    int const once = 1;
    CHECK_FALSE(may_switch(1, 3, Seconds{599}, once, rules));
    CHECK(may_switch(1, 3, Seconds{600}, once, rules));
    for (int const from : {1, 3}) {
        CHECK_FALSE(may_switch(from, 1, Seconds{59}, once, rules));
        CHECK(may_switch(from, 1, Seconds{60}, once, rules));
    }
}

TEST_CASE("a car switches ten times in a session and no more")
{
    PhaseRules const rules;
    Seconds const long_ago{24 * 3600};
    CHECK(may_switch(3, 1, long_ago, 9, rules));
    CHECK_FALSE(may_switch(3, 1, long_ago, 10, rules));
    CHECK_FALSE(may_switch(1, 3, long_ago, 10, rules));
}

TEST_CASE("a car inside its dwell time keeps its phases")
{
    Evse dropping = charging(may_drop(car_on(3)));
    Evse const waiting = car_on(1, wired_to(1));
    hold_phases(dropping, Seconds{59}, 1, {});
    CHECK(phases_with_choice(on_fuse(ampere(10), {dropping, waiting})) == Phases{3, 1});

    Evse dropped = charging(may_rise(selectable(car_on(1))));
    hold_phases(dropped, Seconds{599}, 1, {});
    CHECK(phases_with_choice(on_fuse(ampere(16), {dropped})) == Phases{1});
    CHECK(dropped.may_choose_line);
    hold_phases(dropped, Seconds{0}, 1, {});
    CHECK_FALSE(dropped.may_choose_line);
}

TEST_CASE("three hundred cars on L1 that may choose are spread over the three lines")
{
    // 700 A for 100 cars are 7 A each; on one line 116 of the 300 could charge.
    Evse const car = selectable(car_on(1));
    CHECK(
        limits_with_choice(on_fuse(ampere(700), std::vector<Evse>(300, car))) == Limits(300, 7000));
    // Cars that charge stay where nobody would gain least_gain, so a line may keep 5 % more of
    // them than another: at most 105 with the least on 97 or 98. 700 / 105 = 6.67 A.
    auto const limits = limits_with_choice(
        on_fuse(ampere(700), std::vector<Evse>(300, charging(car))));
    CHECK(*std::min_element(limits.begin(), limits.end()) >= 6666);
}

TEST_CASE("as many of a hundred cars drop as lets all that wait in")
{
    // 600 A a line are a hundred three-phase cars at 6 A. Each that drops leaves 6 A on two lines,
    // so thirty cars need at least fifteen drops.
    std::vector<Evse> cars(100, charging(may_drop(selectable(car_on(3)))));
    cars.insert(cars.end(), 30, selectable(car_on(1)));
    Snapshot const snapshot = on_fuse(ampere(600), cars);
    CHECK(limits_with_choice(snapshot) == Limits(130, 6000));
    auto const phases = phases_with_choice(snapshot);
    CHECK(std::count(phases.begin(), phases.begin() + 100, 1) == 15);
}

TEST_SUITE_END();

}
