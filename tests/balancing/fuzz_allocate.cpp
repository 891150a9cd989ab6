// Any snapshot, sensible or not: it is refused, or the plan is safe, its reasons are true, and
// asking again gives the same.
#include "balancing/allocate.hpp"
#include "tests/balancing/plan_check.hpp"

#include <cstdio>
#include <cstdlib>
#include <fuzzer/FuzzedDataProvider.h>
#include <limits>

namespace {

using namespace balancing;

// Mostly numbers as installations have them, sometimes any number.
Milliampere any_current(FuzzedDataProvider& data)
{
    if (data.ConsumeIntegralInRange(0, 15) != 0)
        return {data.ConsumeIntegralInRange<std::int64_t>(0, 100'000)};
    if (data.ConsumeBool())
        return {data.ConsumeIntegralInRange<std::int64_t>(0, greatest_current.value)};
    return {data.ConsumeIntegral<std::int64_t>()};
}

PerLine any_currents(FuzzedDataProvider& data)
{
    PerLine currents = on_all_lines(any_current(data));
    if (data.ConsumeBool())
        for (Milliampere& current : currents) current = any_current(data);
    return currents;
}

// One more than the greatest index, so that unknown nodes occur too.
std::size_t any_node(FuzzedDataProvider& data, std::size_t count)
{
    return data.ConsumeIntegralInRange<std::size_t>(0, count);
}

Node any_tree_node(FuzzedDataProvider& data, std::size_t index, std::size_t count)
{
    Node node;
    if (data.ConsumeIntegralInRange(0, 15) == 0) {
        if (data.ConsumeBool()) node.parent = any_node(data, count);
    } else if (index > 0) {
        node.parent = data.ConsumeIntegralInRange<std::size_t>(0, index - 1);
    }
    node.limit = any_currents(data);
    if (data.ConsumeBool()) node.other_load = any_currents(data);
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

Evse any_evse(FuzzedDataProvider& data, std::size_t nodes)
{
    Evse evse;
    evse.node = data.ConsumeIntegralInRange(0, 31) == 0
                    ? any_node(data, nodes)
                    : data.ConsumeIntegralInRange<std::size_t>(0, nodes - 1);
    unsigned const lines = data.ConsumeIntegralInRange<unsigned>(0, 31);
    for (std::size_t line = 0; line < line_count; ++line)
        evse.lines[line] = lines > 7 || ((lines >> line) & 1U) != 0;
    if (data.ConsumeBool()) evse.min = any_current(data);
    evse.max = any_current(data);
    evse.quantum = data.ConsumeBool() ? Milliampere{100}
                                      : Milliampere{data.ConsumeIntegralInRange<std::int64_t>(
                                            0, greatest_quantum.value + 1)};
    evse.weight = any_weight(data);
    if (data.ConsumeIntegralInRange(0, 7) == 0) evse.reserved = any_current(data);
    return evse;
}

Snapshot any_snapshot(FuzzedDataProvider& data)
{
    Snapshot snapshot;
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
    FuzzedDataProvider data(bytes, size);
    Snapshot const snapshot = any_snapshot(data);
    auto const answer = allocate(snapshot);
    if (answer != allocate(snapshot)) demand("the same snapshot gave two answers");
    if (auto const* plan = std::get_if<Plan>(&answer)) {
        demand(balancing_test::safety_fault(snapshot, *plan));
        demand(balancing_test::reason_fault(snapshot, *plan));
    }
    return 0;
}
