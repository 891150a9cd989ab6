#include "balancing/explain.hpp"

#include <algorithm>
#include <tuple>

namespace balancing {
namespace {

struct NamedMaximum {
    Current value;
    Maximum name;
};

// Which maximum it is that binds; of equal ones the first.
Reason maximum_reason(ReasonKind kind, Maxima const& max)
{
    Reason reason;
    reason.kind = kind;
    if (kind == ReasonKind::own_maximum &&
        max.reclaimed < std::min({max.station, max.cable, max.car, max.asked}))
        reason.kind = ReasonKind::reclaimed;
    std::array const all{NamedMaximum{max.station, Maximum::station},
        NamedMaximum{max.cable, Maximum::cable}, NamedMaximum{max.car, Maximum::car},
        NamedMaximum{max.asked, Maximum::asked}};
    reason.maximum = std::min_element(all.begin(), all.end(), [](auto const& a, auto const& b) {
        return a.value < b.value;
    })->name;
    return reason;
}

Reason reason_at(ReasonKind kind, Place place, Outcome const& outcome)
{
    Reason reason;
    reason.kind = kind;
    reason.node = outcome.tree.node_at(place.node);
    reason.line = line_of(place.row);
    reason.source = source_of(outcome.rows[place.node], place.row);
    reason.left = outcome.account.left(place);
    return reason;
}

// What ended the rise of an admitted car, by the account after the whole plan.
Reason rise_reason(std::size_t index, Outcome const& outcome)
{
    Car const& car = outcome.cars[index];
    Maxima const& max = outcome.snapshot.evses[index].max;
    if (car.current == car.most) return maximum_reason(ReasonKind::own_maximum, max);
    // A rise below the maximum ends only where a quantum does not fit, and rows only get fuller.
    auto const full = outcome.account.nearest_short_of(car.node, car.loading, {car.quantum});
    return full ? reason_at(ReasonKind::line, *full, outcome)
                : maximum_reason(ReasonKind::own_maximum, max);
}

Reason reason_of(std::size_t index, Outcome const& outcome)
{
    Admission const& admission = outcome.admissions[index];
    switch (admission.standing) {
    case Standing::reserved: return {.kind = ReasonKind::reserved};
    case Standing::switched_off:
        return maximum_reason(ReasonKind::switched_off, outcome.snapshot.evses[index].max);
    case Standing::no_room: return reason_at(ReasonKind::no_room, admission.obstacle, outcome);
    case Standing::waiting: return reason_at(ReasonKind::waiting, admission.obstacle, outcome);
    case Standing::admitted: break;
    }
    return rise_reason(index, outcome);
}

}

void Explainer::explain(Outcome const& outcome, Plan& plan)
{
    waiting_.clear();
    waiting_.reserve(outcome.cars.size());
    yields_.reserve(outcome.cars.size());
    turns_.reserve(outcome.cars.size());
    plan.evses.resize(outcome.cars.size());
    for (std::uint32_t const index : outcome.queue) {
        Car const& car = outcome.cars[index];
        Evse const& evse = outcome.snapshot.evses[index];
        Grant& grant = plan.evses[index];
        grant.limit = {car.current};
        grant.limit_w.reset();
        if (evse.quantum_w != 0 && !evse.reserved)
            grant.limit_w = car.current / car.quantum * evse.quantum_w;
        grant.loading = car.loading;
        grant.reason = reason_of(index, outcome);
        if (grant.reason.kind != ReasonKind::waiting) continue;
        waiting_.push_back({outcome.admissions[index].obstacle, index});
        grant.reason.queued = waiting_.size();
    }
    expect_turns(outcome, plan);
}

// The k-th that waits at a place gets its turn when the k-th of those that charge there yields.
void Explainer::expect_turns(Outcome const& outcome, Plan& plan)
{
    if (waiting_.empty()) return;
    collect_yields(outcome);
    if (yields_.empty()) return;
    std::sort(waiting_.begin(), waiting_.end(), [&](Waiting const& a, Waiting const& b) {
        auto const queued = [&](Waiting const& one) { return plan.evses[one.car].reason.queued; };
        return std::tuple(a.obstacle.node, a.obstacle.row, queued(a)) <
               std::tuple(b.obstacle.node, b.obstacle.row, queued(b));
    });
    for (std::size_t index = 0, turn = 0; index < waiting_.size(); ++index, ++turn) {
        Place const obstacle = waiting_[index].obstacle;
        if (index == 0 || !(obstacle == waiting_[index - 1].obstacle)) {
            order_turns_at(outcome, obstacle);
            turn = 0;
        }
        if (turn < turns_.size()) plan.evses[waiting_[index].car].reason.turn = turns_[turn];
    }
}

// By node, so that those below a place are in one piece.
void Explainer::collect_yields(Outcome const& outcome)
{
    yields_.clear();
    for (std::size_t index = 0; index < outcome.cars.size(); ++index) {
        auto const& at = outcome.snapshot.evses[index].session.yields;
        if (at && outcome.admissions[index].standing == Standing::admitted)
            yields_.push_back({outcome.cars[index].node, outcome.cars[index].loading, *at});
    }
    std::sort(yields_.begin(), yields_.end(),
        [](Yield const& a, Yield const& b) { return a.node < b.node; });
}

void Explainer::order_turns_at(Outcome const& outcome, Place place)
{
    auto const below = [](Yield const& yield, NodeRank node) { return yield.node < node; };
    auto const first = std::lower_bound(yields_.begin(), yields_.end(), place.node, below);
    auto const last = std::lower_bound(
        first, yields_.end(), outcome.tree.end_of(place.node), below);
    auto const adds = row_channels(LineLaw(outcome.snapshot.grid), place.row).channels;
    turns_.clear();
    for (auto yield = first; yield != last; ++yield)
        if ((yield->loading.channels & adds) != 0) turns_.push_back(yield->at);
    std::sort(turns_.begin(), turns_.end());
}

}
