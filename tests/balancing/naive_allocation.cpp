#include "tests/balancing/naive_allocation.hpp"

#include "tests/balancing/plan_check.hpp"

namespace balancing_test {

using namespace balancing;

namespace {

// All that flows on a line of a node.
std::int64_t load(Snapshot const& snapshot, std::vector<std::int64_t> const& currents,
    std::size_t node, std::size_t line)
{
    std::int64_t sum = snapshot.nodes[node].other_load[line].value;
    for (std::size_t evse = 0; evse < currents.size(); ++evse)
        if (snapshot.evses[evse].lines[line] && is_below(snapshot, evse, node))
            sum += currents[evse];
    return sum;
}

// Whether every place that carries this EVSE is within its limit.
bool fits(Snapshot const& snapshot, std::vector<std::int64_t> const& currents, std::size_t evse)
{
    for (std::size_t node = 0; node < snapshot.nodes.size(); ++node)
        for (std::size_t line = 0; line < line_count; ++line)
            if (snapshot.evses[evse].lines[line] && is_below(snapshot, evse, node) &&
                load(snapshot, currents, node, line) > snapshot.nodes[node].limit[line].value)
                return false;
    return true;
}

std::vector<std::int64_t> starting_currents(
    Snapshot const& snapshot, std::vector<bool> const& admitted)
{
    std::vector<std::int64_t> currents;
    for (std::size_t evse = 0; evse < snapshot.evses.size(); ++evse) {
        Evse const& one = snapshot.evses[evse];
        std::int64_t const start = admitted[evse] ? least_of(one) : 0;
        currents.push_back(one.reserved ? one.reserved->value : start);
    }
    return currents;
}

bool all_fit(Snapshot const& snapshot, std::vector<bool> const& admitted)
{
    auto const currents = starting_currents(snapshot, admitted);
    for (std::size_t evse = 0; evse < admitted.size(); ++evse)
        if (admitted[evse] && !fits(snapshot, currents, evse)) return false;
    return true;
}

}

std::vector<bool> best_admission(Snapshot const& snapshot)
{
    std::size_t const count = snapshot.evses.size();
    std::vector<bool> best(count, false);
    for (std::uint32_t set = 1; set < (std::uint32_t{1} << count); ++set) {
        std::vector<bool> admitted(count);
        bool sensible = true;
        for (std::size_t evse = 0; evse < count; ++evse) {
            Evse const& one = snapshot.evses[evse];
            admitted[evse] = ((set >> evse) & 1U) != 0;
            if (admitted[evse] && (one.reserved || most_of(one) < least_of(one))) sensible = false;
        }
        // Lexicographic: who comes first counts more than all who come later.
        if (sensible && best < admitted && all_fit(snapshot, admitted)) best = admitted;
    }
    return best;
}

std::vector<std::int64_t> naive_allocation(
    Snapshot const& snapshot, std::vector<bool> const& admitted)
{
    std::vector<std::int64_t> currents = starting_currents(snapshot, admitted);
    std::vector<bool> rising = admitted;
    while (true) {
        std::size_t next = currents.size();
        for (std::size_t evse = 0; evse < currents.size(); ++evse) {
            if (!rising[evse]) continue;
            // a / b < c / d as a * d < c * b: whole numbers and short fractions, exact in doubles.
            auto const reached = [&](std::size_t one, std::size_t other) {
                return static_cast<double>(currents[one] + quantum_of(snapshot.evses[one])) *
                       snapshot.evses[other].weight;
            };
            if (next == currents.size() || reached(evse, next) < reached(next, evse)) next = evse;
        }
        if (next == currents.size()) return currents;
        currents[next] += quantum_of(snapshot.evses[next]);
        if (currents[next] <= most_of(snapshot.evses[next]) && fits(snapshot, currents, next))
            continue;
        currents[next] -= quantum_of(snapshot.evses[next]);
        rising[next] = false;
    }
}

}
