#include "tools/plan/day/timetable.hpp"

#include <algorithm>
#include <cmath>

namespace plan {

using namespace balancing;

namespace {

constexpr Seconds day{24 * 3600};
constexpr Seconds hour{3600};

bool is_of_first_day(TimedLimit const& limit)
{
    return limit.from >= Seconds{0} && limit.from < day && limit.until <= 2 * day;
}

double hours_of(Seconds duration)
{
    return static_cast<double>(duration.count()) / static_cast<double>(hour.count());
}

// Of loads given by their line currents alone; on IT as if they were balanced.
double watts_of(Grid grid, PerLine const& currents)
{
    double sum_a = 0;
    for (Current const current : currents) sum_a += current.amperes();
    return nominal_voltage * (grid == Grid::it ? sum_a / std::sqrt(3.0) : sum_a);
}

double watts_of(ChannelSums const& sums)
{
    double amperes = 0;
    for (std::size_t channel = 0; channel < channel_count; ++channel)
        amperes += (channel == balanced_channel ? 3 : 1) * sums[channel].amperes();
    return nominal_voltage * amperes;
}

}

std::vector<Seconds> repeat_daily(std::vector<Node>& nodes, Seconds ends)
{
    std::vector<Seconds> changes;
    for (Node& node : nodes) {
        std::size_t const given = node.timed.size();
        for (std::size_t i = 0; i < given; ++i) {
            if (!is_of_first_day(node.timed[i])) continue;
            TimedLimit limit = node.timed[i];
            for (limit.from += day, limit.until += day; limit.from < ends;
                 limit.from += day, limit.until += day)
                node.timed.push_back(limit);
        }
        for (TimedLimit const& limit : node.timed)
            changes.insert(changes.end(), {limit.from, limit.until});
    }
    std::sort(changes.begin(), changes.end());
    return changes;
}

Seconds next_change(std::vector<Seconds> const& changes, Seconds now)
{
    auto const next = std::upper_bound(changes.begin(), changes.end(), now);
    return next == changes.end() ? Seconds::max() : *next;
}

void set_hours(std::vector<Node>& nodes, HourEnergy& used_wh, Seconds now)
{
    used_wh.resize(nodes.size());
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (!nodes[i].energy) continue;
        EnergyCap& cap = *nodes[i].energy;
        Seconds const past = ((now - cap.hour_ends) % hour + hour) % hour;  // since an hour ended
        Seconds const ends = now - past + hour;
        if (ends != cap.hour_ends) used_wh[i] = 0;
        cap.hour_ends = ends;
        cap.used_wh = static_cast<std::int64_t>(std::ceil(used_wh[i]));
    }
}

void count_energy(Snapshot const& snapshot, std::vector<ChannelSums> const& drawn,
    HourEnergy& used_wh, Seconds duration)
{
    for (std::size_t i = 0; i < snapshot.nodes.size(); ++i)
        if (snapshot.nodes[i].energy)
            used_wh[i] += hours_of(duration) *
                          (watts_of(drawn[i]) +
                              watts_of(snapshot.grid, snapshot.nodes[i].other_load));
}

}
