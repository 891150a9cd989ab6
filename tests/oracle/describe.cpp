#include "tests/oracle/describe.hpp"

#include <algorithm>
#include <iomanip>
#include <sstream>

namespace oracle {
using namespace balancing;

namespace {

std::string text(Current current)
{
    if (current >= greatest_current) return "-";
    std::ostringstream out;
    out << std::setprecision(12) << current.amperes();
    return out.str();
}

std::string text(PerLine const& lines)
{
    return text(lines[0]) + "/" + text(lines[1]) + "/" + text(lines[2]);
}

void describe(Node const& node, Snapshot const& snapshot, std::ostream& out)
{
    out << node.name << " under " << (node.parent ? snapshot.nodes[*node.parent].name : "nothing")
        << ": rating " << text(node.rating) << " x " << node.factor << ", other load "
        << text(node.other_load);
    for (auto const& timed : node.timed)
        if (timed.from <= snapshot.now && snapshot.now < timed.until)
            out << ", now " << text(timed.limit);
    if (node.asymmetry) out << ", asymmetry " << text(*node.asymmetry);
    if (node.energy)
        out << ", " << node.energy->cap_wh - node.energy->used_wh << " Wh in "
            << (node.energy->hour_ends - snapshot.now).count() << " s";
    out << '\n';
}

void describe(Evse const& evse, Snapshot const& snapshot, std::ostream& out)
{
    out << evse.name << " on " << snapshot.nodes[evse.node].name << ": terminals ";
    for (std::size_t k = 0; k < evse.terminals.count; ++k)
        out << 'L' << int{evse.terminals.line[k]} + 1;
    out << ", " << evse.phases << " phases";
    if (snapshot.grid == Grid::it) {
        char const* const ways[] = {"unknown", "off", "two-leg", "delta"};
        out << " (" << ways[static_cast<std::size_t>(evse.it_three_phase)] << ")";
    }
    auto const& max = evse.max;
    out << ", " << text(evse.min) << " to "
        << text(std::min({max.station, max.cable, max.car, max.asked, max.reclaimed})) << " by "
        << text(evse.quantum) << ", weight " << std::setprecision(12) << evse.weight << ", tier "
        << evse.tier;
    if (evse.reserved) out << ", reserved " << text(*evse.reserved);
    out << '\n';
}

}

std::string describe(Snapshot const& snapshot)
{
    std::ostringstream out;
    out << (snapshot.grid == Grid::tn ? "TN" : "IT") << ", power factor " << std::setprecision(12)
        << snapshot.power_factor << (snapshot.sharing == Sharing::fair ? ", fair" : ", in order")
        << '\n';
    for (auto const& node : snapshot.nodes) describe(node, snapshot, out);
    for (auto const& evse : snapshot.evses) describe(evse, snapshot, out);
    return out.str();
}

}
