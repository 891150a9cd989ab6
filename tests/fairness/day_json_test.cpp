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

PlanFile file_with(std::string const& day)
{
    auto file = read_plan_file(R"({
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
