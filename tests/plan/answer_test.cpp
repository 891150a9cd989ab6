#include "tests/plan/ask.hpp"

#include <boost/json/serialize.hpp>
#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <numbers>
#include <string>

namespace {

using plan_test::answer_to;
using plan_test::ask;
using plan_test::current_of;
using plan_test::evse;
using plan_test::limit_of;
using plan_test::plant;

// Whole nanoamperes, and on IT coefficients that are rounded up, keep a share below the real number
// by less than this.
constexpr double micro = 1e-6;

bool is_near(double value, double expected) { return std::abs(value - expected) < micro; }

std::string text_of(boost::json::value const& value) { return boost::json::serialize(value); }

boost::json::object const& reason_of(boost::json::value const& answer, std::size_t index)
{
    return answer.at("evses").at(index).at("reason").as_object();
}

std::string read_file(std::string const& name)
{
    std::ifstream file(std::string(KURS_PLAN_FOLDER) + "/" + name);
    return {std::istreambuf_iterator<char>(file), {}};
}

TEST_CASE("two cars that take 32 A on three phases get 16 A each on a 32 A main fuse")
{
    // 32 / 2 = 16 on every line, and 16 + 16 = 32.
    auto const answer = ask(plant("\"limit_a\":32",
        evse("P1", "1,2,3", "\"max_a\":32") + "," + evse("P2", "2,3,1", "\"max_a\":32")));
    CHECK(text_of(answer.at("evses").at(0)) ==
          R"({"id":"P1","limit_a":16,"lines":[1,2,3],"reason":{"kind":"line","node":"main",)"
          R"("line":1,"left_a":0,"source":"rating"}})");
    CHECK(limit_of(answer, 1) == 16);
    CHECK(text_of(answer.at("evses").at(1).at("lines")) == "[2,3,1]");
    CHECK(text_of(answer.at("nodes")) ==
          R"([{"id":"main","current_a":[32,32,32],"limit_a":[32,32,32]}])");
}

TEST_CASE("the example of the issue is answered in its form")
{
    auto const answer = ask(R"({"grid":"TN","power_factor":0.98,
      "nodes":[{"id":"main","parent":null,"limit_a":[63,63,63]},
               {"id":"c1","parent":"main","limit_a":[16,16,16]}],
      "evses":[{"id":"P1","node":"c1","lines":[1,2,3],"min_a":6,"max_a":32,"quantum_a":0,
                "weight":1,"phases":3}]})");
    CHECK(limit_of(answer, 0) == 16);
    CHECK(reason_of(answer, 0).at("node").as_string() == "c1");
    CHECK(text_of(answer.at("nodes").at(0)) ==
          R"({"id":"main","current_a":[16,16,16],"limit_a":[63,63,63]})");
}

TEST_CASE("thirds of 32 A are shared to the nanoampere, and never a nanoampere too much")
{
    // 32 / 3 = 10.666666666..., so each has that many nanoamperes or one more, 32 A together.
    auto const answer = answer_to(plant("\"limit_a\":32",
        evse("P1", "1,2,3") + "," + evse("P2", "1,2,3") + "," + evse("P3", "1,2,3")));
    std::int64_t sum = 0;
    for (auto const& grant : answer.plan.evses) {
        CHECK(grant.limit.nanoamperes >= 10'666'666'666);
        CHECK(grant.limit.nanoamperes <= 10'666'666'667);
        sum += grant.limit.nanoamperes;
    }
    CHECK(sum <= 32'000'000'000);
    CHECK(sum >= 31'999'999'998);
    CHECK(plan::plan_json(answer).find("\"limit_a\":10.66666666") != std::string::npos);
}

TEST_CASE("where three minima do not fit, the last in the queue waits and is told its place")
{
    // 6 + 6 = 12 fit on 16 A, a third 6 does not; the two share 16 / 2 = 8.
    auto const answer = ask(plant("\"limit_a\":16",
        evse("P1", "1,2,3") + "," + evse("P2", "1,2,3") + "," + evse("P3", "1,2,3")));
    CHECK(limit_of(answer, 0) == 8);
    CHECK(limit_of(answer, 1) == 8);
    CHECK(limit_of(answer, 2) == 0);
    CHECK(text_of(reason_of(answer, 2)) ==
          R"({"kind":"waiting","node":"main","line":1,"left_a":0,"source":"rating","queued":1})");
}

TEST_CASE("weights share in their proportion")
{
    // 1 : 3 of 32 A is 8 and 24.
    auto const answer = ask(
        plant("\"limit_a\":32", evse("P1", "1") + "," + evse("P2", "1", "\"weight\":3")));
    CHECK(limit_of(answer, 0) == 8);
    CHECK(limit_of(answer, 1) == 24);
}

TEST_CASE("a car that its own circuit holds back leaves the rest to the others")
{
    // 10 for the car below the 10 A circuit, 32 - 10 = 22 for the other.
    auto const answer = ask(R"({"nodes":[{"id":"main","limit_a":32},
        {"id":"c1","parent":"main","limit_a":[10,32,32]}],
      "evses":[{"id":"P1","node":"c1","lines":[1,2,3]},{"id":"P2","node":"main","lines":[1]}]})");
    CHECK(limit_of(answer, 0) == 10);
    CHECK(reason_of(answer, 0).at("node").as_string() == "c1");
    CHECK(reason_of(answer, 0).at("line").as_int64() == 1);
    CHECK(limit_of(answer, 1) == 22);
    CHECK(reason_of(answer, 1).at("node").as_string() == "main");
}

TEST_CASE("cars on different lines do not take from each other, and one on all lines does")
{
    // L1: P1 and P3 share 16 each; L2: P2 has what P3 leaves, 32 - 16 = 16; L3: only P3, 16.
    auto const answer = ask(plant("\"limit_a\":[32,32,63]",
        evse("P1", "1") + "," + evse("P2", "2", "\"max_a\":32") + "," + evse("P3", "3,1,2")));
    CHECK(limit_of(answer, 0) == 16);
    CHECK(limit_of(answer, 1) == 16);
    CHECK(limit_of(answer, 2) == 16);
    CHECK(text_of(answer.at("nodes").at(0).at("current_a")) == "[32,32,16]");
}

TEST_CASE("a one-phase car whose phase is not known counts on every line it might load")
{
    // Alone it would leave L2 and L3 free; counted everywhere, P2 on L2 shares with it: 16 each.
    auto const answer = ask(
        plant("\"limit_a\":32", evse("P1", "1,2,3", "\"phases\":null") + "," + evse("P2", "2")));
    CHECK(limit_of(answer, 0) == 16);
    CHECK(limit_of(answer, 1) == 16);
    CHECK(text_of(answer.at("evses").at(0).at("lines")) == "[1,2,3]");
}

TEST_CASE("each kind of reason is told with what belongs to it")
{
    // Its own maximum, by who says so.
    auto const own = ask(plant("\"limit_a\":63",
        evse("P1", "1", "\"max_a\":{\"station\":32,\"cable\":20}") + "," +
            evse("P2", "2", "\"max_a\":{\"station\":32,\"reclaimed\":9}") + "," +
            evse("P3", "3", "\"max_a\":{\"car\":5}") + "," +
            evse("P4", "1", "\"reserved_a\":7.5")));
    CHECK(limit_of(own, 0) == 20);
    CHECK(text_of(reason_of(own, 0)) == R"({"kind":"own_maximum","maximum":"cable"})");
    CHECK(limit_of(own, 1) == 9);
    CHECK(text_of(reason_of(own, 1)) == R"({"kind":"reclaimed"})");
    CHECK(limit_of(own, 2) == 0);
    CHECK(text_of(reason_of(own, 2)) == R"({"kind":"switched_off","maximum":"car"})");
    CHECK(limit_of(own, 3) == 7.5);
    CHECK(text_of(reason_of(own, 3)) == R"({"kind":"reserved"})");

    // 30 of 32 A are taken by others: 2 A are left, less than the minimum of 6.
    auto const no_room = ask(plant("\"limit_a\":32,\"other_load_a\":[30,0,0]", evse("P1", "1")));
    CHECK(limit_of(no_room, 0) == 0);
    CHECK(text_of(reason_of(no_room, 0)) ==
          R"({"kind":"no_room","node":"main","line":1,"left_a":2,"source":"rating"})");

    // Other load above the limit: 32 - 40 = -8.
    auto const over = ask(plant("\"limit_a\":32,\"other_load_a\":40", evse("P1", "2")));
    CHECK(text_of(reason_of(over, 0)) ==
          R"({"kind":"no_room","node":"main","line":2,"left_a":-8,"source":"rating"})");
}

TEST_CASE("the reason says what kind of limit it was")
{
    // 20 A ordered until 12:00; the fuse itself has 32.
    auto const timed = [](std::string const& source) {
        return ask(plant("\"limit_a\":32,\"timed\":[{\"source\":\"" + source +
                             "\",\"limit_a\":20,\"from\":\"08:00\",\"until\":\"12:00\"}]",
            evse("P1", "1"), "\"now\":\"11:59\""));
    };
    for (std::string const source : {"schedule", "temporary"}) {
        auto const answer = timed(source);
        CHECK(limit_of(answer, 0) == 20);
        CHECK(reason_of(answer, 0).at("source").as_string() == source);
        CHECK(text_of(answer.at("nodes").at(0).at("limit_a")) == "[20,20,20]");
    }
    // A one-phase car loads one line alone, so at most the allowed difference.
    auto const asymmetry = ask(plant("\"limit_a\":32,\"asymmetry_a\":14", evse("P1", "2")));
    CHECK(limit_of(asymmetry, 0) == 14);
    CHECK(reason_of(asymmetry, 0).at("source").as_string() == "asymmetry");
    CHECK(reason_of(asymmetry, 0).at("line").as_int64() == 2);
    // 3300 - 1000 = 2300 Wh in the hour that is left: 2300 W / 230 V = 10 A. It is no line's.
    auto const energy = ask(
        plant(R"("limit_a":32,"energy":{"cap_wh":3300,"used_wh":1000,"hour_ends_s":"01:00"})",
            evse("P1", "1"), "\"now\":\"00:00\""));
    CHECK(limit_of(energy, 0) == 10);
    CHECK(text_of(reason_of(energy, 0)) ==
          R"({"kind":"line","node":"main","left_a":0,"source":"energy_cap"})");
    // A permanent factor: 0.8 x 32 = 25.6.
    auto const factor = ask(plant("\"limit_a\":32,\"factor\":0.8", evse("P1", "1")));
    CHECK(is_near(limit_of(factor, 0), 25.6));
}

TEST_CASE("no limit is null, and a car then gets its own maximum")
{
    auto const answer = ask(plant("\"limit_a\":[null,16,null]",
        evse("P1", "1", "\"max_a\":80") + "," + evse("P2", "2", "\"max_a\":80")));
    CHECK(limit_of(answer, 0) == 80);
    CHECK(limit_of(answer, 1) == 16);
    CHECK(text_of(answer.at("nodes").at(0).at("limit_a")) == "[null,16,null]");
}

TEST_CASE("a station that takes whole amperes gets whole amperes, one that takes watts gets watts")
{
    // 33 / 2 = 16.5, so 16 for both, and the ampere that is left goes to one of them.
    auto const amperes = ask(plant("\"limit_a\":33",
        evse("P1", "1,2,3", "\"quantum_a\":1") + "," + evse("P2", "1,2,3", "\"quantum_a\":1")));
    CHECK(limit_of(amperes, 0) + limit_of(amperes, 1) == 33);
    CHECK(std::abs(limit_of(amperes, 0) - limit_of(amperes, 1)) == 1);
    // Watts are reckoned at the lowest voltage of the grid, 0.9 x 230 = 207 V (EN 50160), so that
    // the current holds there, too: 16 x 3 x 207 = 9936 W, 9900 in steps of 100, and that is
    // 9900 / 621 = 15.942 A.
    auto const watts = ask(plant("\"limit_a\":16", evse("P1", "1,2,3", "\"quantum_w\":100")));
    CHECK(watts.at("evses").at(0).at("limit_w").as_int64() == 9'900);
    CHECK(is_near(limit_of(watts, 0), 9'900.0 / 621));
}

TEST_CASE("with a policy the answer stays in the order of the file")
{
    // P3 came first and takes its 16 of 26 A, then P1 the other 10, and P2 waits.
    auto const answer = ask(plant("\"limit_a\":26",
        evse("P1", "1", "\"max_a\":16,\"session\":{\"arrived\":\"08:10\"}") + "," +
            evse("P2", "1", "\"max_a\":16,\"session\":{\"arrived\":\"08:20\"}") + "," +
            evse("P3", "1", "\"max_a\":16,\"session\":{\"arrived\":\"08:00\"}"),
        "\"now\":\"09:00\",\"policy\":\"first_come\""));
    CHECK(answer.at("evses").at(0).at("id").as_string() == "P1");
    CHECK(answer.at("evses").at(2).at("id").as_string() == "P3");
    CHECK(limit_of(answer, 2) == 16);
    CHECK(limit_of(answer, 0) == 10);
    CHECK(limit_of(answer, 1) == 0);
    CHECK(reason_of(answer, 1).at("kind").as_string() == "waiting");
}

TEST_CASE(
    "with a policy a car that is ahead rests, and one that is behind gets more, as on a server")
{
    // Room for one of three. P1 charges and is 2 Ah ahead, more than the 1 Ah at which it rests;
    // P2 has stopped and is not 1 Ah behind, so it still rests: P3, which has not charged, starts.
    // A rest only at 3 Ah leaves P1 its turn: it leads by the bonus of 3 - 2 = 1 Ah, P2 by 0.5.
    auto const plan = [](std::string const& policy) {
        return ask(plant("\"limit_a\":10",
            evse("P1", "1", R"("session":{"charging":true,"switched":"10:00","deficit_ah":-2})") +
                "," + evse("P2", "1", R"("session":{"switched":"11:00","deficit_ah":0.5})") + "," +
                evse("P3", "1"),
            R"("now":"12:00","policy":)" + policy));
    };
    auto const resting = plan(R"({"name":"equal_share","incumbent_bonus_ah":3})");
    CHECK(limit_of(resting, 2) == 10);
    CHECK(reason_of(resting, 0).at("kind").as_string() == "waiting");
    auto const later = plan(R"({"name":"equal_share","incumbent_bonus_ah":3,"rest_ah":3})");
    CHECK(limit_of(later, 0) == 10);
    // It last had 18 A, 3 times 6 A: so for it a rest begins at 3 x 1 Ah.
    auto const fast = ask(plant("\"limit_a\":10",
        evse("P1", "1",
            R"("session":{"charging":true,"switched":"10:00","deficit_ah":-2,"last_a":18})") +
            "," + evse("P2", "1"),
        R"("now":"12:00","policy":"equal_share")"));
    CHECK(limit_of(fast, 0) == 10);

    // 15 A for two of three, one 2 Ah behind: its weight doubles for every 1 Ah, 4 : 1 of the 15 A
    // would be 12 and 3; with minima of 6 A it is 9 and 6. At a doubling per 100 Ah they are alike.
    auto const behind = [](std::string const& rules) {
        return ask(plant("\"limit_a\":15",
            evse("P1", "1", R"("session":{"deficit_ah":2})") + "," +
                evse("P2", "1", R"("session":{"deficit_ah":0.5})") + "," + evse("P3", "1"),
            R"("policy":{"name":"equal_share","catch_up_ah":)" + rules + "}"));
    };
    auto const doubled = behind("1");
    CHECK(limit_of(doubled, 0) == 9);
    CHECK(limit_of(doubled, 1) == 6);
    CHECK(limit_of(behind("100"), 0) == 7.5);
}

TEST_CASE("without a policy, sharing in order and tiers are as the file says")
{
    // In order: the first takes up to its maximum, the next what that leaves.
    auto const in_order = ask(plant("\"limit_a\":32",
        evse("P1", "1", "\"max_a\":20") + "," + evse("P2", "1"), "\"sharing\":\"in_order\""));
    CHECK(limit_of(in_order, 0) == 20);
    CHECK(limit_of(in_order, 1) == 12);
    // A lower tier is served first, wherever it stands: 32 - 26 = 6 for the other.
    auto const tiers = ask(plant(
        "\"limit_a\":32", evse("P1", "1", "\"tier\":1") + "," + evse("P2", "1", "\"max_a\":26")));
    CHECK(limit_of(tiers, 0) == 6);
    CHECK(limit_of(tiers, 1) == 26);
}

TEST_CASE("cars that may choose their line are spread over the lines, and the answer says how")
{
    // On one line 16 / 3 < 6 would let only two charge; on three lines each gets 16.
    std::string const choosing = "\"phases\":1,\"may_choose_line\":true,\"max_a\":16";
    auto const answer = ask(plant("\"limit_a\":16",
        evse("P1", "1,2,3", choosing) + "," + evse("P2", "1,2,3", choosing) + "," +
            evse("P3", "1,2,3", choosing)));
    std::array<int, 4> cars_on_line{};
    for (std::size_t index = 0; index < 3; ++index) {
        CHECK(limit_of(answer, index) == 16);
        auto const& lines = answer.at("evses").at(index).at("lines").as_array();
        REQUIRE(lines.size() == 1);
        ++cars_on_line.at(static_cast<std::size_t>(lines[0].as_int64()));
    }
    CHECK(cars_on_line == std::array<int, 4>{0, 1, 1, 1});
}

// Three cars of fixed currents between L1-L2, L2-L3 and L3-L1.
std::string triangle(double a, double b, double c)
{
    auto const car = [](char const* id, char const* lines, double current) {
        return evse(id, lines, "\"min_a\":0,\"max_a\":" + std::to_string(current));
    };
    return car("A", "1,2", a) + "," + car("B", "2,3", b) + "," + car("C", "3,1", c);
}

TEST_CASE("on IT, currents between lines add as vectors")
{
    std::string const it = R"("grid":"IT","power_factor":1)";
    // Two 16 A cars that share L1: sqrt(16^2 + 16^2 + 16 x 16) = 16 sqrt(3) = 27.7, not 32.
    auto const two = ask(plant("\"limit_a\":63", triangle(16, 0, 16), it));
    CHECK(is_near(current_of(two, 0, 0), 16 * std::numbers::sqrt3));
    CHECK(is_near(current_of(two, 0, 1), 16));
    CHECK(is_near(current_of(two, 0, 2), 16));
    // 48, 16 and 32 A: |L1|^2 = 48^2 + 32^2 + 48 x 32 = 4864, |L2|^2 = 48^2 + 16^2 + 48 x 16 =
    // 3328, |L3|^2 = 16^2 + 32^2 + 16 x 32 = 1792.
    auto const uneven = ask(plant("\"limit_a\":100", triangle(48, 16, 32), it));
    CHECK(is_near(current_of(uneven, 0, 0), std::sqrt(4864.0)));
    CHECK(is_near(current_of(uneven, 0, 1), std::sqrt(3328.0)));
    CHECK(is_near(current_of(uneven, 0, 2), std::sqrt(1792.0)));
    // One 16 A car moved from L1-L2 to L2-L3: 32 sqrt(3) = 55.4 on every line.
    auto const even = ask(plant("\"limit_a\":100", triangle(32, 32, 32), it));
    for (std::size_t line = 0; line < 3; ++line)
        CHECK(is_near(current_of(even, 0, line), 32 * std::numbers::sqrt3));
}

TEST_CASE("on IT, three alike cars share a fuse up to its vector sum, less for a power factor")
{
    // r sqrt(3) = 63.
    auto const unity = ask(
        plant("\"limit_a\":63", triangle(100, 100, 100), R"("grid":"IT","power_factor":1)"));
    for (std::size_t index = 0; index < 3; ++index)
        CHECK(is_near(limit_of(unity, index), 63 / std::numbers::sqrt3));
    // At 0.98 currents may be a = acos(0.98) off either way: r sqrt(2 + 2 cos(60 - 2a)) = 63, which
    // is more than the triangle's 63 / 2.
    auto const usual = ask(plant("\"limit_a\":63", triangle(100, 100, 100), R"("grid":"IT")"));
    double const angle = std::numbers::pi / 3 - 2 * std::acos(0.98);
    double const expected = 63 / std::sqrt(2 + 2 * std::cos(angle));
    CHECK(expected > 63.0 / 2);
    for (std::size_t index = 0; index < 3; ++index)
        CHECK(is_near(limit_of(usual, index), expected));
}

TEST_CASE("on IT, a three-phase car loads lines by how it is made, and by the worst if that is not "
          "known")
{
    std::string const it = R"("grid":"IT","power_factor":1)";
    auto const with = [&](std::string const& mode) {
        return ask(plant("\"limit_a\":100",
            evse("P1", "2,3,1",
                "\"max_a\":16" + (mode.empty() ? "" : ",\"it_three_phase\":" + mode)),
            it));
    };
    double const sqrt3 = std::numbers::sqrt3;
    auto const check = [](boost::json::value const& answer, double l1, double l2, double l3) {
        CHECK(limit_of(answer, 0) == 16);
        CHECK(is_near(current_of(answer, 0, 0), l1));
        CHECK(is_near(current_of(answer, 0, 1), l2));
        CHECK(is_near(current_of(answer, 0, 2), l3));
    };
    // All three pairs: 16 sqrt(3) on every line.
    check(with("\"delta\""), 16 * sqrt3, 16 * sqrt3, 16 * sqrt3);
    check(with(""), 16 * sqrt3, 16 * sqrt3, 16 * sqrt3);
    // Two converters that share the line of the first terminal, L2 here.
    check(with("\"two_leg\""), 16, 16 * sqrt3, 16);
    // Kept to one phase, between its first two terminals: L2 and L3.
    check(with("\"off\""), 0, 16, 16);
    CHECK(text_of(with("\"off\"").at("evses").at(0).at("lines")) == "[2,3]");
    CHECK(text_of(with("\"two_leg\"").at("evses").at(0).at("lines")) == "[2,3,1]");
}

TEST_CASE("the examples beside the page are planned, and safely")
{
    for (std::string const name : {"example.json", "example_it.json"}) {
        CAPTURE(name);
        auto const answer = answer_to(read_file(name));  // checks every limit itself
        CHECK(answer.plan.evses.size() >= 6);
    }
}

}
