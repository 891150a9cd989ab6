#include "tests/balancing/plan_check.hpp"

#include <algorithm>
#include <cmath>

namespace balancing_test {

using namespace balancing;

namespace {

Fault at_evse(std::size_t evse, std::string const& what)
{
    return "EVSE " + std::to_string(evse) + ": " + what;
}

Fault at_place(Place const& place, std::string const& what)
{
    static constexpr std::array<char const*, 3> measures{"line", "asymmetry", "energy"};
    return "node " + std::to_string(place.node) + " " +
           measures[static_cast<std::size_t>(place.measure)] + " L" +
           std::to_string(place.line + 1) + ": " + what;
}

Loading loading_of(Shape const& shape)
{
    unsigned channels = shape.balanced ? 1U << balanced_channel : 0;
    for (std::size_t line = 0; line < line_count; ++line)
        if (shape.single[line]) channels |= 1U << line;
    return {static_cast<std::uint8_t>(channels)};
}

Fault watts_fault(Evse const& evse, Steps const& steps, Grant const& grant, std::size_t index)
{
    bool const in_watts = evse.quantum_w > 0 && !evse.reserved;
    if (grant.limit_w.has_value() != in_watts) return at_evse(index, "watts for the wrong station");
    if (!in_watts) return std::nullopt;
    if (*grant.limit_w % evse.quantum_w != 0) return at_evse(index, "not in whole steps of watts");
    std::int64_t const count = *grant.limit_w / evse.quantum_w;
    if (count * steps.quantum != grant.limit.nanoamperes)
        return at_evse(index, "watts and amperes do not agree");
    return std::nullopt;
}

Fault grant_fault(Grid grid, Evse const& evse, Grant const& grant, std::size_t index)
{
    if (grant.loading != loading_of(shape_of(grid, evse)))
        return at_evse(index, "counted on the wrong channels");
    Steps const steps = steps_of(grid, evse);
    if (auto fault = watts_fault(evse, steps, grant, index)) return fault;
    std::int64_t const limit = grant.limit.nanoamperes;
    if (evse.reserved) {
        if (grant.limit != *evse.reserved) return at_evse(index, "not exactly its reservation");
        return std::nullopt;
    }
    if (limit == 0) return std::nullopt;
    if (limit < evse.min.nanoamperes) return at_evse(index, "below its minimum");
    if (limit > steps.most) return at_evse(index, "above its maximum");
    if (limit % steps.quantum != 0) return at_evse(index, "not in whole quanta");
    return std::nullopt;
}

// A current that the plan states against the true one: rounded up, and on IT by the last digits of
// the coefficients.
bool is_stated_right(Grid grid, Amount stated, Amount truth)
{
    if (grid == Grid::tn) return stated == truth;
    Amount const digits = std::ldexp(Amount{1}, -35);
    return stated > truth - 0.01L && stated <= truth * (1 + digits) + 2;
}

Fault node_fault(Reckoning const& reckoning, Plan const& plan, std::vector<Load> const& total)
{
    for (std::size_t node = 0; node < total.size(); ++node) {
        for (std::size_t line = 0; line < line_count; ++line) {
            Place const place{node, Measure::line, line};
            if (!is_stated_right(reckoning.snapshot().grid, amount(plan.node_current[node][line]),
                    reckoning.line_current(total[node], line)))
                return at_place(place, "wrong sum");
            if (plan.node_limit[node][line] != reckoning.limit(node, line).limit)
                return at_place(place, "wrong limit");
        }
    }
    return std::nullopt;
}

// The place that a reason names.
Place place_of(Reason const& reason)
{
    switch (reason.source) {
    case LimitSource::energy_cap: return {reason.node, Measure::energy, 0};
    case LimitSource::asymmetry: return {reason.node, Measure::asymmetry, reason.line};
    default: return {reason.node, Measure::line, reason.line};
    }
}

// A reason that names a place must name one that has no room for `need` beside `used`, and no
// nearer node may lack it; what it says is left there must be what `total` leaves.
Fault place_fault(Reckoning const& reckoning, std::size_t evse, Reason const& reason,
    std::vector<Load> const& used, Amount need, std::vector<Load> const& total)
{
    Place const named = place_of(reason);
    if (!reckoning.is_below(evse, named.node)) return at_evse(evse, "the place is not on its way");
    auto const& places = reckoning.places(named.node);
    bool const limited = std::any_of(places.begin(), places.end(), [&](Place const& place) {
        return place.measure == named.measure && place.line == named.line;
    });
    if (!limited) return at_evse(evse, "the place has no limit");
    if (!reckoning.counts(evse, named)) return at_evse(evse, "it does not load the place");
    if (reason.source != reckoning.source(named)) return at_evse(evse, "wrong source of the limit");
    if (reckoning.fit(used, named, evse, need) == Fit::yes)
        return at_evse(evse, "the place has room");
    for (std::size_t const node : reckoning.way(evse)) {
        if (node == named.node) break;
        for (Place const& place : reckoning.places(node))
            if (reckoning.counts(evse, place) && reckoning.fit(used, place, evse, need) == Fit::no)
                return at_evse(evse, "a nearer place is short");
    }
    Amount const carries = reckoning.room(named) - amount(reason.left);
    Grid const sums = named.measure == Measure::energy ? Grid::tn : reckoning.snapshot().grid;
    if (!is_stated_right(sums, carries, reckoning.carried(total[named.node], named)))
        return at_evse(evse, "wrong amount left");
    return std::nullopt;
}

Fault maximum_fault(Maxima const& max, Reason const& reason, std::size_t evse)
{
    Current const least = std::min({max.station, max.cable, max.car, max.asked});
    if (reason.kind == ReasonKind::reclaimed)
        return max.reclaimed < least ? Fault{} : at_evse(evse, "nothing was reclaimed");
    if (reason.kind == ReasonKind::own_maximum && max.reclaimed < least)
        return at_evse(evse, "what was reclaimed is not said");
    std::array const values{max.station, max.cable, max.car, max.asked};
    if (values[static_cast<std::size_t>(reason.maximum)] != least)
        return at_evse(evse, "another maximum is lower");
    return std::nullopt;
}

// The k-th that waits at a place can expect its turn when the k-th yields of those who charge
// there.
Fault turn_fault(Reckoning const& reckoning, Plan const& plan, std::size_t evse)
{
    Place const place = place_of(plan.evses[evse].reason);
    std::size_t ahead = 0;
    std::vector<Seconds> yields;
    for (std::size_t other = 0; other < plan.evses.size(); ++other) {
        Grant const& grant = plan.evses[other];
        if (grant.reason.kind == ReasonKind::waiting) {
            Place const its = place_of(grant.reason);
            bool const same = its.node == place.node && its.measure == place.measure &&
                              its.line == place.line;
            if (same && grant.reason.queued < plan.evses[evse].reason.queued) ++ahead;
        } else if (is_admitted(grant) && reckoning.is_below(other, place.node) &&
                   reckoning.counts(other, place)) {
            auto const& moment = reckoning.snapshot().evses[other].session.yields;
            if (moment) yields.push_back(*moment);
        }
    }
    std::sort(yields.begin(), yields.end());
    std::optional<Seconds> expected;
    if (ahead < yields.size()) expected = yields[ahead];
    if (plan.evses[evse].reason.turn != expected) return at_evse(evse, "wrong turn expected");
    return std::nullopt;
}

// Goes through the queue as admission does, and looks at each reason.
class ReasonCheck {
public:
    ReasonCheck(Snapshot const& snapshot, Plan const& plan)
        : reckoning_(snapshot), plan_(plan), total_(reckoning_.loads(currents_of(plan)))
    {
        std::vector<Amount> reserved(snapshot.evses.size());
        for (std::size_t evse = 0; evse < reserved.size(); ++evse)
            if (snapshot.evses[evse].reserved)
                reserved[evse] = amount(*snapshot.evses[evse].reserved);
        empty_ = reckoning_.loads(reserved);
        booked_ = empty_;
    }

    Fault run()
    {
        Snapshot const& snapshot = reckoning_.snapshot();
        for (int const tier : tiers_of(snapshot)) {
            for (std::size_t evse = 0; evse < snapshot.evses.size(); ++evse)
                if (snapshot.evses[evse].tier == tier)
                    if (auto fault = fault_of(evse)) return fault;
            // The next tier finds this one at what it got in the end.
            for (std::size_t evse = 0; evse < snapshot.evses.size(); ++evse)
                if (snapshot.evses[evse].tier == tier && is_admitted(plan_.evses[evse]))
                    reckoning_.add(
                        booked_, evse, amount(plan_.evses[evse].limit) - booked_at_once(evse));
        }
        return std::nullopt;
    }

private:
    Steps steps(std::size_t evse) const
    {
        return steps_of(reckoning_.snapshot().grid, reckoning_.snapshot().evses[evse]);
    }
    Amount least(std::size_t evse) const { return static_cast<Amount>(steps(evse).least); }

    // What those behind it in its tier find taken: all it got, where each is served in turn.
    Amount booked_at_once(std::size_t evse) const
    {
        bool const in_turn = reckoning_.snapshot().sharing == Sharing::in_order;
        return in_turn ? amount(plan_.evses[evse].limit) : least(evse);
    }

    Fault fault_of(std::size_t evse)
    {
        Evse const& one = reckoning_.snapshot().evses[evse];
        Reason const& reason = plan_.evses[evse].reason;
        bool const waits = reason.kind == ReasonKind::waiting;
        if (waits) ++waiting_;
        if (reason.queued != (waits ? waiting_ : 0))
            return at_evse(evse, "wrong place in the queue");
        if (!waits && reason.turn) return at_evse(evse, "a turn without waiting");
        if (one.reserved || reason.kind == ReasonKind::reserved) {
            if (one.reserved && reason.kind == ReasonKind::reserved) return std::nullopt;
            return at_evse(evse, "reserved or not?");
        }
        bool const off = !takes_part(reckoning_.snapshot().grid, one);
        if (off != (reason.kind == ReasonKind::switched_off))
            return at_evse(evse, "switched off or not?");
        if (off) {
            if (plan_.evses[evse].limit != Current{})
                return at_evse(evse, "on though switched off");
            return maximum_fault(one.max, reason, evse);
        }
        return is_admitted(plan_.evses[evse]) ? admitted_fault(evse) : left_out_fault(evse);
    }

    Fault left_out_fault(std::size_t evse)
    {
        Reason const& reason = plan_.evses[evse].reason;
        if (plan_.evses[evse].limit != Current{}) return at_evse(evse, "charges out of turn");
        bool const waits = reason.kind == ReasonKind::waiting;
        auto const& obstacles = waits ? booked_ : empty_;
        if (reckoning_.fit(obstacles, evse, least(evse)) == Fit::yes)
            return at_evse(evse, "would fit, but is left out");
        if (waits && reckoning_.fit(empty_, evse, least(evse)) == Fit::no)
            return at_evse(evse, "waits, but would never fit");
        if (auto fault = place_fault(reckoning_, evse, reason, obstacles, least(evse), total_))
            return fault;
        return waits ? turn_fault(reckoning_, plan_, evse) : std::nullopt;
    }

    Fault admitted_fault(std::size_t evse)
    {
        Reason const& reason = plan_.evses[evse].reason;
        if (reckoning_.fit(booked_, evse, least(evse)) == Fit::no)
            return at_evse(evse, "admitted, but its minimum does not fit");
        reckoning_.add(booked_, evse, booked_at_once(evse));
        Steps const its = steps(evse);
        std::int64_t const limit = plan_.evses[evse].limit.nanoamperes;
        if (limit < its.least) return at_evse(evse, "admitted below its minimum");
        if (limit == its.most) {
            if (reason.kind == ReasonKind::line)
                return at_evse(evse, "a line, but it is at its most");
            return maximum_fault(reckoning_.snapshot().evses[evse].max, reason, evse);
        }
        if (reason.kind != ReasonKind::line) return at_evse(evse, "it is not at its maximum");
        return place_fault(
            reckoning_, evse, reason, total_, static_cast<Amount>(its.quantum), total_);
    }

    Reckoning reckoning_;
    Plan const& plan_;
    std::vector<Load> total_;
    std::vector<Load> empty_;   // with the reservations only
    std::vector<Load> booked_;  // and with who was admitted so far
    std::size_t waiting_ = 0;
};

// Rounding down to nanoamperes and handing out what is left may cost as much as this.
Amount crumbs(Snapshot const& snapshot) { return static_cast<Amount>(snapshot.evses.size() + 1); }

// Of the same tier, above its own minimum, and ahead of the other one by more than crumbs and what
// reading the weights to a thousand millionth of the largest may cost.
bool is_ahead(Snapshot const& snapshot, Plan const& plan, std::size_t other, std::size_t evse,
    double largest_weight)
{
    Evse const& richer = snapshot.evses[other];
    Evse const& poorer = snapshot.evses[evse];
    if (!is_admitted(plan.evses[other]) || richer.tier != poorer.tier) return false;
    Amount const current = amount(plan.evses[other].limit) - crumbs(snapshot);
    if (current <= static_cast<Amount>(steps_of(snapshot.grid, richer).least)) return false;
    Amount const ahead = current / richer.weight;
    Amount const behind = (amount(plan.evses[evse].limit) + crumbs(snapshot)) / poorer.weight;
    Amount const unread = 1e-9L * largest_weight * (1 / richer.weight + 1 / poorer.weight);
    return ahead > behind * (1 + unread);
}

bool is_bottleneck(Reckoning const& reckoning, Plan const& plan, std::vector<Load> const& total,
    std::size_t evse, Place const& place, double largest_weight)
{
    if (!reckoning.counts(evse, place)) return false;
    if (reckoning.fit(total, place, evse, crumbs(reckoning.snapshot())) == Fit::yes) return false;
    for (std::size_t other = 0; other < plan.evses.size(); ++other)
        if (other != evse && reckoning.is_below(other, place.node) &&
            reckoning.counts(other, place) &&
            is_ahead(reckoning.snapshot(), plan, other, evse, largest_weight))
            return false;
    return true;
}

bool is_at_most(Snapshot const& snapshot, Plan const& plan, std::size_t evse)
{
    return plan.evses[evse].limit.nanoamperes == steps_of(snapshot.grid, snapshot.evses[evse]).most;
}

}

bool is_admitted(Grant const& grant)
{
    switch (grant.reason.kind) {
    case ReasonKind::own_maximum:
    case ReasonKind::reclaimed:
    case ReasonKind::line: return true;
    default: return false;
    }
}

Fault safety_fault(Snapshot const& snapshot, Plan const& plan)
{
    if (plan.evses.size() != snapshot.evses.size()) return "wrong number of grants";
    if (plan.node_current.size() != snapshot.nodes.size()) return "wrong number of node currents";
    if (plan.node_limit.size() != snapshot.nodes.size()) return "wrong number of node limits";
    for (std::size_t evse = 0; evse < snapshot.evses.size(); ++evse)
        if (auto fault = grant_fault(snapshot.grid, snapshot.evses[evse], plan.evses[evse], evse))
            return fault;

    Reckoning const reckoning(snapshot);
    std::vector<Load> const total = reckoning.loads(currents_of(plan));
    for (std::size_t evse = 0; evse < snapshot.evses.size(); ++evse) {
        if (snapshot.evses[evse].reserved || plan.evses[evse].limit == Current{}) continue;
        for (std::size_t const node : reckoning.way(evse))
            for (Place const& place : reckoning.places(node))
                if (reckoning.counts(evse, place) && reckoning.fit(total[node], place) == Fit::no)
                    return at_place(place, "limit exceeded");
    }
    return node_fault(reckoning, plan, total);
}

Fault reason_fault(Snapshot const& snapshot, Plan const& plan)
{
    return ReasonCheck(snapshot, plan).run();
}

Fault leftover_fault(Snapshot const& snapshot, Plan const& plan)
{
    Reckoning const reckoning(snapshot);
    std::vector<Load> const total = reckoning.loads(currents_of(plan));
    for (std::size_t evse = 0; evse < snapshot.evses.size(); ++evse) {
        if (!is_admitted(plan.evses[evse]) || is_at_most(snapshot, plan, evse)) continue;
        Steps const steps = steps_of(snapshot.grid, snapshot.evses[evse]);
        if (reckoning.fit(total, evse, static_cast<Amount>(steps.quantum)) == Fit::yes)
            return at_evse(evse, "could take one more quantum");
    }
    return std::nullopt;
}

Fault fairness_fault(Snapshot const& snapshot, Plan const& plan)
{
    Reckoning const reckoning(snapshot);
    std::vector<Load> const total = reckoning.loads(currents_of(plan));
    double largest = 0;
    for (Evse const& evse : snapshot.evses) largest = std::max(largest, evse.weight);
    for (std::size_t evse = 0; evse < snapshot.evses.size(); ++evse) {
        if (!is_admitted(plan.evses[evse]) || is_at_most(snapshot, plan, evse)) continue;
        bool held = false;
        for (std::size_t const node : reckoning.way(evse))
            for (Place const& place : reckoning.places(node))
                held = held || is_bottleneck(reckoning, plan, total, evse, place, largest);
        if (!held) return at_evse(evse, "held below its share without a bottleneck");
    }
    return std::nullopt;
}

Fault order_fault(Snapshot const& snapshot, Plan const& plan)
{
    for (int const tier : tiers_of(snapshot)) {
        Snapshot const seen = as_seen_by_tier(snapshot, plan, tier);
        Reckoning const reckoning(seen);
        std::vector<Amount> currents(seen.evses.size());
        for (std::size_t evse = 0; evse < seen.evses.size(); ++evse) {
            Evse const& one = seen.evses[evse];
            if (one.reserved) currents[evse] = amount(*one.reserved);
        }
        std::vector<Load> loads = reckoning.loads(currents);
        for (std::size_t evse = 0; evse < seen.evses.size(); ++evse) {
            if (seen.evses[evse].reserved || !is_admitted(plan.evses[evse])) continue;
            reckoning.add(loads, evse, amount(plan.evses[evse].limit) - currents[evse]);
            Steps const steps = steps_of(seen.grid, seen.evses[evse]);
            if (!is_at_most(seen, plan, evse) &&
                reckoning.fit(loads, evse, static_cast<Amount>(steps.quantum)) == Fit::yes)
                return at_evse(evse, "left current to those behind it");
        }
    }
    return std::nullopt;
}

}
