#include "tools/plan/day/report_json.hpp"

#include "tools/plan/day/day_names.hpp"
#include "tools/plan/decimal.hpp"
#include "tools/plan/members.hpp"

#include <cmath>
#include <iomanip>
#include <sstream>
#include <string_view>

namespace plan {

namespace {

using namespace balancing;

// Whole Wh, rounded.
std::string energy(double wh) { return std::to_string(std::llround(wh)); }

std::string ratio(double value)
{
    std::ostringstream text;
    text << std::fixed << std::setprecision(4) << value;
    return text.str();
}

// Down to whole mA; null is no limit.
std::string current(Current value)
{
    if (value >= greatest_current) return "null";
    return exact_text(milliampere(value.whole_milliamperes()));
}

template <class Write>
std::string per_line(std::array<Peak, line_count> const& peaks, Write write)
{
    std::string text;
    for (Peak const& peak : peaks) text += (text.empty() ? "" : ",") + write(peak);
    return '[' + text + ']';
}

std::string day_object(
    PlannedDay const& planned, DayReport const& report, std::optional<Carries> const& carries)
{
    Members waits;
    waits.add("mean", report.mean_wait)
        .add("of_90_percent", report.wait_of_90_percent)
        .add("longest", report.longest_wait);
    Members members;
    members.add_text("policy", name_of(planned.rules.policy.policy))
        .add("begins_s", planned.day.begins)
        .add("ends_s", planned.day.ends);
    if (planned.synthetic)
        members.add_text("mix", name_in(mix_names, planned.synthetic->mix))
            .add("seed", std::to_string(planned.synthetic->seed));
    members.add("cars", report.cars.size())
        .add("plans", report.plans)
        .add("exceeded", report.exceeded)
        .add("wanted_wh", energy(report.wanted_wh))
        .add("delivered_wh", energy(report.delivered_wh))
        .add("satisfied", report.satisfied)
        .add("wait_s", waits.object())
        .add("jain", ratio(report.jain))
        .add("switches_per_car_hour", ratio(report.switches_per_car_hour));
    if (carries)
        members.add("carries", carries->cars)
            .add("carries_at_least", std::string(carries->at_least ? "true" : "false"));
    return members.object();
}

std::string car_object(PlannedDay const& planned, DayReport const& report, std::size_t index)
{
    DaySession const& session = planned.day.sessions[index];
    CarReport const& car = report.cars[index];
    Members members;
    members.add_text("evse", planned.day.installation.evses[session.evse].name)
        .add("arrives_s", session.arrives)
        .add("departs_s", session.departs)
        .add("wanted_wh", std::to_string(session.wanted_wh))
        .add("delivered_wh", energy(car.delivered_wh))
        .add("waited_s", car.waited)
        .add("switches", car.switches);
    return members.object();
}

std::string node_object(PlannedDay const& planned, DayReport const& report, std::size_t index)
{
    auto const& peaks = report.peaks[index];
    Members members;
    members.add_text("id", planned.day.installation.nodes[index].name)
        .add("peak_a", per_line(peaks, [](Peak const& peak) { return current(peak.current); }))
        .add("limit_a", per_line(peaks, [](Peak const& peak) { return current(peak.limit); }))
        .add("at_s",
            per_line(peaks, [](Peak const& peak) { return std::to_string(peak.at.count()); }));
    return members.object();
}

template <class Write>
std::string lines_of(std::size_t count, Write write)
{
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += (i == 0 ? "\n  " : ",\n  ") + write(i);
    return '[' + text + "\n]";
}

}

std::string day_json(
    PlannedDay const& planned, DayReport const& report, std::optional<Carries> const& carries)
{
    return "{\"day\":" + day_object(planned, report, carries) + ",\n\"cars\":" +
           lines_of(
               report.cars.size(), [&](std::size_t i) { return car_object(planned, report, i); }) +
           ",\n\"nodes\":" +
           lines_of(report.peaks.size(),
               [&](std::size_t i) { return node_object(planned, report, i); }) +
           "}\n";
}

}
