#include "tests/balancing/reckoning.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <set>

namespace balancing_test {

using namespace balancing;

static_assert(std::numeric_limits<Amount>::digits >= 64, "sums must be exact in an Amount");

namespace {

constexpr std::size_t after(std::size_t line) { return (line + 1) % line_count; }
constexpr std::size_t before(std::size_t line) { return (line + 2) % line_count; }

// The pair between two lines is named after the one that the other follows.
std::size_t pair_between(std::size_t a, std::size_t b) { return after(a) == b ? a : b; }

Shape shape_on_tn(Evse const& evse)
{
    Shape shape;
    int const phases = evse.phases == 0 ? 3 : evse.phases;
    if (evse.phases == 3 && evse.terminals.count == 3) {
        shape.balanced = true;
        return shape;
    }
    for (std::size_t terminal = 0; terminal < evse.terminals.count; ++terminal)
        if (static_cast<int>(terminal) < phases) shape.single[evse.terminals.line[terminal]] = true;
    return shape;
}

Shape shape_on_it(Evse const& evse)
{
    Shape shape;
    auto const& line = evse.terminals.line;
    bool const three = evse.phases != 1 && evse.terminals.count == 3;
    bool const all_pairs = evse.it_three_phase == ItThreePhase::delta ||
                           evse.it_three_phase == ItThreePhase::unknown;
    if (three && all_pairs) {
        shape.balanced = true;
        return shape;
    }
    shape.single[pair_between(line[0], line[1])] = true;
    if (three && evse.it_three_phase == ItThreePhase::two_leg)
        shape.single[pair_between(line[0], line[2])] = true;
    return shape;
}

int phases_of(Shape const& shape)
{
    int count = shape.balanced ? 3 : 0;
    for (bool const one : shape.single) count += one ? 1 : 0;
    return count;
}

// Which of a node's seven measures.
std::size_t slot(Place const& place)
{
    return static_cast<std::size_t>(place.measure) * line_count + place.line;
}

// Other loads, summed over the phases; on IT, of a balanced load with these line currents.
Amount other_total(Grid grid, Node const& node)
{
    Amount sum = 0;
    for (Current const load : node.other_load) sum += amount(load);
    return grid == Grid::tn ? sum : std::ceil(sum / std::sqrt(Amount{3}));
}

}

Shape shape_of(Grid grid, Evse const& evse)
{
    return grid == Grid::tn ? shape_on_tn(evse) : shape_on_it(evse);
}

Steps steps_of(Grid grid, Evse const& evse)
{
    Steps steps;
    steps.quantum = std::max<std::int64_t>(1, evse.quantum.nanoamperes);
    if (evse.quantum_w > 0) {
        // At the lowest voltage of a grid (EN 50160: 230 V - 10 %), rounded up; all on one phase
        // where it is not known on how many.
        int const phases = evse.phases == 0 ? 1 : phases_of(shape_of(grid, evse));
        Amount const amperes = static_cast<Amount>(evse.quantum_w) /
                               static_cast<Amount>(207 * phases);
        steps.quantum = static_cast<std::int64_t>(std::ceil(amperes * 1e9L));
    }
    Current const most = std::min(
        {evse.max.station, evse.max.cable, evse.max.car, evse.max.asked, evse.max.reclaimed});
    std::int64_t const over = evse.min.nanoamperes % steps.quantum;
    steps.least = evse.min.nanoamperes + (over == 0 ? 0 : steps.quantum - over);
    steps.most = most.nanoamperes - most.nanoamperes % steps.quantum;
    return steps;
}

bool takes_part(Grid grid, Evse const& evse)
{
    Steps const steps = steps_of(grid, evse);
    return !evse.reserved && steps.least <= steps.most;
}

Reckoning::Reckoning(Snapshot const& snapshot) : snapshot_(snapshot)
{
    Amount const third = std::numbers::pi_v<Amount> / 3;
    Amount const widest = 2 * std::acos(static_cast<Amount>(snapshot.power_factor));
    pair_by_pair_ = 2 * std::cos(third - widest);
    pair_by_balanced_ = 2 * std::cos(third / 2 - widest);

    for (Evse const& evse : snapshot.evses) {
        shapes_.push_back(shape_of(snapshot.grid, evse));
        auto& way = ways_.emplace_back();
        for (std::optional<std::size_t> node = evse.node; node; node = snapshot.nodes[*node].parent)
            way.push_back(*node);
    }
    for (std::size_t node = 0; node < snapshot.nodes.size(); ++node) {
        std::vector<Place> all;
        for (std::size_t line = 0; line < line_count; ++line) {
            if (limit(node, line).limit < greatest_current)
                all.push_back({node, Measure::line, line});
            if (snapshot.nodes[node].asymmetry) all.push_back({node, Measure::asymmetry, line});
        }
        if (energy_room(node)) all.push_back({node, Measure::energy, 0});
        std::stable_sort(all.begin(), all.end(),
            [](Place const& a, Place const& b) { return slot(a) < slot(b); });
        auto& rooms = rooms_.emplace_back();
        for (Place const& place : all) rooms[slot(place)] = reckoned_room(place);
        places_.push_back(std::move(all));
    }
}

bool Reckoning::is_below(std::size_t evse, std::size_t node) const
{
    return std::find(ways_[evse].begin(), ways_[evse].end(), node) != ways_[evse].end();
}

bool Reckoning::counts(std::size_t evse, Place const& place) const
{
    Shape const& shape = shapes_[evse];
    if (place.measure == Measure::energy) return true;
    // On IT what counts as balanced may be a car of unknown wiring.
    if (shape.balanced) return place.measure == Measure::line || snapshot_.grid == Grid::it;
    if (shape.single[place.line]) return true;
    return snapshot_.grid == Grid::it && shape.single[before(place.line)];
}

LineLimit Reckoning::limit(std::size_t node, std::size_t line) const
{
    Node const& one = snapshot_.nodes[node];
    LineLimit lowest{one.rating[line], LimitSource::rating};
    if (lowest.limit < greatest_current && one.factor < 1)
        lowest.limit.nanoamperes = static_cast<std::int64_t>(
            std::floor(static_cast<double>(lowest.limit.nanoamperes) * one.factor));
    for (TimedLimit const& timed : one.timed) {
        bool const now = snapshot_.now >= timed.from && snapshot_.now < timed.until;
        if (now && timed.limit[line] < lowest.limit) lowest = {timed.limit[line], timed.source};
    }
    return lowest;
}

Amount Reckoning::room(Place const& place) const { return rooms_[place.node][slot(place)]; }

Amount Reckoning::reckoned_room(Place const& place) const
{
    Node const& node = snapshot_.nodes[place.node];
    switch (place.measure) {
    case Measure::line:
        return amount(limit(place.node, place.line).limit) - amount(node.other_load[place.line]);
    case Measure::asymmetry: {
        Current const least = std::min(
            {node.other_load[0], node.other_load[1], node.other_load[2]});
        return amount(*node.asymmetry) - amount(node.other_load[place.line] - least);
    }
    case Measure::energy: break;
    }
    return *energy_room(place.node) - other_total(snapshot_.grid, node);
}

// The current, summed over the phases, that spends what is left until the hour ends.
std::optional<Amount> Reckoning::energy_room(std::size_t node) const
{
    auto const& energy = snapshot_.nodes[node].energy;
    if (!energy || energy->hour_ends <= snapshot_.now) return std::nullopt;
    __extension__ using Wide = __int128;  // a quotient is to be rounded down exactly
    Wide const watt_hours = std::max<std::int64_t>(0, energy->cap_wh - energy->used_wh);
    Wide const seconds = Wide{energy->hour_ends.count()} - snapshot_.now.count();
    auto const most = static_cast<Amount>(watt_hours * 3600 * 1'000'000'000 / (230 * seconds));
    if (most >= amount(greatest_current)) return std::nullopt;
    return most;
}

LimitSource Reckoning::source(Place const& place) const
{
    switch (place.measure) {
    case Measure::asymmetry: return LimitSource::asymmetry;
    case Measure::energy: return LimitSource::energy_cap;
    case Measure::line: break;
    }
    return limit(place.node, place.line).source;
}

std::vector<Load> Reckoning::loads(std::vector<Amount> const& currents) const
{
    std::vector<Load> loads(snapshot_.nodes.size());
    for (std::size_t evse = 0; evse < currents.size(); ++evse) add(loads, evse, currents[evse]);
    return loads;
}

namespace {

void add_to(Load& load, Shape const& shape, Amount current)
{
    if (shape.balanced) load.balanced += current;
    for (std::size_t line = 0; line < line_count; ++line)
        if (shape.single[line]) load.single[line] += current;
}

}

void Reckoning::add(std::vector<Load>& loads, std::size_t evse, Amount current) const
{
    for (std::size_t const node : ways_[evse]) add_to(loads[node], shapes_[evse], current);
}

Amount Reckoning::line_current(Load const& load, std::size_t line) const
{
    if (snapshot_.grid == Grid::tn) return load.single[line] + load.balanced;
    Amount const x = load.single[line];
    Amount const y = load.single[before(line)];
    Amount const z = std::sqrt(Amount{3}) * load.balanced;  // the line current of the balanced
    return std::sqrt(
        x * x + y * y + z * z + pair_by_pair_ * x * y + pair_by_balanced_ * z * (x + y));
}

Amount Reckoning::carried(Load const& load, Place const& place) const
{
    if (place.measure == Measure::line) return line_current(load, place.line);
    if (place.measure == Measure::energy)
        return load.single[0] + load.single[1] + load.single[2] + 3 * load.balanced;
    Load uneven = load;
    if (snapshot_.grid == Grid::tn) uneven.balanced = 0;
    return line_current(uneven, place.line);
}

Fit Reckoning::fit(Load const& load, Place const& place) const
{
    Amount const flows = carried(load, place);
    Amount const most = room(place);
    if (snapshot_.grid == Grid::tn || place.measure == Measure::energy)
        return flows <= most ? Fit::yes : Fit::no;
    constexpr Amount root_error = 0.01L;  // of a root that may be 1e16 nA
    if (flows > most + root_error) return Fit::no;
    Amount const digits = std::ldexp(Amount{1}, -35);
    return flows + flows * digits + 2 <= most || flows == 0 ? Fit::yes : Fit::unclear;
}

Fit Reckoning::fit(
    std::vector<Load> const& loads, Place const& place, std::size_t evse, Amount more) const
{
    Load load = loads[place.node];
    add_to(load, shapes_[evse], more);
    return fit(load, place);
}

Fit Reckoning::fit(std::vector<Load> const& loads, std::size_t evse, Amount more) const
{
    Fit result = Fit::yes;
    for (std::size_t const node : ways_[evse]) {
        for (Place const& place : places_[node]) {
            if (!counts(evse, place)) continue;
            Fit const here = fit(loads, place, evse, more);
            if (here == Fit::no) return Fit::no;
            if (here == Fit::unclear) result = Fit::unclear;
        }
    }
    return result;
}

std::vector<Amount> currents_of(Plan const& plan)
{
    std::vector<Amount> currents;
    for (Grant const& grant : plan.evses) currents.push_back(amount(grant.limit));
    return currents;
}

Snapshot as_seen_by_tier(Snapshot const& snapshot, Plan const& plan, int tier)
{
    Snapshot seen = snapshot;
    for (std::size_t evse = 0; evse < seen.evses.size(); ++evse) {
        Evse& one = seen.evses[evse];
        if (one.reserved || one.tier == tier) continue;
        one.reserved = one.tier < tier ? plan.evses[evse].limit : Current{};
    }
    return seen;
}

std::vector<int> tiers_of(Snapshot const& snapshot)
{
    std::set<int> tiers;
    for (Evse const& evse : snapshot.evses) tiers.insert(evse.tier);
    return {tiers.begin(), tiers.end()};
}

}
