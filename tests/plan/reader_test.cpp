#include "tests/plan/ask.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

namespace {

using namespace balancing;
using plan_test::evse;
using plan_test::fault_of;
using plan_test::plant;
using plan_test::read;
using std::chrono::hours;
using std::chrono::minutes;

Seconds clock_time(int hour, int minute) { return hours(hour) + minutes(minute); }

TEST_CASE("what a file leaves out has the documented defaults")
{
    auto const file = read(plant(R"("parent":null)", evse("P1", "2,3,1")));
    CHECK_FALSE(file.policy);
    CHECK_FALSE(file.day);
    auto const& snapshot = file.snapshot;
    CHECK(snapshot.grid == Grid::tn);
    CHECK(snapshot.power_factor == 0.98);
    CHECK(snapshot.now == Seconds(0));
    CHECK(snapshot.sharing == Sharing::fair);

    REQUIRE(snapshot.nodes.size() == 1);
    auto const& node = snapshot.nodes[0];
    CHECK(node.name == "main");
    CHECK_FALSE(node.parent);
    CHECK(node.rating == on_all_lines(greatest_current));
    CHECK(node.factor == 1);
    CHECK(node.timed.empty());
    CHECK(node.other_load == PerLine{});
    CHECK_FALSE(node.asymmetry);
    CHECK_FALSE(node.energy);

    REQUIRE(snapshot.evses.size() == 1);
    auto const& one = snapshot.evses[0];
    CHECK(one.name == "P1");
    CHECK(one.node == 0);
    CHECK(one.terminals == Terminals{{1, 2, 0}, 3});
    CHECK(one.phases == 3);
    CHECK(one.it_three_phase == ItThreePhase::unknown);
    CHECK_FALSE(one.may_drop_to_one_phase);
    CHECK_FALSE(one.may_rise_to_three_phases);
    CHECK_FALSE(one.may_choose_line);
    CHECK(one.min == ampere(6));
    CHECK(most_of(one.max) == greatest_evse_current);
    CHECK(one.quantum == Current{});
    CHECK(one.quantum_w == 0);
    CHECK(one.weight == 1);
    CHECK(one.tier == 0);
    CHECK_FALSE(one.reserved);
    CHECK_FALSE(one.session.departs);
    CHECK_FALSE(one.session.charging);
    CHECK(one.session.deficit_ah == 0);
}

TEST_CASE("every field of a file arrives in the snapshot")
{
    auto const file = read(R"({
      "grid":"IT","power_factor":0.97,"now":"17:30","sharing":"in_order",
      "policy":{"name":"departure","unit":"power","least_on_s":600,"least_off_s":120,
                "incumbent_bonus_ah":0.5,"rest_ah":0.7,"catch_up_ah":0.8,"urgency_power":1.5},
      "phase_choice":{"least_gain":0.1,"most_plans":50,"most_grants":7000},
      "day":{"anything":[1,2]},
      "nodes":[
        {"id":"sub","parent":"main","limit_a":[10,null,12.5]},
        {"id":"main","parent":null,"limit_a":63,"factor":0.8,"other_load_a":[1,2,3],
         "asymmetry_a":20,"energy":{"cap_wh":5000,"used_wh":1200,"hour_ends_s":"18:00"},
         "timed":[{"source":"temporary","limit_a":[30,31,32],"from":100,"until":200},
                  {"limit_a":25,"from":"18:00:30"}]}],
      "evses":[
        {"id":"P1","node":"sub","lines":[3,1,2],"phases":2,"it_three_phase":"two_leg",
         "may_drop_to_one_phase":true,"may_rise_to_three_phases":true,"may_choose_line":true,
         "min_a":7,"max_a":{"station":32,"cable":20,"car":16,"asked":14,"reclaimed":10},
         "quantum_a":0.1,"weight":2.5,"tier":-1,"reserved_a":8,
         "session":{"arrived":-60,"departs":"30:15","wanted_wh":9000,"charging":true,
                    "switched":"17:00","last_a":13,"must_not_pause":true,"yields":"17:45","deficit_ah":-1.5}},
        {"id":"P2","node":"main","lines":[1,2],"max_a":20,"quantum_w":100}]})");
    REQUIRE(file.policy);
    CHECK(file.policy->policy == Policy::departure);
    CHECK(file.policy->unit == FairUnit::power);
    CHECK(file.policy->turns.least_on == Seconds(600));
    CHECK(file.policy->turns.least_off == Seconds(120));
    CHECK(file.policy->turns.incumbent_bonus_ah == 0.5);
    CHECK(file.policy->turns.rest_ah == 0.7);
    CHECK(file.policy->turns.catch_up_ah == 0.8);
    CHECK(file.policy->urgency_power == 1.5);
    CHECK(file.phase_rules.least_gain == 0.1);
    CHECK(file.phase_rules.most_plans == 50);
    CHECK(file.phase_rules.most_grants == 7000);
    REQUIRE(file.day);
    CHECK(file.day->at("anything").as_array().size() == 2);

    auto const& snapshot = file.snapshot;
    CHECK(snapshot.grid == Grid::it);
    CHECK(snapshot.power_factor == 0.97);
    CHECK(snapshot.now == clock_time(17, 30));
    CHECK(snapshot.sharing == Sharing::in_order);
    REQUIRE(snapshot.nodes.size() == 2);
    CHECK(snapshot.nodes[0].parent == std::size_t{1});
    CHECK(snapshot.nodes[0].rating == PerLine{ampere(10), greatest_current, milliampere(12'500)});
    auto const& main = snapshot.nodes[1];
    CHECK(main.rating == on_all_lines(ampere(63)));
    CHECK(main.factor == 0.8);
    CHECK(main.other_load == PerLine{ampere(1), ampere(2), ampere(3)});
    CHECK(main.asymmetry == ampere(20));
    REQUIRE(main.energy);
    CHECK(main.energy->cap_wh == 5000);
    CHECK(main.energy->used_wh == 1200);
    CHECK(main.energy->hour_ends == clock_time(18, 0));
    REQUIRE(main.timed.size() == 2);
    CHECK(main.timed[0].source == LimitSource::temporary);
    CHECK(main.timed[0].limit == PerLine{ampere(30), ampere(31), ampere(32)});
    CHECK(main.timed[0].from == Seconds(100));
    CHECK(main.timed[0].until == Seconds(200));
    CHECK(main.timed[1].source == LimitSource::schedule);
    CHECK(main.timed[1].from == clock_time(18, 0) + Seconds(30));
    CHECK(main.timed[1].until == Seconds::max());

    REQUIRE(snapshot.evses.size() == 2);
    auto const& one = snapshot.evses[0];
    CHECK(one.node == 0);
    CHECK(one.terminals == Terminals{{2, 0, 1}, 3});
    CHECK(one.phases == 2);
    CHECK(one.it_three_phase == ItThreePhase::two_leg);
    CHECK(one.may_drop_to_one_phase);
    CHECK(one.may_rise_to_three_phases);
    CHECK(one.may_choose_line);
    CHECK(one.min == ampere(7));
    CHECK(one.max.station == ampere(32));
    CHECK(one.max.cable == ampere(20));
    CHECK(one.max.car == ampere(16));
    CHECK(one.max.asked == ampere(14));
    CHECK(one.max.reclaimed == ampere(10));
    CHECK(one.quantum == milliampere(100));
    CHECK(one.weight == 2.5);
    CHECK(one.tier == -1);
    CHECK(one.reserved == ampere(8));
    CHECK(one.session.arrived == Seconds(-60));
    CHECK(one.session.departs == clock_time(30, 15));
    CHECK(one.session.wanted_wh == 9000);
    CHECK(one.session.charging);
    CHECK(one.session.switched == clock_time(17, 0));
    CHECK(one.session.last_current == ampere(13));
    CHECK(one.session.must_not_pause);
    CHECK(one.session.yields == clock_time(17, 45));
    CHECK(one.session.deficit_ah == -1.5);
    auto const& other = snapshot.evses[1];
    CHECK(other.node == 1);
    CHECK(other.terminals.count == 2);
    CHECK(other.phases == 1);  // two lines on IT are one pair
    CHECK(other.max.station == ampere(20));
    CHECK(other.quantum_w == 100);
}

TEST_CASE("the number of phases is that of the lines listed, unless the file says otherwise")
{
    struct Case {
        std::string grid;
        std::string lines;
        std::string phases;  // empty: left out
        int expected;
    };
    Case const cases[] = {
        {"TN", "1", "", 1},
        {"TN", "3,1", "", 2},
        {"TN", "1,2,3", "", 3},
        {"TN", "1,2,3", "1", 1},
        {"TN", "1,2,3", "0", 0},
        {"TN", "1,2,3", "null", 0},
        {"IT", "1,2", "", 1},
        {"IT", "1,2", "null", 0},
        {"IT", "1,2,3", "", 3},
        {"IT", "1,2,3", "1", 1},
    };
    for (auto const& one : cases) {
        CAPTURE(one.grid);
        CAPTURE(one.lines);
        CAPTURE(one.phases);
        auto const phases = one.phases.empty() ? "" : "\"phases\":" + one.phases;
        auto const file = read(plant(
            "\"limit_a\":63", evse("P1", one.lines, phases), "\"grid\":\"" + one.grid + "\""));
        CHECK(file.snapshot.evses[0].phases == one.expected);
    }
}

TEST_CASE("a daily time that ends before it begins goes on through the night")
{
    // 16 A from 22:00 until 06:00, and nothing else below 32 A.
    auto const limit_at = [](std::string const& now) {
        auto const answer = plan_test::ask(
            plant(R"("limit_a":32,"timed":[{"limit_a":16,"from":"22:00","until":"06:00"}])",
                evse("P1", "1"), "\"now\":\"" + now + "\""));
        return plan_test::limit_of(answer, 0);
    };
    CHECK(limit_at("00:00") == 16);
    CHECK(limit_at("05:59") == 16);
    CHECK(limit_at("06:00") == 32);
    CHECK(limit_at("21:59:59") == 32);
    CHECK(limit_at("22:00") == 16);
    CHECK(limit_at("29:59") == 16);
    CHECK(limit_at("30:00") == 32);
}

TEST_CASE("each value out of its rule is refused with its path and the rule")
{
    auto const node = [](std::string const& more) {
        return fault_of(
            R"({"nodes":[{"id":"main"},{"id":"sub","parent":"main",)" + more + R"(}],"evses":[]})");
    };
    auto const car = [](std::string const& more) {
        return fault_of(plant("\"limit_a\":32", evse("P1", "1,2,3") + "," + evse("P2", "1", more)));
    };
    auto const top = [](std::string const& more) {
        return fault_of(plant("\"limit_a\":32", "", more));
    };
    CHECK(car("\"min_a\":-1") == "evses[1].min_a: must be a number from 0 to 1000");
    CHECK(car("\"min_a\":1000.1") == "evses[1].min_a: must be a number from 0 to 1000");
    CHECK(car("\"min_a\":1e300") == "evses[1].min_a: must be a number from 0 to 1000");
    CHECK(car("\"min_a\":\"6\"") == "evses[1].min_a: must be a number from 0 to 1000");
    CHECK(car("\"min_a\":null") == "evses[1].min_a: must be a number from 0 to 1000");
    CHECK(car("\"max_a\":[16]") == "evses[1].max_a: must be a number from 0 to 1000");
    CHECK(car("\"max_a\":{\"car\":-1}") == "evses[1].max_a.car: must be a number from 0 to 1000");
    CHECK(car("\"quantum_a\":-0.1") == "evses[1].quantum_a: must be a number from 0 to 10");
    CHECK(
        car("\"quantum_w\":0.5") == "evses[1].quantum_w: must be a whole number from 0 to 100000");
    CHECK(car("\"weight\":0") == "evses[1].weight: must be a number from 0.000001 to 1000000");
    CHECK(car("\"tier\":1001") == "evses[1].tier: must be a whole number from -1000 to 1000");
    CHECK(car("\"phases\":4") == "evses[1].phases: must be a whole number from 0 to 3");
    CHECK(car("\"phases\":2") == "evses[1].phases: must be at most 1 with the 1 line listed");
    CHECK(car("\"reserved_a\":-1") == "evses[1].reserved_a: must be a number from 0 to 1000");
    CHECK(car("\"may_choose_line\":1") == "evses[1].may_choose_line: must be true or false");
    CHECK(car("\"it_three_phase\":\"star\"") ==
          "evses[1].it_three_phase: must be \"unknown\", \"off\", \"two_leg\" or \"delta\"");
    CHECK(car("\"session\":{\"last_a\":1001}") ==
          "evses[1].session.last_a: must be a number from 0 to 1000");
    CHECK(car("\"session\":7") == "evses[1].session: must be an object");
    CHECK(car("\"session\":{\"arrived\":true}") ==
          "evses[1].session.arrived: must be a whole number of seconds, or a time like \"17:30\"");
    CHECK(car("\"session\":{\"deficit_ah\":101}") ==
          "evses[1].session.deficit_ah: must be a number from -100 to 100");
    for (std::string const lines : {"", "0", "4", "1,1", "1,2,3,1", "1.5", "\"L1\""}) {
        CAPTURE(lines);
        CHECK(fault_of(plant("\"limit_a\":32", evse("P1", lines))) ==
              "evses[0].lines: must list one to three different lines, from 1 to 3");
    }
    CHECK(fault_of(plant("\"limit_a\":32", evse("P1", "1"), "\"grid\":\"IT\"")) ==
          "evses[0].lines: must list two lines (a one-phase car) or three on an IT grid");
    CHECK(fault_of(plant("\"limit_a\":32", evse("P1", "1,2", "\"phases\":2"), "\"grid\":\"IT\"")) ==
          "evses[0].phases: must be at most 1 with the 2 lines listed");

    std::string const per_line = "must be a number, or a list of three for L1 to L3";
    CHECK(node("\"limit_a\":[1,2]") == "nodes[1].limit_a: " + per_line);
    CHECK(node("\"limit_a\":\"63\"") == "nodes[1].limit_a: " + per_line);
    CHECK(
        node("\"limit_a\":[1,2,-3]") == "nodes[1].limit_a[2]: must be a number from 0 to 1000000");
    CHECK(node("\"other_load_a\":[1,null,3]") ==
          "nodes[1].other_load_a[1]: must be a number from 0 to 1000000");
    CHECK(node("\"factor\":0") == "nodes[1].factor: must be a number above 0 and at most 1");
    CHECK(node("\"asymmetry_a\":-1") == "nodes[1].asymmetry_a: must be a number from 0 to 1000000");
    CHECK(node("\"energy\":{\"cap_wh\":1}") == "nodes[1].energy.hour_ends_s: is missing");
    CHECK(node("\"timed\":[{\"limit_a\":1,\"source\":\"rating\"}]") ==
          "nodes[1].timed[0].source: must be \"schedule\" or \"temporary\"");
    CHECK(node("\"timed\":[{\"limit_a\":1,\"from\":20,\"until\":20}]") ==
          "nodes[1].timed[0]: must end (`until`) after it begins (`from`)");
    CHECK(node("\"timed\":[{\"limit_a\":1,\"from\":20,\"until\":\"00:00\"}]") ==
          "nodes[1].timed[0]: must end (`until`) after it begins (`from`)");
    for (std::string const time :
        {"", "24", "48:01", "7:5", "07:60", "1:2:3:4", "-1:00", "12:00x", "012:00", "12:", ":30"}) {
        CAPTURE(time);
        CHECK(node("\"timed\":[{\"limit_a\":1,\"from\":\"" + time + "\"}]") ==
              "nodes[1].timed[0].from: must be a time like 17:30, from 00:00 to 48:00");
    }

    CHECK(top("\"grid\":\"TT\"") == "grid: must be \"TN\" or \"IT\"");
    CHECK(top("\"power_factor\":0.9") == "power_factor: must be a number from 0.966 to 1");
    CHECK(top("\"now\":1.5") == "now: must be a whole number from -10000000000 to 10000000000");
    CHECK(top("\"sharing\":\"equal\"") == "sharing: must be \"fair\" or \"in_order\"");
    CHECK(top("\"policy\":\"greedy\"") ==
          "policy: must be \"equal_share\", \"most_cars\", \"first_come\", \"priority\" or "
          "\"departure\"");
    CHECK(top("\"policy\":{\"unit\":\"power\"}") == "policy.name: is missing");
    CHECK(top("\"policy\":{\"name\":\"priority\",\"least_on_s\":-1}") ==
          "policy.least_on_s: must be a whole number from 0 to 86400");
    CHECK(top("\"policy\":{\"name\":\"priority\",\"rest_ah\":101}") ==
          "policy.rest_ah: must be a number from 0 to 100");
    CHECK(top("\"policy\":{\"name\":\"priority\",\"catch_up_ah\":0}") ==
          "policy.catch_up_ah: must be a number above 0 and at most 100");
    CHECK(top("\"phase_choice\":{\"most_plans\":0}") ==
          "phase_choice.most_plans: must be a whole number from 1 to 100000");
    CHECK(top("\"day\":[]") == "day: must be an object");
}

TEST_CASE("a field that is not known is refused with its path and the nearest name")
{
    CHECK(fault_of(plant("\"limits_a\":32", "")) ==
          "nodes[0].limits_a: unknown field; did you mean \"limit_a\"?");
    CHECK(fault_of(plant("\"limit_a\":32", evse("P1", "1", "\"maxa\":16"))) ==
          "evses[0].maxa: unknown field; did you mean \"max_a\"?");
    CHECK(fault_of(plant("\"energy\":{\"kwh\":1,\"hour_ends_s\":1}", "")) ==
          "nodes[0].energy.kwh: unknown field; known are cap_wh, used_wh, hour_ends_s");
    CHECK(fault_of(plant("\"limit_a\":32", "", "\"Grid\":\"TN\"")) ==
          "Grid: unknown field; did you mean \"grid\"?");
    // Nothing that a terminal would obey is printed.
    CHECK(fault_of(plant("\"x\\u001b[2J\":32", ""))
              .starts_with("nodes[0][\"x\\u001b[2J\"]: unknown field; known are id, parent"));
    // DEL, and CSI as one character, which is ESC [ to a terminal; a letter of two bytes stays.
    CHECK(fault_of(plant("\"x\x7f\xc2\x9b\xc3\xa5\":32", ""))
              .starts_with("nodes[0][\"x\\u007f\\u009b\xc3\xa5\"]: unknown field"));
}

TEST_CASE("what is missing, doubled or not there is named")
{
    CHECK(fault_of("[]") == "must be an object");
    CHECK(fault_of("{}") == "nodes: is missing");
    CHECK(fault_of(R"({"nodes":[]})") == "evses: is missing");
    CHECK(fault_of(R"({"nodes":{},"evses":[]})") == "nodes: must be a list");
    CHECK(fault_of(R"({"nodes":[{}],"evses":[]})") == "nodes[0].id: is missing");
    CHECK(fault_of(R"({"nodes":[{"id":"a\nb"}],"evses":[]})") ==
          "nodes[0].id: must be a text of 1 to 100 bytes without control characters");
    CHECK(fault_of(R"({"nodes":[{"id":"m"}],"evses":[{"id":"P1","node":"m"}]})") ==
          "evses[0].lines: is missing");
    CHECK(fault_of(R"({"nodes":[{"id":"m"},{"id":"a","parent":"m"},{"id":"m"}],"evses":[]})") ==
          "nodes[2].id: \"m\" is the id of nodes[0] already");
    CHECK(fault_of(plant("\"limit_a\":32", evse("P1", "1") + "," + evse("P1", "2"))) ==
          "evses[1].id: \"P1\" is the id of evses[0] already");
    CHECK(fault_of(R"({"nodes":[{"id":"main"},{"id":"sub","parent":"mian"}],"evses":[]})") ==
          "nodes[1].parent: unknown node \"mian\"; did you mean \"main\"?");
    CHECK(fault_of(
              R"({"nodes":[{"id":"main"}],"evses":[{"id":"P1","node":"garage","lines":[1]}]})") ==
          "evses[0].node: unknown node \"garage\"; known are main");
}

TEST_CASE("what only makes no sense as a whole is refused by the id of the node or EVSE")
{
    CHECK(fault_of(R"({"nodes":[],"evses":[]})").starts_with("installation: "));
    auto const cycle = fault_of(
        R"({"nodes":[{"id":"main"},{"id":"a","parent":"b"},{"id":"b","parent":"a"}],"evses":[]})");
    CHECK((cycle.starts_with("a: ") || cycle.starts_with("b: ")));
    CHECK(fault_of(R"({"nodes":[{"id":"one"},{"id":"two"}],"evses":[]})").starts_with("two: "));
    CHECK(fault_of(plant("\"limit_a\":32", evse("P1", "1", "\"quantum_a\":1,\"quantum_w\":100")))
              .starts_with("P1: "));
}

TEST_CASE("what is not JSON is refused with the line and column, and nothing is nested too deep")
{
    CHECK(fault_of("{\n  \"grid\": TN\n}").starts_with("is not JSON, line 2, column "));
    CHECK(fault_of("").starts_with("is not JSON, line 1, column 1: "));
    CHECK(fault_of("{\"nodes\":[],\"evses\":[]} x").starts_with("is not JSON, line 1, column "));
    CHECK(fault_of("{\"nodes\":[],\"evses\":[],\"grid\":NaN}").starts_with("is not JSON"));
    CHECK(fault_of("{\"day\":" + std::string(40, '[')).find("is not JSON") == 0);
    CHECK(
        fault_of(std::string(plan::greatest_file_size + 1, ' ')) == "must be at most 64 MiB long");
}

// The names in "...; known are a, b, c".
std::vector<std::string> known_in(std::string const& fault)
{
    std::string const marker = "known are ";
    auto const begin = fault.find(marker);
    REQUIRE(begin != std::string::npos);
    std::istringstream list(fault.substr(begin + marker.size()));
    std::vector<std::string> names;
    for (std::string name; std::getline(list >> std::ws, name, ',');) names.push_back(name);
    return names;
}

TEST_CASE("the page about the file names every field that can be read")
{
    std::ifstream file(std::string(KURS_PLAN_FOLDER) + "/README.md");
    std::string const page(std::istreambuf_iterator<char>(file), {});
    REQUIRE_FALSE(page.empty());
    std::string const unknown = "\"?\":0";
    std::vector<std::string> const faults{
        fault_of("{" + unknown + "}"),
        fault_of(plant(unknown, "")),
        fault_of(plant("\"timed\":[{" + unknown + "}]", "")),
        fault_of(plant("\"energy\":{" + unknown + "}", "")),
        fault_of(plant("\"limit_a\":1", evse("P1", "1", unknown))),
        fault_of(plant("\"limit_a\":1", evse("P1", "1", "\"max_a\":{" + unknown + "}"))),
        fault_of(plant("\"limit_a\":1", evse("P1", "1", "\"session\":{" + unknown + "}"))),
        fault_of(plant("\"limit_a\":1", "", "\"policy\":{" + unknown + "}")),
        fault_of(plant("\"limit_a\":1", "", "\"phase_choice\":{" + unknown + "}")),
    };
    for (auto const& fault : faults) {
        auto const names = known_in(fault);
        CHECK(names.size() >= 3);
        for (auto const& name : names) {
            CAPTURE(name);
            CHECK(page.find("`" + name + "`") != std::string::npos);
        }
    }
}

}
