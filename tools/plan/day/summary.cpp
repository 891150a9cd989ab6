#include "tools/plan/day/summary.hpp"

#include <algorithm>
#include <vector>

namespace plan {

using namespace balancing;

namespace {

constexpr double satisfied_part = 0.99;
constexpr double seconds_per_hour = 3600;

// The smallest value that so many percent do not exceed.
Seconds percentile(std::vector<Seconds>& values, std::size_t percent)
{
    std::sort(values.begin(), values.end());
    std::size_t const rank = (values.size() * percent + 99) / 100;
    return values[std::max<std::size_t>(rank, 1) - 1];
}

void summarise_waits(std::vector<Seconds>& waits, DayReport& report)
{
    if (waits.empty()) return;
    Seconds sum{};
    for (Seconds const wait : waits) sum += wait;
    report.mean_wait = sum / static_cast<std::int64_t>(waits.size());
    report.wait_of_90_percent = percentile(waits, 90);
    report.longest_wait = waits.back();
}

}

void summarise(Day const& day, DayReport& report)
{
    std::vector<Seconds> waits;
    std::vector<double> shares;
    std::size_t switches = 0;
    Seconds wanting{};
    for (std::size_t i = 0; i < report.cars.size(); ++i) {
        DaySession const& session = day.sessions[i];
        CarReport const& car = report.cars[i];
        if (!is_inside(day, session)) continue;
        auto const wanted_wh = static_cast<double>(session.wanted_wh);
        report.wanted_wh += wanted_wh;
        report.delivered_wh += car.delivered_wh;
        report.satisfied += car.delivered_wh >= satisfied_part * wanted_wh ? 1 : 0;
        waits.push_back(car.waited);
        if (car.fair_ah > 0) shares.push_back(car.granted_ah / car.fair_ah);
        switches += car.switches;
        wanting += car.wanting;
    }
    summarise_waits(waits, report);
    report.jain = jain_index(shares);
    double const hours = static_cast<double>(wanting.count()) / seconds_per_hour;
    if (hours > 0) report.switches_per_car_hour = static_cast<double>(switches) / hours;
}

double jain_index(std::vector<double> const& shares)
{
    double sum = 0;
    double squares = 0;
    for (double const share : shares) {
        sum += share;
        squares += share * share;
    }
    return squares > 0 ? sum * sum / (static_cast<double>(shares.size()) * squares) : 1;
}

}
