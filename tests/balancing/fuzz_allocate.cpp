// Any snapshot, sensible or not: it is refused, or the plan is safe, its reasons are true, nothing
// is left over, and asking again, also a used allocator, gives the same.
#include "balancing/allocate.hpp"
#include "tests/balancing/plan_check.hpp"

#include <cstdio>
#include <cstdlib>
#include <fuzzer/FuzzedDataProvider.h>
#include <limits>
#include <string>

namespace {

using namespace balancing;

// Mostly numbers as installations have them, sometimes any number.
Current any_current(FuzzedDataProvider& data)
{
    switch (data.ConsumeIntegralInRange(0, 15)) {
    case 0: return {data.ConsumeIntegral<std::int64_t>()};
    case 1: return {data.ConsumeIntegralInRange<std::int64_t>(0, greatest_current.nanoamperes)};
    case 2: return {data.ConsumeIntegralInRange<std::int64_t>(0, ampere(100).nanoamperes)};
    default: return milliampere(100 * data.ConsumeIntegralInRange<std::int64_t>(0, 1000));
    }
}

Current any_evse_current(FuzzedDataProvider& data)
{
    if (data.ConsumeIntegralInRange(0, 15) == 0) return any_current(data);
    return milliampere(100 * data.ConsumeIntegralInRange<std::int64_t>(0, 400));
}

PerLine any_currents(FuzzedDataProvider& data)
{
    PerLine currents = on_all_lines(any_current(data));
    if (data.ConsumeBool())
        for (Current& current : currents) current = any_current(data);
    return currents;
}

Seconds any_moment(FuzzedDataProvider& data)
{
    if (data.ConsumeIntegralInRange(0, 15) == 0)
        return Seconds{data.ConsumeIntegral<std::int64_t>()};
    return Seconds{data.ConsumeIntegralInRange<std::int64_t>(-3600, 3600)};
}

// One more than the greatest index, so that unknown nodes occur too.
std::size_t any_node(FuzzedDataProvider& data, std::size_t count)
{
    return data.ConsumeIntegralInRange<std::size_t>(0, count);
}

TimedLimit any_timed(FuzzedDataProvider& data)
{
    TimedLimit timed;
    timed.source = data.ConsumeBool() ? LimitSource::schedule : LimitSource::temporary;
    timed.limit = any_currents(data);
    if (data.ConsumeBool()) timed.from = any_moment(data);
    if (data.ConsumeBool()) timed.until = any_moment(data);
    return timed;
}

Node any_tree_node(FuzzedDataProvider& data, std::size_t index, std::size_t count)
{
    Node node;
    if (data.ConsumeIntegralInRange(0, 15) == 0) {
        if (data.ConsumeBool()) node.parent = any_node(data, count);
    } else if (index > 0) {
        node.parent = data.ConsumeIntegralInRange<std::size_t>(0, index - 1);
    }
    node.rating = any_currents(data);
    if (data.ConsumeBool()) node.other_load = any_currents(data);
    switch (data.ConsumeIntegralInRange(0, 7)) {
    case 0: node.factor = data.ConsumeFloatingPoint<double>(); break;
    case 1: node.factor = data.ConsumeProbability<double>(); break;
    case 2: node.timed.push_back(any_timed(data)); break;
    case 3: node.asymmetry = any_current(data); break;
    case 4:
        node.energy.emplace();
        node.energy->cap_wh = data.ConsumeIntegralInRange<std::int64_t>(-1, 1'000'000'001);
        node.energy->used_wh = data.ConsumeIntegralInRange<std::int64_t>(-1, 20'000);
        node.energy->hour_ends = any_moment(data);
        break;
    default: break;
    }
    return node;
}

double any_weight(FuzzedDataProvider& data)
{
    switch (data.ConsumeIntegralInRange(0, 7)) {
    case 0: return data.ConsumeFloatingPoint<double>();
    case 1:
        return data.ConsumeFloatingPointInRange(std::numeric_limits<double>::denorm_min(), 1e300);
    case 2: return data.ConsumeIntegralInRange(1, 100);
    default: return 1;
    }
}

void draw_wiring(FuzzedDataProvider& data, Evse& evse)
{
    for (std::uint8_t& line : evse.terminals.line)
        line = static_cast<std::uint8_t>((line + data.ConsumeIntegralInRange(0, 31) / 30) % 4);
    auto const turns = data.ConsumeIntegralInRange<std::size_t>(0, 2);
    for (std::size_t turn = 0; turn < turns; ++turn)
        for (std::uint8_t& line : evse.terminals.line)
            line = static_cast<std::uint8_t>(line < line_count ? (line + 1) % line_count : line);
    if (data.ConsumeBool()) evse.terminals.count = data.ConsumeIntegralInRange<std::uint8_t>(0, 4);
    evse.phases = data.ConsumeIntegralInRange(-1, 4);
    evse.it_three_phase = static_cast<ItThreePhase>(data.ConsumeIntegralInRange(0, 3));
}

Evse any_evse(FuzzedDataProvider& data, std::size_t nodes)
{
    Evse evse;
    evse.node = data.ConsumeIntegralInRange(0, 31) == 0
                    ? any_node(data, nodes)
                    : data.ConsumeIntegralInRange<std::size_t>(0, nodes - 1);
    draw_wiring(data, evse);
    if (data.ConsumeBool()) evse.min = any_evse_current(data);
    evse.max.station = any_evse_current(data);
    if (data.ConsumeBool()) evse.max.car = any_evse_current(data);
    switch (data.ConsumeIntegralInRange(0, 3)) {
    case 0: evse.quantum = milliampere(100); break;
    case 1:
        evse.quantum.nanoamperes = data.ConsumeIntegralInRange<std::int64_t>(
            0, greatest_quantum.nanoamperes + 1);
        break;
    case 2: evse.quantum_w = data.ConsumeIntegralInRange<std::int64_t>(-1, 100'001); break;
    default: break;
    }
    evse.weight = any_weight(data);
    evse.tier = data.ConsumeBool() ? 0 : data.ConsumeIntegralInRange(-2, 2);
    if (data.ConsumeIntegralInRange(0, 7) == 0) evse.reserved = any_evse_current(data);
    if (data.ConsumeBool()) evse.session.yields = any_moment(data);
    return evse;
}

Snapshot any_snapshot(FuzzedDataProvider& data)
{
    Snapshot snapshot;
    snapshot.grid = data.ConsumeBool() ? Grid::tn : Grid::it;
    if (data.ConsumeIntegralInRange(0, 15) == 0)
        snapshot.power_factor = data.ConsumeFloatingPoint<double>();
    else
        snapshot.power_factor = data.ConsumeFloatingPointInRange(least_power_factor, 1.0);
    snapshot.now = any_moment(data);
    if (data.ConsumeIntegralInRange(0, 3) == 0) snapshot.sharing = Sharing::in_order;
    std::size_t const nodes = data.ConsumeIntegralInRange<std::size_t>(1, 10);
    for (std::size_t index = 0; index < nodes; ++index)
        snapshot.nodes.push_back(any_tree_node(data, index, nodes));
    std::size_t const evses = data.ConsumeIntegralInRange<std::size_t>(0, 20);
    for (std::size_t index = 0; index < evses; ++index)
        snapshot.evses.push_back(any_evse(data, nodes));
    return snapshot;
}

void demand(balancing_test::Fault const& fault)
{
    if (!fault) return;
    std::fprintf(stderr, "%s\n", fault->c_str());
    std::abort();
}

}

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size)
{
    static Allocator used;
    FuzzedDataProvider data(bytes, size);
    Snapshot const snapshot = any_snapshot(data);
    auto const answer = allocate(snapshot);
    Plan again;
    auto const refusal = used.allocate(snapshot, again);
    if (auto const* plan = std::get_if<Plan>(&answer)) {
        if (refusal || again != *plan) demand("the same snapshot gave two answers");
        demand(balancing_test::safety_fault(snapshot, *plan));
        demand(balancing_test::reason_fault(snapshot, *plan));
        demand(balancing_test::leftover_fault(snapshot, *plan));
    } else if (refusal != std::get<Refusal>(answer)) {
        demand("the same snapshot was refused for two reasons");
    }
    return 0;
}
