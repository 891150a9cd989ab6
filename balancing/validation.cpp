#include "balancing/validation.hpp"

#include <algorithm>
#include <cmath>

namespace balancing {
namespace {

// The name of the whole, where no node can be blamed.
constexpr char const* whole_snapshot = "snapshot";

std::optional<std::string> current_fault(
    std::string const& what, Milliampere value, Milliampere greatest = greatest_current)
{
    if (value < Milliampere{}) return what + " must not be negative";
    if (value > greatest)
        return what + " must be at most " + std::to_string(greatest.value) + " mA";
    return std::nullopt;
}

std::optional<std::string> currents_fault(std::string const& what, PerLine const& values)
{
    for (std::size_t line = 0; line < line_count; ++line)
        if (auto rule = current_fault(what + " on L" + std::to_string(line + 1), values[line]))
            return rule;
    return std::nullopt;
}

std::optional<std::string> node_fault(Node const& node, std::size_t node_count)
{
    if (node.parent && *node.parent >= node_count) return "parent must be a node of the snapshot";
    if (auto rule = currents_fault("limit", node.limit)) return rule;
    return currents_fault("other load", node.other_load);
}

std::optional<Refusal> root_fault(std::vector<Node> const& nodes)
{
    auto const is_root = [](Node const& node) { return !node.parent; };
    auto const root = std::find_if(nodes.begin(), nodes.end(), is_root);
    if (root == nodes.end()) return Refusal{whole_snapshot, "one node must have no parent"};
    auto const second = std::find_if(root + 1, nodes.end(), is_root);
    if (second != nodes.end())
        return Refusal{
            second->name, "only one node may have no parent, and " + root->name + " has none"};
    return std::nullopt;
}

// Each walk stops where an earlier one passed, so every node is entered once.
std::optional<Refusal> cycle_fault(std::vector<Node> const& nodes)
{
    std::vector<std::size_t> walk_of(nodes.size(), 0);  // 0: not passed yet
    for (std::size_t start = 0; start < nodes.size(); ++start) {
        std::size_t const walk = start + 1;
        for (std::optional<std::size_t> node = start; node; node = nodes[*node].parent) {
            if (walk_of[*node] == walk)
                return Refusal{nodes[*node].name, "a node must not be below itself"};
            if (walk_of[*node] != 0) break;
            walk_of[*node] = walk;
        }
    }
    return std::nullopt;
}

std::optional<std::string> evse_fault(Evse const& evse, std::size_t node_count)
{
    if (evse.node >= node_count) return "node must be a node of the snapshot";
    if (std::find(evse.lines.begin(), evse.lines.end(), true) == evse.lines.end())
        return "it must load at least one line";
    if (auto rule = current_fault("minimum", evse.min)) return rule;
    if (auto rule = current_fault("maximum", evse.max)) return rule;
    if (auto rule = current_fault("quantum", evse.quantum, greatest_quantum)) return rule;
    if (evse.reserved)
        if (auto rule = current_fault("reserved current", *evse.reserved)) return rule;
    if (!std::isfinite(evse.weight) || evse.weight <= 0)
        return "weight must be a positive finite number";
    return std::nullopt;
}

}

std::optional<Refusal> find_fault(Snapshot const& snapshot)
{
    for (Node const& node : snapshot.nodes)
        if (auto rule = node_fault(node, snapshot.nodes.size())) return Refusal{node.name, *rule};
    if (auto refusal = root_fault(snapshot.nodes)) return refusal;
    if (auto refusal = cycle_fault(snapshot.nodes)) return refusal;
    for (Evse const& evse : snapshot.evses)
        if (auto rule = evse_fault(evse, snapshot.nodes.size())) return Refusal{evse.name, *rule};
    return std::nullopt;
}

}
