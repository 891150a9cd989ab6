#include "balancing/validation.hpp"

#include <cmath>

namespace balancing {
namespace {

using Rule = std::optional<std::string>;

// The name of the whole, where no node or EVSE can be blamed.
constexpr char const* whole = "installation";

Rule outside(char const* what, char const* where, Current greatest)
{
    return std::string(what) + where + " must be from 0 to " +
           std::to_string(greatest.nanoamperes / ampere(1).nanoamperes) + " A";
}

Rule current_fault(char const* what, Current value, Current greatest, char const* where = "")
{
    if (value < Current{} || value > greatest) return outside(what, where, greatest);
    return std::nullopt;
}

Rule currents_fault(char const* what, PerLine const& values)
{
    constexpr std::array<char const*, line_count> on_line{" on L1", " on L2", " on L3"};
    for (std::size_t line = 0; line < line_count; ++line)
        if (auto rule = current_fault(what, values[line], greatest_current, on_line[line]))
            return rule;
    return std::nullopt;
}

Rule timed_fault(TimedLimit const& timed)
{
    if (timed.source != LimitSource::schedule && timed.source != LimitSource::temporary)
        return "a timed limit must be a schedule or a temporary one";
    if (timed.from >= timed.until) return "a timed limit must end after it begins";
    return currents_fault("timed limit", timed.limit);
}

Rule energy_fault(EnergyCap const& energy)
{
    for (auto const value : {energy.cap_wh, energy.used_wh})
        if (value < 0 || value > greatest_energy_wh)
            return "energy must be from 0 to " + std::to_string(greatest_energy_wh) + " Wh";
    return std::nullopt;
}

Rule node_fault(Node const& node, std::size_t node_count)
{
    if (node.parent && *node.parent >= node_count) return "parent must be a node of the snapshot";
    if (!(node.factor > 0 && node.factor <= 1)) return "factor must be above 0 and at most 1";
    if (auto rule = currents_fault("rating", node.rating)) return rule;
    if (auto rule = currents_fault("other load", node.other_load)) return rule;
    for (TimedLimit const& timed : node.timed)
        if (auto rule = timed_fault(timed)) return rule;
    if (node.asymmetry)
        if (auto rule = current_fault("asymmetry", *node.asymmetry, greatest_current)) return rule;
    return node.energy ? energy_fault(*node.energy) : std::nullopt;
}

Rule terminals_fault(Grid grid, Terminals const& terminals)
{
    std::size_t const least = grid == Grid::it ? 2 : 1;
    if (terminals.count < least || terminals.count > line_count)
        return least == 2 ? "an EVSE on an IT grid must be wired to two or three lines"
                          : "it must be wired to one, two or three lines";
    unsigned seen = 0;
    for (std::size_t terminal = 0; terminal < terminals.count; ++terminal) {
        if (terminals.line[terminal] >= line_count)
            return "a terminal must be wired to L1, L2 or L3";
        unsigned const line = 1U << terminals.line[terminal];
        if ((seen & line) != 0) return "two terminals must not be wired to the same line";
        seen |= line;
    }
    return std::nullopt;
}

Rule maxima_fault(Maxima const& max)
{
    for (auto const& [what, value] : {std::pair{"maximum", max.station},
             {"cable's maximum", max.cable}, {"car's maximum", max.car},
             {"maximum asked for", max.asked}, {"reclaimed maximum", max.reclaimed}})
        if (auto rule = current_fault(what, value, greatest_evse_current)) return rule;
    return std::nullopt;
}

Rule evse_fault(Grid grid, Evse const& evse, std::size_t node_count)
{
    if (evse.node >= node_count) return "node must be a node of the snapshot";
    if (auto rule = terminals_fault(grid, evse.terminals)) return rule;
    if (evse.phases < 0 || evse.phases > 3) return "phases must be 1, 2, 3, or 0 for unknown";
    if (auto rule = current_fault("minimum", evse.min, greatest_evse_current)) return rule;
    if (auto rule = maxima_fault(evse.max)) return rule;
    if (auto rule = current_fault("quantum", evse.quantum, greatest_quantum)) return rule;
    if (evse.quantum_w < 0 || evse.quantum_w > greatest_quantum_w)
        return "quantum must be from 0 to " + std::to_string(greatest_quantum_w) + " W";
    if (evse.quantum_w != 0 && evse.quantum != Current{})
        return "quantum must be given in amperes or in watts, not both";
    if (evse.reserved)
        if (auto rule = current_fault("reserved current", *evse.reserved, greatest_evse_current))
            return rule;
    if (!std::isfinite(evse.weight) || evse.weight <= 0)
        return "weight must be a positive finite number";
    if (!std::isfinite(evse.session.deficit_ah)) return "deficit must be a finite number";
    return std::nullopt;
}

Rule whole_fault(Snapshot const& snapshot)
{
    if (snapshot.nodes.empty()) return "it must have a node";
    if (snapshot.nodes.size() > greatest_count || snapshot.evses.size() > greatest_count)
        return "it must have at most " + std::to_string(greatest_count) + " nodes and EVSEs";
    if (!(snapshot.power_factor >= least_power_factor && snapshot.power_factor <= 1))
        return "power factor must be from 0.966 to 1";
    return std::nullopt;
}

}

std::optional<Refusal> find_fault(Snapshot const& snapshot, Tree& tree)
{
    if (auto rule = whole_fault(snapshot)) return Refusal{whole, *rule};
    for (Node const& node : snapshot.nodes)
        if (auto rule = node_fault(node, snapshot.nodes.size())) return Refusal{node.name, *rule};
    if (auto const fault = tree.rebuild(snapshot.nodes))
        return Refusal{snapshot.nodes[fault->node].name, fault->rule};
    for (Evse const& evse : snapshot.evses)
        if (auto rule = evse_fault(snapshot.grid, evse, snapshot.nodes.size()))
            return Refusal{evse.name, *rule};
    return std::nullopt;
}

}
