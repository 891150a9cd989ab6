#include "tests/fairness/max_flow.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace fairness_test {

using balancing::Seconds;

namespace {

// Dinic's algorithm, in whole mWh so that it ends.
class Network {
public:
    explicit Network(std::size_t nodes) : heads_(nodes) {}

    void add_edge(std::size_t from, std::size_t to, std::int64_t capacity)
    {
        heads_[from].push_back(edges_.size());
        edges_.push_back({to, capacity});
        heads_[to].push_back(edges_.size());
        edges_.push_back({from, 0});
    }

    std::int64_t flow(std::size_t source, std::size_t sink)
    {
        std::int64_t total = 0;
        while (find_levels(source, sink)) {
            next_.assign(heads_.size(), 0);
            while (std::int64_t const pushed = push(source, sink, most)) total += pushed;
        }
        return total;
    }

private:
    struct Edge {
        std::size_t to = 0;
        std::int64_t left = 0;
    };
    static constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

    bool find_levels(std::size_t source, std::size_t sink)
    {
        levels_.assign(heads_.size(), -1);
        levels_[source] = 0;
        std::vector<std::size_t> queue{source};
        for (std::size_t i = 0; i < queue.size(); ++i)
            for (std::size_t const edge : heads_[queue[i]]) {
                std::size_t const to = edges_[edge].to;
                if (edges_[edge].left == 0 || levels_[to] >= 0) continue;
                levels_[to] = levels_[queue[i]] + 1;
                queue.push_back(to);
            }
        return levels_[sink] >= 0;
    }

    // Along paths of at most four edges and their detours: recursion is shallow enough.
    std::int64_t push(std::size_t node, std::size_t sink, std::int64_t limit)
    {
        if (node == sink) return limit;
        for (std::size_t& i = next_[node]; i < heads_[node].size(); ++i) {
            std::size_t const edge = heads_[node][i];
            std::size_t const to = edges_[edge].to;
            if (edges_[edge].left == 0 || levels_[to] != levels_[node] + 1) continue;
            std::int64_t const pushed = push(to, sink, std::min(limit, edges_[edge].left));
            if (pushed == 0) continue;
            edges_[edge].left -= pushed;
            edges_[edge ^ 1U].left += pushed;
            return pushed;
        }
        return 0;
    }

    std::vector<std::vector<std::size_t>> heads_;
    std::vector<Edge> edges_;
    std::vector<int> levels_;
    std::vector<std::size_t> next_;
};

constexpr double milliwatthours = 1000;

std::int64_t energy(double watts, Seconds duration)
{
    constexpr double seconds_per_hour = 3600;
    return static_cast<std::int64_t>(
        watts * static_cast<double>(duration.count()) / seconds_per_hour * milliwatthours);
}

}

double most_energy(std::span<EnergyJob const> jobs, double capacity_w)
{
    std::vector<Seconds> times;
    for (EnergyJob const& job : jobs) times.insert(times.end(), {job.arrives, job.departs});
    std::sort(times.begin(), times.end());
    times.erase(std::unique(times.begin(), times.end()), times.end());
    if (times.size() < 2) return 0;

    std::size_t const slots = times.size() - 1;
    std::size_t const source = jobs.size() + slots;
    std::size_t const sink = source + 1;
    Network network(sink + 1);
    for (std::size_t slot = 0; slot < slots; ++slot)
        network.add_edge(
            jobs.size() + slot, sink, energy(capacity_w, times[slot + 1] - times[slot]));
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        network.add_edge(source, i, static_cast<std::int64_t>(jobs[i].wanted_wh * milliwatthours));
        auto const first = std::lower_bound(times.begin(), times.end(), jobs[i].arrives);
        for (auto slot = static_cast<std::size_t>(first - times.begin());
             slot < slots && times[slot] < jobs[i].departs; ++slot)
            network.add_edge(
                i, jobs.size() + slot, energy(jobs[i].most_w, times[slot + 1] - times[slot]));
    }
    return static_cast<double>(network.flow(source, sink)) / milliwatthours;
}

}
