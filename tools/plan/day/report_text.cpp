#include "tools/plan/day/report_text.hpp"

#include "tools/plan/day/day_names.hpp"
#include "tools/plan/decimal.hpp"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <numeric>
#include <sstream>
#include <utility>
#include <vector>

namespace plan {

namespace {

using namespace balancing;

constexpr std::size_t cars_listed = 20;
constexpr std::int64_t seconds_per_minute = 60;
constexpr std::int64_t seconds_per_hour = 3600;
constexpr std::int64_t seconds_per_day = 24 * seconds_per_hour;

std::string two_digits(std::int64_t number)
{
    return (number < 10 ? "0" : "") + std::to_string(number);
}

// "1:05" hours.
std::string span_text(Seconds span)
{
    return std::to_string(span.count() / seconds_per_hour) + ':' +
           two_digits(span.count() % seconds_per_hour / seconds_per_minute);
}

std::string fixed(double value, int decimals)
{
    std::ostringstream text;
    text << std::fixed << std::setprecision(decimals) << value;
    return text.str();
}

std::string kwh(double wh) { return fixed(wh / 1000, 1); }

// Down, so that what is not all is never 100 %.
std::string percent(double part, double whole)
{
    return whole > 0 ? fixed(std::floor(1000 * part / whole + 1e-9) / 10, 1) + " %" : "-";
}

// In thousandths, so that the last digits of a sum do not decide who is listed.
std::int64_t share(Day const& day, DayReport const& report, std::size_t index)
{
    auto const wanted_wh = static_cast<double>(day.sessions[index].wanted_wh);
    return std::llround(1000 * report.cars[index].delivered_wh / wanted_wh);
}

// Those with the smallest part of what they wanted first, then those that waited longest.
std::vector<std::size_t> unluckiest_first(Day const& day, DayReport const& report)
{
    std::vector<std::size_t> order(report.cars.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::erase_if(order, [&](std::size_t i) { return !is_inside(day, day.sessions[i]); });
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return std::pair(share(day, report, a), report.cars[b].waited) <
               std::pair(share(day, report, b), report.cars[a].waited);
    });
    return order;
}

std::string car_table(Day const& day, DayReport const& report)
{
    auto const order = unluckiest_first(day, report);
    std::size_t const listed = std::min(order.size(), cars_listed);
    std::size_t width = std::string_view("EVSE").size();
    for (std::size_t i = 0; i < listed; ++i)
        width = std::max(width, day.installation.evses[day.sessions[order[i]].evse].name.size());
    std::ostringstream text;
    text << std::left << std::setw(static_cast<int>(width)) << "EVSE" << std::right
         << "     CAME     LEFT  WANTED kWh     GOT  PART     WAITED h  SWITCHES\n";
    for (std::size_t i = 0; i < listed; ++i) {
        DaySession const& session = day.sessions[order[i]];
        CarReport const& car = report.cars[order[i]];
        auto const wanted_wh = static_cast<double>(session.wanted_wh);
        text << std::left << std::setw(static_cast<int>(width))
             << day.installation.evses[session.evse].name << std::right << std::setw(9)
             << clock_text(session.arrives) << std::setw(9) << clock_text(session.departs)
             << std::setw(12) << kwh(wanted_wh) << std::setw(8) << kwh(car.delivered_wh) << "  "
             << std::left << std::setw(8) << percent(car.delivered_wh, wanted_wh) << std::right
             << std::setw(9) << span_text(car.waited) << std::setw(10) << car.switches << '\n';
    }
    if (listed < order.size())
        text << "and " << order.size() - listed
             << " more, who got no smaller part or waited no longer\n";
    return text.str();
}

std::string peak_text(Peak const& peak)
{
    std::string const limit = peak.limit >= greatest_current ? "no limit" : short_text(peak.limit);
    return short_text(peak.current) + " of " + limit + " at " + clock_text(peak.at);
}

std::string node_table(Day const& day, DayReport const& report)
{
    constexpr int column = 28;
    std::size_t width = std::string_view("NODE").size();
    for (Node const& node : day.installation.nodes) width = std::max(width, node.name.size());
    std::ostringstream text;
    text << std::left << std::setw(static_cast<int>(width)) << "NODE"
         << "  " << std::setw(column) << "L1 peak A" << std::setw(column) << "L2"
         << "L3\n";
    for (std::size_t node = 0; node < report.peaks.size(); ++node) {
        auto const& peaks = report.peaks[node];
        text << std::setw(static_cast<int>(width)) << day.installation.nodes[node].name << "  "
             << std::setw(column) << peak_text(peaks[0]) << std::setw(column) << peak_text(peaks[1])
             << peak_text(peaks[2]) << '\n';
    }
    return text.str();
}

std::string carries_text(PlannedDay const& planned, Carries const& carries)
{
    return "This plant carries " + std::string(carries.at_least ? "at least " : "") +
           std::to_string(carries.cars) + " " +
           std::string(name_in(mix_names, planned.synthetic->mix)) + " cars: together they get " +
           fixed(100 * carried_part, 0) + " % of what they want, and nobody less than " +
           fixed(100 * carried_part_of_each, 0) + " %.\n";
}

}

std::string clock_text(Seconds since_midnight)
{
    std::int64_t const time = since_midnight.count() % seconds_per_day;
    std::int64_t const day = since_midnight.count() / seconds_per_day;
    return two_digits(time / seconds_per_hour) + ':' +
           two_digits(time % seconds_per_hour / seconds_per_minute) +
           (day > 0 ? '+' + std::to_string(day) : "");
}

std::string day_text(
    PlannedDay const& planned, DayReport const& report, std::optional<Carries> const& carries)
{
    Day const& day = planned.day;
    std::ostringstream text;
    text << report.cars.size() << " cars from " << clock_text(day.begins) << " to "
         << clock_text(day.ends) << " under " << name_of(planned.rules.policy.policy)
         << ", planned " << report.plans << " times.\n\n"
         << car_table(day, report) << '\n'
         << node_table(day, report) << '\n'
         << "Delivered " << kwh(report.delivered_wh) << " of " << kwh(report.wanted_wh) << " kWh ("
         << percent(report.delivered_wh, report.wanted_wh) << "); " << report.satisfied
         << " cars left with what they wanted.\n"
         << "Waiting: " << span_text(report.mean_wait) << " h on average, nine of ten at most "
         << span_text(report.wait_of_90_percent) << ", the longest "
         << span_text(report.longest_wait) << ".\n"
         << "Shares: Jain index " << fixed(report.jain, 3) << " of granted by fair; "
         << fixed(report.switches_per_car_hour, 2) << " switches per car and hour.\n";
    if (report.exceeded == 0)
        text << "No line was ever granted more than its limit.\n";
    else
        text << "FAULT: " << report.exceeded << " plans granted more on a line than its limit.\n";
    if (carries) text << carries_text(planned, *carries);
    return text.str();
}

}
