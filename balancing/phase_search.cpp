#include "balancing/phase_search.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <tuple>
#include <utility>

namespace balancing {

namespace {

// With so few cars that have a choice, every switch of one, of two, of three ... of them is tried
// as long as there are plans left: all choices of up to five cars on one of three lines. With more
// cars only what the tightest places let expect something of.
constexpr std::size_t few_cars = 12;

// Of many cars, exchanges are tried between so many of those with the least and the most.
constexpr std::size_t pool_size = 32;

// Of the search's plans one in so many is kept for taking back.
constexpr std::size_t part_kept_back = 4;

// However many EVSEs there are: the present modes, the greedy ones, and a few switches.
constexpr std::size_t fewest_plans = 5;

// By so much the level of one place must exceed another's to make a move from there look promising.
constexpr double promising_ratio = 1.01;

constexpr double no_level = std::numeric_limits<double>::infinity();

std::size_t plan_count(PhaseRules const& rules, std::size_t evses)
{
    return std::min(rules.most_plans, std::max(fewest_plans, rules.most_grants / evses));
}

Snapshot without_quanta(Snapshot snapshot)
{
    for (Evse& evse : snapshot.evses) {
        evse.quantum = Current{};
        evse.quantum_w = 0;
    }
    return snapshot;
}

bool somebody_charges(std::span<FreeCar const> cars)
{
    return std::any_of(cars.begin(), cars.end(), [](FreeCar const& car) { return car.charging; });
}

bool waits(Reason const& reason)
{
    return reason.kind == ReasonKind::waiting || reason.kind == ReasonKind::no_room;
}

}

PhaseSearch::PhaseSearch(Snapshot const& snapshot, std::span<FreeCar const> cars,
    Allocator& allocator, PhaseRules const& rules)
    : present_(snapshot),
      cars_(cars),
      allocator_(&allocator),
      law_(snapshot.grid, snapshot.power_factor),
      least_gain_(rules.least_gain),
      plans_left_(plan_count(rules, snapshot.evses.size())),
      kept_back_(somebody_charges(cars) ? plans_left_ / part_kept_back : 0),
      trial_(without_quanta(snapshot)),
      compare_(trial_, rules.least_gain),
      chosen_(cars.size(), 0),
      power_(snapshot.evses.size(), 1.0)
{
}

ChosenModes PhaseSearch::run()
{
    if (plans_left_ == 0) return chosen_;
    start();
    while (plans_left() && (switch_single_cars() || exchange_modes() || switch_together())) {
    }
    kept_back_ = 0;
    take_back_needless();
    return chosen_;
}

void PhaseSearch::start()
{
    make_plan();
    keep_next();
    present_outcomes_ = outcomes_;
    attempt_all(spread_over_lines(present_, cars_, false, least_gain_));
    if (somebody_charges(cars_)) attempt_all(spread_over_lines(present_, cars_, true, least_gain_));
    if (somebody_waits_) attempt_all(make_room_for_waiting(present_, cars_, chosen_));
}

void PhaseSearch::attempt_all(ChosenModes const& modes)
{
    std::vector<Change> changes;
    for (std::size_t car = 0; car < cars_.size(); ++car)
        if (modes[car] != chosen_[car]) changes.push_back({car, modes[car]});
    if (!changes.empty()) attempt(changes);
}

bool PhaseSearch::switch_single_cars()
{
    struct Move {
        Change change;
        double from;
        double to;
    };
    std::vector<Move> moves;
    find_levels();
    auto const look_at = [&](Change const& change) {
        Loading const now = option(change.car).loading;
        Loading const then = cars_[change.car].options[change.mode].loading;
        return Move{change, level_of(change.car, now, then), level_of(change.car, then, now)};
    };
    auto const promising = [&](Move const& move) {
        auto const& options = cars_[move.change.car].options;
        return options[move.change.mode].power > option(move.change.car).power ||
               move.to > move.from * promising_ratio;
    };
    for (std::size_t car = 0; car < cars_.size(); ++car)
        for (std::size_t mode = 0; mode < cars_[car].options.size(); ++mode)
            if (mode != chosen_[car]) moves.push_back(look_at({car, mode}));
    // From the tightest place to the widest; between equal ones, a change of line before a drop.
    std::stable_sort(moves.begin(), moves.end(), [&](Move const& one, Move const& other) {
        return std::tuple(one.from, -one.to, is_drop(one.change.car, one.change.mode)) <
               std::tuple(other.from, -other.to, is_drop(other.change.car, other.change.mode));
    });
    bool found = false;
    for (Move const& move : moves) {
        auto const [car, mode] = move.change;
        if (!plans_left()) break;
        if (mode == chosen_[car] || (is_drop(car, mode) && !somebody_waits_)) continue;
        if (!is_small() && !promising(found ? look_at(move.change) : move)) continue;
        if (!attempt(std::array{move.change})) continue;
        found = true;
        find_levels();
    }
    return found;
}

bool PhaseSearch::exchange_modes()
{
    std::vector<Situation> situations;
    find_levels();
    for (std::size_t car = 0; car < cars_.size(); ++car)
        situations.push_back({car, level_of(car, option(car).loading)});
    std::stable_sort(situations.begin(), situations.end(),
        [](Situation const& one, Situation const& other) { return one.level < other.level; });
    std::size_t const pool = std::min(pool_size, situations.size());
    for (std::size_t low = 0; low < pool; ++low) {
        for (std::size_t back = 1; back <= pool && plans_left(); ++back) {
            Situation const& poor = situations[low];
            Situation const& rich = situations[situations.size() - back];
            if (!is_small() && rich.level <= poor.level * promising_ratio) break;
            if (are_alike(poor.car, rich.car)) continue;
            Loading const one = option(poor.car).loading;
            Loading const other = option(rich.car).loading;
            auto const poor_mode = mode_with(poor.car, other);
            auto const rich_mode = mode_with(rich.car, one);
            if (one == other || !poor_mode || !rich_mode) continue;
            if (attempt(std::array{Change{poor.car, *poor_mode}, Change{rich.car, *rich_mode}}))
                return true;
        }
    }
    return false;
}

bool PhaseSearch::switch_together()
{
    if (!is_small()) return false;
    std::vector<Change> changes;
    for (std::size_t count = 2; count <= cars_.size() && plans_left(); ++count)
        if (switch_more(0, count, changes)) return true;
    return false;
}

bool PhaseSearch::switch_more(std::size_t first, std::size_t count, std::vector<Change>& changes)
{
    if (count == 0) return attempt(changes);
    // Where nobody waits, a drop can only take the place of another.
    bool const may_drop = somebody_waits_ || somebody_dropped_;
    for (std::size_t car = first; car + count <= cars_.size(); ++car) {
        for (std::size_t mode = 0; mode < cars_[car].options.size(); ++mode) {
            if (mode == chosen_[car] || (is_drop(car, mode) && !may_drop)) continue;
            if (!plans_left()) return false;
            changes.push_back({car, mode});
            bool const found = switch_more(car + 1, count - 1, changes);
            changes.pop_back();
            if (found) return true;
        }
    }
    return false;
}

void PhaseSearch::take_back_needless()
{
    std::vector<std::size_t> switched;
    for (std::size_t car = 0; car < cars_.size(); ++car)
        if (cars_[car].charging && chosen_[car] != 0) switched.push_back(car);
    if (switched.empty()) return;
    best_outcomes_ = outcomes_;
    if (attempt_back(switched)) return;
    unswitched_outcomes_ = next_outcomes_;
    // One that is back may make another's switch needless.
    auto const go_back = [&](std::size_t car) { return attempt_back(std::array{car}); };
    while (plans_left() && std::erase_if(switched, go_back) > 0) {
    }
    for (std::size_t const one : switched)
        for (std::size_t const other : switched) {
            if (!plans_left()) return;
            if (one < other && chosen_[one] != 0 && chosen_[other] != 0)
                attempt_back(std::array{one, other});
        }
}

bool PhaseSearch::attempt(std::span<Change const> changes)
{
    if (!plans_left()) return false;
    bool const at_a_price = std::any_of(
        changes.begin(), changes.end(), [&](Change const& one) { return leaves_present(one); });
    for (Change const& change : changes) set_mode(change);
    make_plan();
    Verdict const verdict = compare_(outcomes_, next_outcomes_);
    if (verdict >= (at_a_price ? Verdict::worth_a_switch : Verdict::better)) {
        for (Change const& change : changes) chosen_[change.car] = change.mode;
        keep_next();
        return true;
    }
    for (Change const& change : changes) set_mode({change.car, chosen_[change.car]});
    return false;
}

bool PhaseSearch::attempt_back(std::span<std::size_t const> cars)
{
    if (!plans_left()) return false;
    for (std::size_t const car : cars) set_mode({car, 0});
    make_plan();
    bool const all_back = unswitched_outcomes_.empty();
    bool const as_good = compare_(next_outcomes_, best_outcomes_) != Verdict::worth_a_switch &&
                         compare_(present_outcomes_, next_outcomes_) != Verdict::worse;
    if (as_good &&
        (all_back || compare_(unswitched_outcomes_, next_outcomes_) == Verdict::worth_a_switch)) {
        for (std::size_t const car : cars) chosen_[car] = 0;
        keep_next();
        return true;
    }
    for (std::size_t const car : cars) set_mode({car, chosen_[car]});
    return false;
}

bool PhaseSearch::leaves_present(Change const& change) const
{
    return cars_[change.car].charging && chosen_[change.car] == 0 && change.mode != 0;
}

void PhaseSearch::set_mode(Change const& change)
{
    FreeCar const& car = cars_[change.car];
    Evse& evse = trial_.evses[car.evse];
    evse.phases = car.options[change.mode].mode.phases;
    evse.terminals = car.options[change.mode].mode.terminals;
    power_[car.evse] = car.options[change.mode].power;
}

void PhaseSearch::make_plan()
{
    --plans_left_;
    // An accepted snapshot stays one in other modes; were it refused, its plan would be empty and
    // count as nobody charging.
    (void)allocator_->allocate(trial_, next_);
    next_outcomes_.assign(trial_.evses.size(), ModeOutcome{});
    for (std::size_t index = 0; index < next_.evses.size(); ++index)
        next_outcomes_[index] = outcome_of(
            next_.evses[index], trial_.evses[index].weight, power_[index]);
}

void PhaseSearch::keep_next()
{
    std::swap(plan_, next_);
    std::swap(outcomes_, next_outcomes_);
    somebody_waits_ = std::any_of(plan_.evses.begin(), plan_.evses.end(),
        [](Grant const& grant) { return waits(grant.reason); });
    somebody_dropped_ = std::any_of(
        outcomes_.begin(), outcomes_.end(), [](ModeOutcome const& one) { return one.dropped; });
}

// A full place has the level at which it filled up: the largest share of those that it stopped,
// unless they are at their minima; and none at all for somebody who waits there.
void PhaseSearch::find_levels()
{
    levels_.assign(trial_.nodes.size() * line_count, no_level);
    auto const each_stopped = [&](auto visit) {
        for (std::size_t index = 0; index < plan_.evses.size(); ++index) {
            auto const& [limit, watts, loading, reason] = plan_.evses[index];
            if (reason.kind != ReasonKind::line || reason.source == LimitSource::energy_cap)
                continue;
            Evse const& evse = trial_.evses[index];
            visit(levels_[reason.node * line_count + reason.line], limit.amperes() / evse.weight,
                limit > evse.min);
        }
    };
    each_stopped([](double& level, double share, bool above_minimum) {
        if (above_minimum) level = level < no_level ? std::max(level, share) : share;
    });
    each_stopped([](double& level, double share, bool above_minimum) {
        if (!above_minimum) level = std::min(level, share);
    });
    for (Grant const& grant : plan_.evses)
        if (waits(grant.reason) && grant.reason.source != LimitSource::energy_cap)
            levels_[grant.reason.node * line_count + grant.reason.line] = 0;
}

double PhaseSearch::level_of(std::size_t car, Loading loading, Loading beside) const
{
    unsigned const touched = law_.lines_of(loading);
    unsigned const common = law_.lines_of(beside);
    unsigned const lines = touched & ~common;
    double lowest = no_level;
    std::optional<std::size_t> node = trial_.evses[cars_[car].evse].node;
    for (; node; node = trial_.nodes[*node].parent)
        for (std::size_t line = 0; line < line_count; ++line)
            if (((lines >> line) & 1U) != 0)
                lowest = std::min(lowest, levels_[*node * line_count + line]);
    return lowest;
}

bool PhaseSearch::is_small() const { return cars_.size() <= few_cars; }

Option const& PhaseSearch::option(std::size_t car) const
{
    return cars_[car].options[chosen_[car]];
}

bool PhaseSearch::is_drop(std::size_t car, std::size_t mode) const
{
    return cars_[car].options[mode].power < option(car).power;
}

// Exchanging two such cars changes nothing.
bool PhaseSearch::are_alike(std::size_t one, std::size_t other) const
{
    Evse const& a = trial_.evses[cars_[one].evse];
    Evse const& b = trial_.evses[cars_[other].evse];
    return a.node == b.node && a.min == b.min && most_of(a.max) == most_of(b.max) &&
           a.tier == b.tier && a.weight >= b.weight && a.weight <= b.weight && !somebody_waits_;
}

std::optional<std::size_t> PhaseSearch::mode_with(std::size_t car, Loading loading) const
{
    for (std::size_t mode = 0; mode < cars_[car].options.size(); ++mode)
        if (cars_[car].options[mode].loading == loading) return mode;
    return std::nullopt;
}

}
