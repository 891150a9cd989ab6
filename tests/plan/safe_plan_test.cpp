// The check that all other tests rely on finds what is wrong with a plan.
#include "tests/plan/ask.hpp"

#include <doctest/doctest.h>

#include <string>

namespace {

using balancing::ampere;
using plan_test::evse;
using plan_test::plant;

// What is said of the plan of this file once P1, the first EVSE, is granted so much instead.
std::string danger_with(std::string const& text, balancing::Current granted)
{
    auto answer = plan_test::answer_to(text);
    answer.plan.evses[0].limit = granted;
    return plan_test::danger_in(answer.snapshot, answer.plan).value_or("");
}

std::string const on_l1 = evse("P1", "1");
std::string const silent_on_l1 = evse("gone", "1", "\"reserved_a\":16");

TEST_CASE("more on a line, in asymmetry or in energy than its limit is found")
{
    CHECK(danger_with(plant("\"limit_a\":10", on_l1), ampere(10)).empty());
    CHECK(danger_with(plant("\"limit_a\":10", on_l1), ampere(11)) == "main is over its limits: 1");
    CHECK(danger_with(plant("\"asymmetry_a\":10", on_l1), ampere(11)) ==
          "main is over its limits: a");
    // 2300 Wh in an hour are 10 A at 230 V.
    CHECK(danger_with(plant(R"("energy":{"cap_wh":2300,"hour_ends_s":3600})", on_l1), ampere(11)) ==
          "main is over its limits: e");
    // On IT 3 x 4 A of other load take 12 / sqrt(3) = 6.93 A of the 20 A that 4600 Wh are: 13.07
    // are left. A third of the 12 A would leave 16.
    auto const it = plant(R"("other_load_a":4,"energy":{"cap_wh":4600,"hour_ends_s":3600})",
        evse("P1", "1,2"), R"("grid":"IT")");
    CHECK(danger_with(it, ampere(13)).empty());
    CHECK(danger_with(it, ampere(14)) == "main is over its limits: e");
}

TEST_CASE("where reservations alone break a limit, nobody gets anything that adds to it")
{
    std::string const said = "P1 gets something below main, which is over its limits";
    auto const beside_silent = [](std::string const& main, std::string const& lines) {
        return danger_with(plant(main, evse("P1", lines) + "," + silent_on_l1), ampere(6));
    };
    CHECK(beside_silent("\"limit_a\":10", "1") == said);
    CHECK(beside_silent("\"limit_a\":10", "2") == "");
    CHECK(beside_silent("\"asymmetry_a\":10", "1") == said);
    CHECK(beside_silent("\"asymmetry_a\":10", "2") == "");
    CHECK(beside_silent("\"asymmetry_a\":10", "1,2,3") == "");  // the same on all lines
    CHECK(beside_silent(R"("energy":{"cap_wh":2300,"hour_ends_s":3600})", "2") == said);
}

TEST_CASE("a grant below a minimum, above a maximum or other than reserved is found")
{
    auto const car = plant("\"limit_a\":63", evse("P1", "1", "\"max_a\":16"));
    for (auto const granted : {ampere(5), ampere(17)})
        CHECK(danger_with(car, granted) == "P1 gets what it cannot take");
    CHECK(danger_with(car, {}).empty());
    CHECK(danger_with(plant("\"limit_a\":63", evse("P1", "1", "\"reserved_a\":6")), ampere(7)) ==
          "P1 gets what it cannot take");
}

}
