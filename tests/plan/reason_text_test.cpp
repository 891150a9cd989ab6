#include "tests/plan/ask.hpp"
#include "tools/plan/plan_table.hpp"
#include "tools/plan/reason_text.hpp"

#include <doctest/doctest.h>

#include <string>

namespace {

using namespace balancing;
using plan_test::evse;
using plan_test::plant;

// One EVSE below "main", and whatever reason a test writes for it.
struct Told {
    Snapshot snapshot{};
    Plan plan{};

    Told()
    {
        snapshot.nodes.resize(1);
        snapshot.nodes[0].name = "main";
        snapshot.evses.resize(1);
        plan.evses.resize(1);
    }

    Evse& car() { return snapshot.evses[0]; }
    std::string by(Reason const& reason)
    {
        plan.evses[0].reason = reason;
        return plan::reason_text(snapshot, plan, 0);
    }
};

Reason at_main(ReasonKind kind, std::size_t line, Current left, LimitSource source)
{
    Reason reason;
    reason.kind = kind;
    reason.line = line;
    reason.left = left;
    reason.source = source;
    return reason;
}

TEST_CASE("a limit is told with the place, the line, what limits there and what is left")
{
    Told told;
    auto const line = ReasonKind::line;
    CHECK(told.by(at_main(line, 0, milliampere(400), LimitSource::rating)) ==
          "Limited by the fuse of main, L1: 0.40 A is left there.");
    CHECK(told.by(at_main(line, 1, Current{3}, LimitSource::schedule)) ==
          "Limited by the schedule of main, L2: nothing is left there.");
    CHECK(told.by(at_main(line, 2, Current{}, LimitSource::temporary)) ==
          "Limited by the temporary order of main, L3: nothing is left there.");
    CHECK(told.by(at_main(line, 2, Current{}, LimitSource::asymmetry)) ==
          "Limited by the asymmetry rule of main, L3: nothing is left there.");
    CHECK(told.by(at_main(line, 0, Current{}, LimitSource::energy_cap)) ==
          "Limited by the energy cap of the hour of main: nothing is left there.");
}

TEST_CASE("who waits is told its place in the queue, and its turn if that is known")
{
    Told told;
    told.snapshot.now = Seconds(1000);
    auto reason = at_main(ReasonKind::waiting, 1, milliampere(3400), LimitSource::rating);
    reason.queued = 2;
    std::string const sentence = "Waits as number 2 of the queue: its minimum of 6 A does not fit "
                                 "beside the cars before it, "
                                 "because of the fuse of main, L2; 3.40 A is left there.";
    CHECK(told.by(reason) == sentence);
    auto const with_turn = [&](int seconds) {
        reason.turn = told.snapshot.now + Seconds(seconds);
        return told.by(reason).substr(sentence.size());
    };
    CHECK(with_turn(0) == " Its turn is expected any moment.");
    CHECK(with_turn(-5) == " Its turn is expected any moment.");
    CHECK(with_turn(15 * 60) == " Its turn is expected in 15 min.");
    CHECK(with_turn(15 * 60 + 1) == " Its turn is expected in 16 min.");
    CHECK(with_turn(3600) == " Its turn is expected in 1 h.");
    CHECK(with_turn(2 * 3600 + 5 * 60) == " Its turn is expected in 2 h 5 min.");
}

TEST_CASE("a minimum that is no whole number of steps is told with what it takes in steps")
{
    Told told;
    told.car().phases = 1;
    told.car().quantum = ampere(4);
    auto const no_room = at_main(ReasonKind::no_room, 0, ampere(7), LimitSource::rating);
    CHECK(told.by(no_room) ==
          "Stays off: its minimum of 6 A (8 A in steps of 4 A) would not fit even if no other car "
          "charged, because of the fuse of main, L1; 7.00 A is left there.");
    // 1000 W are 4.83 A at 207 V, so 6 A take two steps.
    told.car().quantum = {};
    told.car().quantum_w = 1000;
    auto waiting = at_main(ReasonKind::waiting, 0, ampere(7), LimitSource::rating);
    waiting.queued = 1;
    CHECK(told.by(waiting) ==
          "Waits as number 1 of the queue: its minimum of 6 A (2000 W in steps of 1000 W) does not "
          "fit beside the cars before it, because of the fuse of main, L1; 7.00 A is left there.");
    told.car().quantum_w = 0;
    told.car().quantum = ampere(1);
    CHECK(told.by(no_room).find("its minimum of 6 A would not fit") != std::string::npos);
}

TEST_CASE("what an EVSE and its car cannot take is told by who says so")
{
    Told told;
    told.car().max = {ampere(32), ampere(20), ampere(16), ampere(10), ampere(9)};
    Reason reason;
    auto const by_maximum = [&](Maximum maximum) {
        reason.maximum = maximum;
        return told.by(reason);
    };
    CHECK(by_maximum(Maximum::station) == "Gets all that its station allows, 32 A.");
    CHECK(by_maximum(Maximum::cable) == "Gets all that its cable allows, 20 A.");
    CHECK(by_maximum(Maximum::car) == "Gets all that its car takes, 16 A.");
    CHECK(by_maximum(Maximum::asked) == "Gets all that is asked for, 10 A.");
    told.car().quantum = milliampere(500);
    CHECK(by_maximum(Maximum::car) == "Gets all that its car takes, 16 A, in steps of 0.5 A.");
    told.car().quantum = {};
    told.car().quantum_w = 100;
    CHECK(by_maximum(Maximum::car) == "Gets all that its car takes, 16 A, in steps of 100 W.");
    told.car().quantum_w = 0;

    reason.kind = ReasonKind::reclaimed;
    told.plan.evses[0].limit = ampere(9);
    CHECK(
        told.by(reason) == "Lowered to 9 A because it does not use more; the rest goes to others.");
    reason.kind = ReasonKind::switched_off;
    told.car().max = {};
    told.car().max.car = ampere(5);
    CHECK(by_maximum(Maximum::car) ==
          "Stays off: what its car takes, 5 A, is less than its minimum of 6 A.");
    told.car().max.reclaimed = ampere(4);
    CHECK(by_maximum(Maximum::car) ==
          "Stays off: what it uses, 4 A, is less than its minimum of 6 A.");
    reason.kind = ReasonKind::own_maximum;
    told.car().max = {};
    CHECK(by_maximum(Maximum::station) == "Nothing limits it.");
    reason.kind = ReasonKind::reserved;
    CHECK(told.by(reason) == "Set aside: its station cannot be reached or does not obey.");
    CHECK(
        told.by(at_main(ReasonKind::no_room, 0, milliampere(-8250), LimitSource::rating)) ==
        "Stays off: its minimum of 6 A would not fit even if no other car charged, because of the "
        "fuse of main, L1; it is exceeded by 8.25 A already.");
}

TEST_CASE("the table has a row per EVSE with its lines and reason, and a row per node with what is "
          "in use of each line")
{
    // L1: 16 + 16 = 32 of 40 A beside 8 A of other load, all of it; L2 and L3: 16 and 8 of 40 are
    // 60 %.
    auto const answer = plan_test::answer_to(plant(
        "\"limit_a\":[40,40,null],\"other_load_a\":[8,8,0]",
        evse("Gr\u00f8nn", "1,2,3", "\"quantum_a\":1") + "," + evse("P2", "1", "\"quantum_a\":1")));
    CHECK(plan::plan_table(answer) ==
          "EVSE     LIMIT  LINES     WHY\n"
          "Gr\u00f8nn  16.00 A  L1 L2 L3  Limited by the fuse of main, L1: nothing is left there.\n"
          "P2     16.00 A  L1        Limited by the fuse of main, L1: nothing is left there.\n"
          "\n"
          "NODE         L1                         L2                    L3\n"
          "main  32.00 + 8  of 40 A  100 %  16.00 + 8  of 40 A  60 %  16.00  no limit\n"
          "\n"
          // (3 + 1) x 16 A x 230 V = 14,720 W.
          "2 of 2 may charge, with up to 14.7 kW together at 230 V.\n");
}

TEST_CASE("the table shows pairs of lines on IT, phases that are not known, and limits in watts")
{
    auto const it = plan::plan_table(plan_test::answer_to(plant("\"limit_a\":63",
        evse("P1", "3,1", "\"max_a\":16") + "," + evse("P2", "1,2,3", "\"max_a\":6"),
        "\"grid\":\"IT\"")));
    CHECK(it.find("P1    16.00 A  L3-L1     Gets") != std::string::npos);
    CHECK(it.find("P2     6.00 A  L1 L2 L3  Gets") != std::string::npos);
    auto const tn = plan::plan_table(plan_test::answer_to(plant("\"limit_a\":63",
        evse("P1", "1,2,3", "\"max_a\":16,\"phases\":0") + "," +
            evse("P2", "2", "\"max_a\":10,\"quantum_w\":1000"))));
    CHECK(tn.find("L1 L2 L3 ?  Gets") != std::string::npos);
    CHECK(tn.find(", 2000 W  L2") != std::string::npos);  // 10 A x 207 V = 2070 W
}

}
