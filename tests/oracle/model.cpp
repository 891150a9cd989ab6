#include "tests/oracle/model.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace oracle {
using balancing::Evse;
using balancing::Grid;
using balancing::ItThreePhase;
using balancing::Node;
using balancing::Snapshot;

namespace {

Nano nano(balancing::Current current) { return static_cast<Nano>(current.nanoamperes); }

// k for the pair of the lines k and k + 1, whichever is named first.
std::size_t pair_between(std::size_t one, std::size_t other)
{
    return (one + 1) % 3 == other ? one : other;
}

Wires wires_on_it(Evse const& evse)
{
    auto const& lines = evse.terminals.line;
    Wires wires;
    bool const only_a_pair = evse.terminals.count < 3 || evse.phases == 1;
    if (only_a_pair || evse.it_three_phase == ItThreePhase::off) {
        wires.alone[pair_between(lines[0], lines[1])] = true;
    } else if (evse.it_three_phase == ItThreePhase::two_leg) {
        wires.alone[pair_between(lines[0], lines[1])] = true;
        wires.alone[pair_between(lines[0], lines[2])] = true;
    } else {
        wires.alike = true;
    }
    return wires;
}

// Is `node` the place itself, or does it hang somewhere below it?
bool is_below(Snapshot const& snapshot, std::size_t node, std::size_t place)
{
    while (node != place) {
        auto const& parent = snapshot.nodes[node].parent;
        if (!parent) return false;
        node = *parent;
    }
    return true;
}

Nano limit_of(Snapshot const& snapshot, Node const& node, std::size_t line)
{
    Nano const unlimited = nano(balancing::greatest_current);
    Nano limit = nano(node.rating[line]);
    if (limit >= unlimited) limit = no_limit;
    // A factor such as 0.9 is a decimal fraction; as a double it may be a hair below.
    constexpr Nano hair = 1e-3L;
    limit = std::floor(limit * static_cast<Nano>(node.factor) + hair);
    for (auto const& timed : node.timed)
        if (timed.from <= snapshot.now && snapshot.now < timed.until &&
            nano(timed.limit[line]) < unlimited)
            limit = std::min(limit, nano(timed.limit[line]));
    return limit;
}

// A row of the node without a capacity yet, and what each EVSE below it adds by `part`.
template <class PartOf>
Row row_of(Snapshot const& snapshot, RowKind kind, std::size_t node, std::size_t line, PartOf part)
{
    Row row{.kind = kind, .node = node, .line = line, .bent = false, .parts = {}};
    for (auto const& evse : snapshot.evses)
        row.parts.push_back(
            is_below(snapshot, evse.node, node) ? part(wires_of(snapshot.grid, evse)) : Part{});
    return row;
}

Row line_row(Snapshot const& snapshot, RowKind kind, std::size_t node, std::size_t line)
{
    // On IT a car of unknown wiring is counted as loading all lines alike, and may not.
    bool const with_alike = kind == RowKind::current || snapshot.grid == Grid::it;
    if (snapshot.grid == Grid::tn)
        return row_of(snapshot, kind, node, line, [&](Wires const& wires) {
            return Part{int{wires.alone[line] || (wires.alike && with_alike)}, 0, 0};
        });
    Row row = row_of(snapshot, kind, node, line, [&](Wires const& wires) {
        return Part{int{wires.alone[line]}, int{wires.alone[(line + 2) % 3]},
            int{wires.alike && with_alike}};
    });
    row.bent = true;
    return row;
}

// What is left of the energy cap, as a current summed over the phases. Other load counts with the
// sum of its lines; on IT its pairs a, b, c sum to at most that / sqrt(3), since each line carries
// sqrt(a a + b b + a b) >= sqrt(3) / 2 (a + b).
Nano energy_capacity(Snapshot const& snapshot, Node const& node)
{
    auto const& cap = *node.energy;
    if (cap.hour_ends <= snapshot.now) return no_limit;
    auto const seconds = static_cast<Nano>((cap.hour_ends - snapshot.now).count());
    auto const left_wh = std::max<Nano>(static_cast<Nano>(cap.cap_wh - cap.used_wh), 0);
    Nano const watts = left_wh * 3600 / seconds;
    Nano const amperes = watts / static_cast<Nano>(balancing::nominal_voltage);
    Nano other = 0;
    for (auto const& load : node.other_load) other += nano(load);
    if (snapshot.grid == Grid::it) other = std::ceil(other / std::sqrt(3.0L));
    return std::floor(amperes * nano_per_ampere) - other;
}

void add_caps(Snapshot const& snapshot, std::size_t index, std::vector<Row>& rows)
{
    Node const& node = snapshot.nodes[index];
    if (node.asymmetry) {
        Nano const lowest = nano(*std::min_element(node.other_load.begin(), node.other_load.end()));
        for (std::size_t line = 0; line < 3; ++line) {
            rows.push_back(line_row(snapshot, RowKind::asymmetry, index, line));
            rows.back().capacity = nano(*node.asymmetry) - (nano(node.other_load[line]) - lowest);
        }
    }
    if (node.energy) {
        rows.push_back(row_of(snapshot, RowKind::energy, index, 0, [](Wires const& wires) {
            return Part{wires.count(), 0, 0};
        }));
        rows.back().capacity = energy_capacity(snapshot, node);
    }
}

// A step in watts is as many amperes as it can be: at 230 V less 10 % (EN 50160), and on one phase
// as long as the car's phases are not known.
Nano quantum_of(Grid grid, Evse const& evse)
{
    constexpr Nano lowest_voltage = 207;
    if (evse.quantum_w == 0) return std::max<Nano>(nano(evse.quantum), 1);
    int const phases = evse.phases == 0 ? 1 : wires_of(grid, evse).count();
    Nano const watts = static_cast<Nano>(evse.quantum_w);
    return std::ceil(watts * nano_per_ampere / (lowest_voltage * static_cast<Nano>(phases)));
}

Car car_of(Grid grid, Evse const& evse)
{
    Car car;
    car.weight = evse.weight;
    car.tier = evse.tier;
    car.quantum = quantum_of(grid, evse);
    if (evse.reserved) {
        car.reserved = true;
        car.least = car.most = nano(*evse.reserved);
        return car;
    }
    auto const& max = evse.max;
    auto const most = std::min({max.station, max.cable, max.car, max.asked, max.reclaimed});
    car.least = std::ceil(nano(evse.min) / car.quantum) * car.quantum;
    car.most = std::floor(nano(most) / car.quantum) * car.quantum;
    return car;
}

struct Sums {
    Nano x = 0;
    Nano y = 0;
    Nano z = 0;
};

Sums sums_of(Row const& row, std::span<Nano const> at)
{
    Sums sums;
    for (std::size_t i = 0; i < at.size(); ++i) {
        sums.x += static_cast<Nano>(row.parts[i].x) * at[i];
        sums.y += static_cast<Nano>(row.parts[i].y) * at[i];
        sums.z += static_cast<Nano>(row.parts[i].z) * at[i];
    }
    return sums;
}

Nano bent_value(Model const& model, Sums const& s)
{
    return std::sqrt(s.x * s.x + s.y * s.y + 3 * s.z * s.z + model.between_pairs * s.x * s.y +
                     model.pair_and_all * s.z * (s.x + s.y));
}

// Is the row's value there a sum of whole nanoamperes? Also that of a bent row where nothing but
// one pair carries a current.
bool is_whole(Row const& row, std::span<Nano const> at)
{
    if (row.kind == RowKind::energy) return false;
    Sums const sums = sums_of(row, at);
    return !row.bent || (sums.z == 0 && (sums.x == 0 || sums.y == 0));
}

}

Wires wires_of(Grid grid, Evse const& evse)
{
    if (grid == Grid::it) return wires_on_it(evse);
    Wires wires;
    // A car that is known to charge on three phases loads all lines alike; one that is not known
    // yet may turn out to load any of its lines alone.
    if (evse.phases == 3) {
        wires.alike = true;
        return wires;
    }
    int const loaded = evse.phases == 0 ? evse.terminals.count : evse.phases;
    for (int k = 0; k < loaded; ++k)
        wires.alone[evse.terminals.line[static_cast<std::size_t>(k)]] = true;
    return wires;
}

Model model_of(Snapshot const& snapshot)
{
    Model model;
    model.in_order = snapshot.sharing == balancing::Sharing::in_order;
    Nano const angle = std::acos(static_cast<Nano>(snapshot.power_factor));
    Nano const degree = std::numbers::pi_v<Nano> / 180;
    model.between_pairs = 2 * std::cos(60 * degree - 2 * angle);
    model.pair_and_all = 2 * std::sqrt(3.0L) * std::cos(30 * degree - 2 * angle);
    for (std::size_t node = 0; node < snapshot.nodes.size(); ++node)
        for (std::size_t line = 0; line < 3; ++line) {
            model.rows.push_back(line_row(snapshot, RowKind::current, node, line));
            model.rows.back().capacity = limit_of(snapshot, snapshot.nodes[node], line) -
                                         nano(snapshot.nodes[node].other_load[line]);
        }
    for (std::size_t node = 0; node < snapshot.nodes.size(); ++node)
        add_caps(snapshot, node, model.rows);
    for (auto const& evse : snapshot.evses) model.cars.push_back(car_of(snapshot.grid, evse));
    // Only ratios of weights count: 1 is the heaviest, so that no error grows by a weight.
    double heaviest = 0;
    for (Car const& car : model.cars) heaviest = std::max(heaviest, car.weight);
    for (Car& car : model.cars) car.weight /= heaviest;
    return model;
}

Nano value_of(Model const& model, Row const& row, std::span<Nano const> at)
{
    Sums const sums = sums_of(row, at);
    return row.bent ? bent_value(model, sums) : sums.x;
}

std::vector<double> slope_of(Model const& model, Row const& row, std::span<Nano const> at)
{
    std::vector<double> slope;
    Sums const s = sums_of(row, at);
    Nano const value = row.bent ? bent_value(model, s) : 1;
    // Half the derivatives of the square by x, y and z, over the root.
    Nano const by_x = (s.x + (model.between_pairs * s.y + model.pair_and_all * s.z) / 2) / value;
    Nano const by_y = (s.y + (model.between_pairs * s.x + model.pair_and_all * s.z) / 2) / value;
    Nano const by_z = (3 * s.z + model.pair_and_all * (s.x + s.y) / 2) / value;
    for (Part const& part : row.parts) {
        Nano const bent = by_x * static_cast<Nano>(part.x) + by_y * static_cast<Nano>(part.y) +
                          by_z * static_cast<Nano>(part.z);
        slope.push_back(static_cast<double>(row.bent ? bent : static_cast<Nano>(part.x)));
    }
    return slope;
}

bool is_convex(Model const& model, Row const& row, std::span<Nano const> top)
{
    Sums const most = sums_of(row, top);
    bool const all_meet = most.x > 0 && most.y > 0 && most.z > 0;
    bool const in_phase = model.between_pairs < 1 + 1e-12L;  // power factor 1
    return !row.bent || !all_meet || in_phase;
}

Fit fits(Model const& model, std::size_t car, std::span<Nano const> at)
{
    Fit fit = Fit::yes;
    for (Row const& row : model.rows) {
        if (!row.parts[car].touches() || row.capacity == no_limit) continue;
        // The coefficients of the law may be rounded up in their last digits.
        Nano const margin = is_whole(row, at) ? 0 : 4 + std::abs(row.capacity) * 1e-9L;
        Nano const over = value_of(model, row, at) - row.capacity;
        if (over > margin) return Fit::no;
        if (over > -margin) fit = Fit::too_close_to_tell;
    }
    return fit;
}

std::vector<Nano> currents_of(balancing::Plan const& plan)
{
    std::vector<Nano> currents;
    for (auto const& grant : plan.evses) currents.push_back(nano(grant.limit));
    return currents;
}

}
