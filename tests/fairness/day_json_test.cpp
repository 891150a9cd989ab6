// The member `day` of a plan file, and the answer.
#include "tools/plan/day/day_json.hpp"
#include "tools/plan/day/report_json.hpp"
#include "tools/plan/day/report_text.hpp"

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include <string>
#include <variant>

namespace fairness_test {

using namespace balancing;
using namespace plan;

TEST_SUITE_BEGIN("day file");

namespace {

constexpr Seconds hour{3600};
constexpr Seconds minute{60};

PlanFile file_with(std::string const& day, std::string const& more = "")
{
    auto file = read_plan_file("{" + more + R"(
        "nodes": [{"id": "main", "limit_a": 16}],
        "evses": [
            {"id": "P1", "node": "main", "lines": [1, 2, 3], "max_a": 16},
            {"id": "P2", "node": "main", "lines": [2], "max_a": 16},
            {"id": "gone", "node": "main", "lines": [1, 2, 3], "reserved_a": 6}])" +
                               (day.empty() ? "" : R"(, "day": )" + day) + "}");
    if (auto const* fault = std::get_if<Fault>(&file)) FAIL(text_of(*fault));
    return std::get<PlanFile>(file);
}

PlannedDay day_in(std::string const& day, DayOverrides const& overrides = {})
{
    auto planned = plan_day(file_with(day), overrides);
    if (auto const* fault = std::get_if<Fault>(&planned)) FAIL(text_of(*fault));
    return std::get<PlannedDay>(planned);
}

std::string fault_in(std::string const& day)
{
    auto const planned = plan_day(file_with(day), {});
    auto const* fault = std::get_if<Fault>(&planned);
    return fault ? text_of(*fault) : "";
}

// One session, of the first EVSE.
std::string with(std::string const& field)
{
    return R"({"sessions":[{"evse":"P1","arrives":"17:00","departs":"19:00","wanted_wh":5000,)" +
           field + "}]}";
}

}

TEST_CASE("sessions are listed with times of day; one that ends before it begins ends the next day")
{
    PlannedDay const planned = day_in(R"({"step_s": 30, "sessions": [
        {"evse": "P2", "arrives": "17:10", "departs": "07:30", "wanted_wh": 9000},
        {"evse": "P1", "arrives": "06:00", "departs": "30:15", "wanted_wh": 7000,
         "phases": 1, "max_a": 10}]})");
    CHECK_FALSE(planned.synthetic);
    CHECK(planned.rules.step == Seconds{30});
    REQUIRE(planned.day.sessions.size() == 2);
    DaySession const& first = planned.day.sessions[0];
    CHECK(first.evse == 1);
    CHECK(first.arrives == 17 * hour + 10 * minute);
    CHECK(first.departs == 31 * hour + 30 * minute);
    CHECK(first.wanted_wh == 9000);
    CHECK_FALSE(first.phases);
    CHECK(planned.day.sessions[1].phases == 1);
    CHECK(planned.day.sessions[1].most == ampere(10));
    CHECK(planned.day.begins == 6 * hour);
    CHECK(planned.day.ends == 31 * hour + 30 * minute);
}

TEST_CASE("with a start, earlier times of day are those of the next morning")
{
    PlannedDay const planned = day_in(R"({"start": "12:00", "hours": 24, "sessions": [
        {"evse": "P1", "arrives": "06:00", "departs": "07:00", "wanted_wh": 9000}]})");
    CHECK(planned.day.sessions[0].arrives == 30 * hour);
    CHECK(planned.day.sessions[0].departs == 31 * hour);
    CHECK(planned.day.begins == 12 * hour);
    CHECK(planned.day.ends == 36 * hour);
}

TEST_CASE("without sessions there is a synthetic car for each free EVSE, and the command line wins")
{
    PlannedDay planned = day_in("");
    REQUIRE(planned.synthetic);
    CHECK(planned.synthetic->mix == Mix::residential);
    CHECK(planned.day.sessions.size() == 2);
    for (DaySession const& session : planned.day.sessions) CHECK(session.evse < 2);

    planned = day_in(R"({"synthetic": {"mix": "workplace", "cars": 5, "seed": 9}})");
    CHECK(planned.synthetic->mix == Mix::workplace);
    CHECK(planned.synthetic->seed == 9);
    CHECK(planned.day.sessions.size() == 5);

    planned = day_in(with(R"("max_a":8)"), {2, 7, 3});
    CHECK(planned.day.sessions.size() == 7);
    CHECK(planned.synthetic->seed == 3);
    CHECK(planned.day.ends - planned.day.begins == 2 * hour);
}

TEST_CASE("without a policy a day obeys the tiers of the file, as a plan of one instant does")
{
    PlanFile file = file_with("");
    auto const policy_of_day = [&] {
        auto const planned = plan_day(file, {});
        REQUIRE(std::get_if<PlannedDay>(&planned));
        return std::get<PlannedDay>(planned).rules.policy.policy;
    };
    CHECK(policy_of_day() == Policy::equal_share);
    file.snapshot.evses[1].tier = 1;
    CHECK(policy_of_day() == Policy::priority);
    file.policy = PolicyRules{};  // which knows no tiers
    CHECK(policy_of_day() == Policy::equal_share);
}

TEST_CASE("a day cannot be shared in the order of a file, whose cars come one after the other")
{
    auto const fault = [](std::string const& more) {
        auto const planned = plan_day(file_with("", more), {});
        auto const* found = std::get_if<Fault>(&planned);
        return found ? text_of(*found) : "";
    };
    CHECK(fault(R"("sharing": "in_order",)").find("sharing: must be \"fair\"") == 0);
    CHECK(fault(R"("sharing": "in_order", "policy": "first_come",)") == "");
}

TEST_CASE("a seed is taken as it is written, or refused")
{
    auto const seed = [](std::string const& text) {
        return day_in(R"({"synthetic": {"seed": )" + text + "}}").synthetic->seed;
    };
    CHECK(seed("9007199254740993") == 9007199254740993U);  // 2^53 + 1, which is no double
    CHECK(seed("9223372036854775807") == 9223372036854775807U);
    CHECK(seed("7.0") == 7U);
    for (std::string const wrong : {"9223372036854775808", "9007199254740994.0", "1e18", "1.5"}) {
        CAPTURE(wrong);
        CHECK(fault_in(R"({"synthetic": {"seed": )" + wrong + "}}").find("day.synthetic.seed: ") ==
              0);
    }
}

TEST_CASE("a day begins at its midnight or later, and cars are there while it lasts")
{
    auto const fault =
        [](std::string const& start, std::string const& arrives, std::string const& departs) {
            return fault_in("{" + (start.empty() ? "" : "\"start\":" + start + ",") +
                            R"("sessions":[{"evse":"P1","arrives":)" + arrives + R"(,"departs":)" +
                            departs + R"(,"wanted_wh":1}]})");
        };
    CHECK(fault("-7200", "5000", "9000").find("day.start: must not be before 0") == 0);
    CHECK(fault("", "-5000", "9000").find("day.sessions[0].arrives: must not be before 0") == 0);
    CHECK(fault("", "-5000", "-1").find("day.sessions[0].arrives: must not be before 0") == 0);
    // It has left before the day begins.
    CHECK(fault("\"20:00\"", "5000", "9000") ==
          "day.sessions[0].departs: must be after the day begins");
    CHECK(fault("\"20:00\"", "5000", "90000") == "");  // it is there when the day begins
    CHECK(fault("", "5000", "9000") == "");
    CHECK(fault_in(R"({"start": 500000})") == "day.start: must be before the last car leaves");
    CHECK(fault_in(R"({"start": "20:00", "sessions": []})") ==
          "day.start: must be before the last car leaves");
}

TEST_CASE("what is wrong with a day is said with its place")
{
    CHECK(fault_in(R"({"session": []})").find("day.session: ") == 0);
    CHECK(fault_in("{\"step_s\": 0}").find("day.step_s: ") == 0);
    CHECK(fault_in(R"({"synthetic": {"mix": "holiday"}})").find("day.synthetic.mix: ") == 0);
    CHECK(fault_in(R"({"synthetic": {}, "sessions": []})") ==
          "day: must have sessions or synthetic, not both");
    CHECK(fault_in(with(R"("phases":4)")).find("day.sessions[0].phases: ") == 0);
    CHECK(fault_in(R"({"sessions":[{"evse":"P1"}]})") == "day.sessions[0].arrives: is missing");
    CHECK(fault_in(R"({"sessions":[{"evse":"X","arrives":"1:00","departs":"2:00",
        "wanted_wh":1}]})")
              .find("day.sessions[0].") == 0);
    CHECK(fault_in(R"({"sessions":[{"evse":"X","arrives":"01:00","departs":"02:00",
        "wanted_wh":1}]})") == "day.sessions[0].evse: is not the id of an EVSE");
    CHECK(fault_in(R"({"sessions":[{"evse":"gone","arrives":"01:00","departs":"02:00",
        "wanted_wh":1}]})") == "day.sessions[0].evse: must not be a reserved EVSE");
    CHECK(fault_in(R"({"sessions":[{"evse":"P2","arrives":"01:00","departs":"02:00",
        "wanted_wh":1,"phases":2}]})") ==
          "day.sessions[0].phases: must not be more than its EVSE has lines for");
    CHECK(fault_in(R"({"sessions":[{"evse":"P1","arrives":7200,"departs":3600,
        "wanted_wh":1}]})") == "day.sessions[0].departs: must be after it arrives");
    CHECK(fault_in(R"({"sessions":[
        {"evse":"P1","arrives":"05:00","departs":"07:00","wanted_wh":1},
        {"evse":"P1","arrives":"04:00","departs":"05:01","wanted_wh":1}]})") ==
          "day.sessions[0].arrives: must not be before the car at the same EVSE has left "
          "(sessions[1])");
}

TEST_CASE("the answer is JSON with the energy, the waits and the peaks")
{
    // 5,000 Wh at 10 A x 3 x 230 V (6 A of 16 are reserved) take 43 min 29 s; no taper in JSON
    // terms: the last tenth takes longer, and there is time enough.
    PlannedDay const planned = day_in(with(R"("max_a":16)"));
    auto const played = play_day(planned.day, planned.rules);
    REQUIRE(std::holds_alternative<DayReport>(played));
    auto const& report = std::get<DayReport>(played);
    auto const answer = boost::json::parse(day_json(planned, report, Carries{12, false, 3}));
    auto const& day = answer.at("day");
    CHECK(day.at("policy").as_string() == "equal_share");
    CHECK(day.at("begins_s").as_int64() == 17 * 3600);
    CHECK(day.at("ends_s").as_int64() == 19 * 3600);
    CHECK(day.at("cars").as_int64() == 1);
    CHECK(day.at("wanted_wh").as_int64() == 5000);
    CHECK(day.at("delivered_wh").as_int64() == 5000);
    CHECK(day.at("exceeded").as_int64() == 0);
    CHECK(day.at("satisfied").as_int64() == 1);
    CHECK(day.at("wait_s").at("longest").as_int64() == 0);
    CHECK(day.at("carries").as_int64() == 12);
    auto const& car = answer.at("cars").at(0);
    CHECK(car.at("evse").as_string() == "P1");
    CHECK(car.at("arrives_s").as_int64() == 17 * 3600);
    CHECK(car.at("switches").as_int64() == 1);
    auto const& node = answer.at("nodes").at(0);
    CHECK(node.at("id").as_string() == "main");
    CHECK(node.at("peak_a").at(0).to_number<double>() == 16);
    CHECK(node.at("limit_a").at(2).to_number<double>() == 16);
    CHECK(node.at("at_s").at(1).as_int64() == 17 * 3600);
}

TEST_CASE("the text names the cars, the peaks and how many cars the plant carries")
{
    PlannedDay planned = day_in(with(R"("max_a":16)"));
    planned.synthetic = Synthetic{};
    auto const played = play_day(planned.day, planned.rules);
    auto const text = day_text(planned, std::get<DayReport>(played), Carries{12, false, 3});
    for (char const* const part :
        {"1 cars from 17:00 to 19:00 under equal_share", "P1", "16.00 of 16.00 at 17:00",
            "Delivered 5.0 of 5.0 kWh (100.0 %)", "No line was ever granted more than its limit.",
            "This plant carries 12 residential cars"}) {
        CAPTURE(part);
        CHECK(text.find(part) != std::string::npos);
    }
}

TEST_SUITE_END();

}
