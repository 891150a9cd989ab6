#include "tests/balancing/plan_check.hpp"

#include <array>
#include <cmath>

namespace balancing_test {

using namespace balancing;

namespace {

using Sums = std::vector<std::array<std::int64_t, line_count>>;

// The current of some EVSEs on each line of each node.
template <class CurrentOf>
Sums sums_of(Snapshot const& snapshot, CurrentOf current_of)
{
    Sums sums(snapshot.nodes.size());
    for (std::size_t evse = 0; evse < snapshot.evses.size(); ++evse) {
        std::optional<std::size_t> node = snapshot.evses[evse].node;
        for (; node; node = snapshot.nodes[*node].parent)
            for (std::size_t line = 0; line < line_count; ++line)
                if (snapshot.evses[evse].lines[line]) sums[*node][line] += current_of(evse);
    }
    return sums;
}

std::int64_t capacity(Snapshot const& snapshot, std::size_t node, std::size_t line)
{
    return snapshot.nodes[node].limit[line].value - snapshot.nodes[node].other_load[line].value;
}

bool takes_part(Evse const& evse) { return !evse.reserved && most_of(evse) >= least_of(evse); }

bool is_admitted(Evse const& evse, Grant const& grant)
{
    return takes_part(evse) && grant.limit.value >= least_of(evse) && grant.limit.value > 0;
}

Fault at_evse(std::size_t evse, std::string const& what)
{
    return "EVSE " + std::to_string(evse) + ": " + what;
}

struct Where {
    std::size_t node = 0;
    std::size_t line = 0;
};

// The nearest node with less than `need` of `capacity - used` on a loaded line; there the line with
// the least, then the lowest.
std::optional<Where> nearest_short(
    Snapshot const& snapshot, Evse const& evse, Sums const& used, std::int64_t need)
{
    for (std::optional<std::size_t> node = evse.node; node; node = snapshot.nodes[*node].parent) {
        std::optional<Where> found;
        std::int64_t least = need;
        for (std::size_t line = 0; line < line_count; ++line) {
            std::int64_t const left = capacity(snapshot, *node, line) - used[*node][line];
            if (!evse.lines[line] || left >= least) continue;
            least = left;
            found = Where{*node, line};
        }
        if (found) return found;
    }
    return std::nullopt;
}

// A reason that names a place must name this one, with what the plan leaves there.
Fault place_fault(Snapshot const& snapshot, std::size_t evse, Reason const& reason,
    Sums const& total, std::optional<Where> expected)
{
    if (!expected) return at_evse(evse, "a place is named, but none was short");
    if (reason.node != expected->node || reason.line != expected->line)
        return at_evse(evse, "another place is the nearest that binds");
    std::int64_t const left = capacity(snapshot, reason.node, reason.line) -
                              total[reason.node][reason.line];
    if (reason.left.value != left) return at_evse(evse, "wrong amount left");
    return std::nullopt;
}

// A car that this one may not be behind of on a full line: it is above its own minimum, and ahead
// by more than the quantum that this one was refused.
bool is_unfairly_ahead(
    Snapshot const& snapshot, Plan const& plan, std::size_t other, std::size_t evse)
{
    Evse const& richer = snapshot.evses[other];
    Evse const& poorer = snapshot.evses[evse];
    if (!is_admitted(richer, plan.evses[other])) return false;
    // What is too small for the poorer's quantum may still have gone to finer quanta.
    std::int64_t const crumbs = quantum_of(richer) < quantum_of(poorer) ? quantum_of(poorer) : 0;
    std::int64_t const current = plan.evses[other].limit.value - crumbs;
    if (current <= least_of(richer)) return false;
    double const ahead = static_cast<double>(current) / richer.weight;
    double const next = static_cast<double>(plan.evses[evse].limit.value + quantum_of(poorer)) /
                        poorer.weight;
    // Weights are read to about 1e-9.
    constexpr double tolerance = 1e-7;
    return ahead > next * (1 + tolerance);
}

bool is_bottleneck(Snapshot const& snapshot, Plan const& plan, Sums const& total, std::size_t evse,
    std::size_t node, std::size_t line)
{
    Evse const& held = snapshot.evses[evse];
    if (!held.lines[line]) return false;
    if (capacity(snapshot, node, line) - total[node][line] >= quantum_of(held)) return false;
    for (std::size_t other = 0; other < snapshot.evses.size(); ++other)
        if (other != evse && snapshot.evses[other].lines[line] && is_below(snapshot, other, node) &&
            is_unfairly_ahead(snapshot, plan, other, evse))
            return false;
    return true;
}

bool has_bottleneck(Snapshot const& snapshot, Plan const& plan, Sums const& total, std::size_t evse)
{
    std::optional<std::size_t> node = snapshot.evses[evse].node;
    for (; node; node = snapshot.nodes[*node].parent)
        for (std::size_t line = 0; line < line_count; ++line)
            if (is_bottleneck(snapshot, plan, total, evse, *node, line)) return true;
    return false;
}

Fault grant_fault(Evse const& evse, Grant const& grant, std::size_t index)
{
    std::int64_t const limit = grant.limit.value;
    if (evse.reserved) {
        if (grant.limit != *evse.reserved) return at_evse(index, "not exactly its reservation");
        return std::nullopt;
    }
    if (limit == 0) return std::nullopt;
    if (limit < evse.min.value) return at_evse(index, "below its minimum");
    if (limit > evse.max.value) return at_evse(index, "above its maximum");
    if (limit % quantum_of(evse) != 0) return at_evse(index, "not in whole quanta");
    return std::nullopt;
}

}

std::int64_t quantum_of(Evse const& evse)
{
    return evse.quantum.value == 0 ? 1 : evse.quantum.value;
}

std::int64_t least_of(Evse const& evse)
{
    std::int64_t const over = evse.min.value % quantum_of(evse);
    return over == 0 ? evse.min.value : evse.min.value - over + quantum_of(evse);
}

std::int64_t most_of(Evse const& evse)
{
    return evse.max.value - evse.max.value % quantum_of(evse);
}

bool is_below(Snapshot const& snapshot, std::size_t evse, std::size_t node)
{
    std::optional<std::size_t> above = snapshot.evses[evse].node;
    while (above && *above != node) above = snapshot.nodes[*above].parent;
    return above.has_value();
}

Fault safety_fault(Snapshot const& snapshot, Plan const& plan)
{
    if (plan.evses.size() != snapshot.evses.size()) return "wrong number of grants";
    if (plan.node_current.size() != snapshot.nodes.size()) return "wrong number of nodes";
    for (std::size_t evse = 0; evse < snapshot.evses.size(); ++evse)
        if (auto fault = grant_fault(snapshot.evses[evse], plan.evses[evse], evse)) return fault;

    auto const limit = [&](std::size_t evse) { return plan.evses[evse].limit.value; };
    auto const shared = [&](std::size_t evse) {
        return snapshot.evses[evse].reserved ? 0 : limit(evse);
    };
    Sums const total = sums_of(snapshot, limit);
    Sums const by_choice = sums_of(snapshot, shared);
    for (std::size_t node = 0; node < snapshot.nodes.size(); ++node) {
        for (std::size_t line = 0; line < line_count; ++line) {
            std::string const where = "node " + std::to_string(node) + " L" +
                                      std::to_string(line + 1);
            if (by_choice[node][line] > 0 && total[node][line] > capacity(snapshot, node, line))
                return where + ": limit exceeded";
            if (plan.node_current[node][line].value != total[node][line])
                return where + ": wrong sum";
        }
    }
    return std::nullopt;
}

Fault reason_fault(Snapshot const& snapshot, Plan const& plan)
{
    auto const limit = [&](std::size_t evse) { return plan.evses[evse].limit.value; };
    Sums const total = sums_of(snapshot, limit);
    // Grows by the minima as admission goes through the queue.
    Sums booked = sums_of(snapshot, [&](std::size_t evse) {
        return snapshot.evses[evse].reserved.value_or(Milliampere{}).value;
    });
    Sums const reserved_only = booked;
    std::size_t waiting = 0;
    for (std::size_t index = 0; index < snapshot.evses.size(); ++index) {
        Evse const& evse = snapshot.evses[index];
        Reason const& reason = plan.evses[index].reason;
        auto const expect = [&](ReasonKind kind) -> Fault {
            if (reason.kind != kind) return at_evse(index, "wrong kind of reason");
            return std::nullopt;
        };
        std::size_t queued = 0;
        Fault fault;
        std::int64_t const least = least_of(evse);
        if (evse.reserved) {
            fault = expect(ReasonKind::reserved);
        } else if (!takes_part(evse)) {
            fault = expect(ReasonKind::switched_off);
        } else if (auto const alone = nearest_short(snapshot, evse, reserved_only, least)) {
            fault = expect(ReasonKind::line);
            if (!fault) fault = place_fault(snapshot, index, reason, total, alone);
            if (!fault && limit(index) != 0) fault = at_evse(index, "charges without room");
        } else if (auto const beside = nearest_short(snapshot, evse, booked, least)) {
            queued = ++waiting;
            fault = expect(ReasonKind::minimum);
            if (!fault) fault = place_fault(snapshot, index, reason, total, beside);
            if (!fault && limit(index) != 0) fault = at_evse(index, "charges out of turn");
        } else {
            Sums const mine = sums_of(
                snapshot, [&](std::size_t other) { return other == index ? least : 0; });
            for (std::size_t node = 0; node < mine.size(); ++node)
                for (std::size_t line = 0; line < line_count; ++line)
                    booked[node][line] += mine[node][line];
            bool const at_most = limit(index) == most_of(evse);
            fault = expect(at_most ? ReasonKind::own_maximum : ReasonKind::line);
            if (!fault && limit(index) < least)
                fault = at_evse(index, "admitted below its minimum");
            if (!fault && !at_most)
                fault = place_fault(snapshot, index, reason, total,
                    nearest_short(snapshot, evse, total, quantum_of(evse)));
        }
        if (fault) return fault;
        if (reason.queued != queued) return at_evse(index, "wrong place in the queue");
    }
    return std::nullopt;
}

Fault fairness_fault(Snapshot const& snapshot, Plan const& plan)
{
    Sums const total = sums_of(
        snapshot, [&](std::size_t evse) { return plan.evses[evse].limit.value; });
    for (std::size_t evse = 0; evse < snapshot.evses.size(); ++evse) {
        Grant const& grant = plan.evses[evse];
        if (!is_admitted(snapshot.evses[evse], grant)) continue;
        if (grant.limit.value == most_of(snapshot.evses[evse])) continue;
        if (!has_bottleneck(snapshot, plan, total, evse))
            return at_evse(evse, "held below its share without a bottleneck");
    }
    return std::nullopt;
}

}
