#include "tools/plan/reason_text.hpp"

#include "balancing/cars.hpp"
#include "tools/plan/decimal.hpp"

#include <algorithm>
#include <chrono>

namespace plan {
namespace {

using balancing::Current;
using balancing::Evse;
using balancing::LimitSource;
using balancing::Maximum;
using balancing::Reason;
using balancing::ReasonKind;

// Less than this is nothing to people.
constexpr Current least_shown = balancing::milliampere(10);

std::string amperes(Current current) { return exact_text(current) + " A"; }

std::string limiter_of(LimitSource source)
{
    switch (source) {
    case LimitSource::rating: return "the fuse";
    case LimitSource::schedule: return "the schedule";
    case LimitSource::temporary: return "the temporary order";
    case LimitSource::asymmetry: return "the asymmetry rule";
    case LimitSource::energy_cap: return "the energy cap of the hour";
    }
    return {};
}

// "the fuse of main, L1"
std::string place_text(balancing::Snapshot const& snapshot, Reason const& reason)
{
    auto const text = limiter_of(reason.source) + " of " + snapshot.nodes[reason.node].name;
    if (reason.source == LimitSource::energy_cap) return text;
    return text + ", L" + std::to_string(reason.line + 1);
}

std::string left_text(Reason const& reason)
{
    if (reason.left < Current{})
        return "it is exceeded by " + short_text(Current{} - reason.left) + " A already";
    if (reason.left < least_shown) return "nothing is left there";
    return short_text(reason.left) + " A is left there";
}

std::string watts(std::int64_t value) { return std::to_string(value) + " W"; }

std::string steps_text(Evse const& evse)
{
    if (evse.quantum_w != 0) return ", in steps of " + watts(evse.quantum_w);
    return evse.quantum == Current{} ? "" : ", in steps of " + amperes(evse.quantum);
}

// "6 A", or "6 A (8 A in steps of 4 A)" where it has to be rounded up.
std::string minimum_text(balancing::Grid grid, Evse const& evse)
{
    auto const quantum = balancing::quantum_of(grid, evse);
    auto const steps = (evse.min.nanoamperes + quantum - 1) / quantum;
    if (steps * quantum == evse.min.nanoamperes) return amperes(evse.min);
    bool const in_watts = evse.quantum_w != 0;
    return amperes(evse.min) + " (" +
           (in_watts ? watts(steps * evse.quantum_w) : amperes({steps * quantum})) +
           " in steps of " + (in_watts ? watts(evse.quantum_w) : amperes(evse.quantum)) + ")";
}

struct NamedMaximum {
    std::string words;
    Current value;
};

NamedMaximum maximum_of(balancing::Maxima const& max, Maximum which)
{
    switch (which) {
    case Maximum::station: return {"its station allows", max.station};
    case Maximum::cable: return {"its cable allows", max.cable};
    case Maximum::car: return {"its car takes", max.car};
    case Maximum::asked: break;
    }
    return {"is asked for", max.asked};
}

std::string maximum_text(Evse const& evse, Reason const& reason)
{
    auto const [words, value] = maximum_of(evse.max, reason.maximum);
    if (value >= balancing::greatest_evse_current) return "Nothing limits it.";
    return "Gets all that " + words + ", " + amperes(value) + steps_text(evse) + ".";
}

std::string off_text(Evse const& evse, Reason const& reason)
{
    auto maximum = maximum_of(evse.max, reason.maximum);
    if (evse.max.reclaimed < maximum.value) maximum = {"it uses", evse.max.reclaimed};
    return "Stays off: what " + maximum.words + ", " + amperes(maximum.value) +
           ", is less than its minimum of " + amperes(evse.min) + steps_text(evse) + ".";
}

// "in 15 min", rounded up to whole minutes.
std::string span_text(balancing::Seconds span)
{
    auto const minutes = std::chrono::ceil<std::chrono::minutes>(span);
    if (minutes.count() <= 0) return "any moment";
    auto const hours = std::chrono::floor<std::chrono::hours>(minutes);
    auto const rest = (minutes - hours).count();
    if (hours.count() == 0) return "in " + std::to_string(rest) + " min";
    return "in " + std::to_string(hours.count()) + " h" +
           (rest == 0 ? "" : " " + std::to_string(rest) + " min");
}

std::string waiting_text(
    balancing::Snapshot const& snapshot, Evse const& evse, Reason const& reason)
{
    auto text = "Waits as number " + std::to_string(reason.queued) +
                " of the queue: its minimum of " + minimum_text(snapshot.grid, evse) +
                " does not fit beside the cars before it, because of " +
                place_text(snapshot, reason) + "; " + left_text(reason) + ".";
    if (reason.turn)
        text += " Its turn is expected " + span_text(*reason.turn - snapshot.now) + ".";
    return text;
}

}

std::string reason_text(
    balancing::Snapshot const& snapshot, balancing::Plan const& plan, std::size_t evse)
{
    auto const& outlet = snapshot.evses[evse];
    auto const& reason = plan.evses[evse].reason;
    switch (reason.kind) {
    case ReasonKind::own_maximum: return maximum_text(outlet, reason);
    case ReasonKind::reclaimed:
        return "Lowered to " + amperes(plan.evses[evse].limit) +
               " because it does not use more; the rest goes to others.";
    case ReasonKind::line:
        return "Limited by " + place_text(snapshot, reason) + ": " + left_text(reason) + ".";
    case ReasonKind::waiting: return waiting_text(snapshot, outlet, reason);
    case ReasonKind::no_room:
        return "Stays off: its minimum of " + minimum_text(snapshot.grid, outlet) +
               " would not fit even if no other car charged, because of " +
               place_text(snapshot, reason) + "; " + left_text(reason) + ".";
    case ReasonKind::reserved: return "Set aside: its station cannot be reached or does not obey.";
    case ReasonKind::switched_off: return off_text(outlet, reason);
    }
    return {};
}

}
