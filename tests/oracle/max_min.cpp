#include "tests/oracle/max_min.hpp"

#include "tests/oracle/lp.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>

namespace oracle {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
// A car that could rise by less than this alone is blocked.
constexpr double blocked_within = 1e-7;
// By how much fixed currents (A) and levels (also of themselves) may give way, so that rounding and
// GLPK's tolerances do not make a program infeasible; more only where the first is not enough.
constexpr double give = 5e-9;
constexpr double level_gives[] = {2e-8, 1e-7, 5e-7};
// Tangents have settled when no bent row is over by more than this, in nA, or the optimum no longer
// moves (GLPK lets rows of 100 A pass that are over by some 10 nA).
constexpr Nano settled_within = 0.2L;
constexpr double steady_within = 1e-10;
constexpr int most_tangents = 80;

bool has_reached(double level, double goal) { return level + level_gives[0] * (1 + level) >= goal; }

double amperes(Nano nano) { return static_cast<double>(nano / nano_per_ampere); }

// One tier's programs. Columns: the current of each EVSE, then the common level.
class Programs {
public:
    // `base`: everybody's least current now; `top`: the most; both in nA.
    Programs(Model const& model, std::vector<Nano> base, std::vector<Nano> top)
        : model_(model), base_(std::move(base)), top_(std::move(top)), level_(model.size())
    {
        for (std::size_t i = 0; i < model.size(); ++i) lp_.add_column(0, 0);
        lp_.add_column(0, 0);
        for (std::size_t i = 0; i < model.size(); ++i) {
            std::vector<double> above_level(model.size() + 1);
            above_level[i] = 1 / model.cars[i].weight;
            above_level[level_] = -1;
            rise_rows_.push_back(lp_.add_row(above_level, -infinity, infinity));
        }
        for (Row const& row : model.rows) add_row(row);
    }

    std::size_t level_column() const { return level_; }
    std::size_t solved() const { return lp_.solved(); }
    void bound(std::size_t column, double low, double high) { lp_.set_column(column, low, high); }

    // Whether the car's current is at least weight x level.
    void let_rise(std::size_t car, bool rising)
    {
        lp_.set_row(rise_rows_[car], rising ? 0 : -infinity, infinity);
    }

    // The greatest value of the column. `at` gives the currents that go with a value: the lowest
    // allowed ones, since lower currents never need more room.
    template <class At>
    std::optional<double> maximise(std::size_t column, At at, double from)
    {
        retouch_folded(at(from));
        std::optional<double> best;
        for (int round = 0; round < most_tangents; ++round) {
            auto const value = lp_.maximise(column);
            if (!value) return {};
            bool const steady = best && std::abs(*value - *best) < steady_within;
            best = value;
            bool const touched = touch(at(*value));
            if (steady || (!touched && folded_.empty())) return best;
        }
        return {};
    }

    // Only meaningful right after maximise(): could the car get more than `current` with what the
    // last program found?
    bool rose(std::size_t car, double current) const
    {
        return bent_.empty() && folded_.empty() && lp_.value(car) > current + blocked_within;
    }

private:
    struct Folded {
        Row const* row;
        std::size_t tangent;
    };

    void add_row(Row const& row)
    {
        Nano const room = capacity(row);
        if (value_of(model_, row, top_) <= room) return;
        if (!row.bent) {
            auto coefficients = slope_of(model_, row, base_);
            coefficients.push_back(0);
            lp_.add_row(coefficients, -infinity, amperes(room));
        } else if (is_convex(model_, row, top_)) {
            bent_.push_back(&row);
            add_tangent(row, top_);
        } else {
            folded_.push_back({&row, add_tangent(row, top_)});
        }
    }

    // Where reservations or other load alone are too much, nobody may add to the row.
    Nano capacity(Row const& row) const
    {
        return std::max(row.capacity, value_of(model_, row, base_));
    }

    std::vector<double> tangent_at(Row const& row, std::vector<Nano> const& at) const
    {
        auto coefficients = slope_of(model_, row, at);
        coefficients.push_back(0);
        return coefficients;
    }

    // The law is homogeneous, so the tangent plane goes through the origin: slope x current <=
    // capacity.
    std::size_t add_tangent(Row const& row, std::vector<Nano> const& at)
    {
        return lp_.add_row(tangent_at(row, at), -infinity, amperes(capacity(row)));
    }

    void retouch_folded(std::vector<Nano> const& at)
    {
        for (Folded const& folded : folded_)
            if (value_of(model_, *folded.row, at) > 0)
                lp_.set_coefficients(folded.tangent, tangent_at(*folded.row, at));
    }

    // Adds the tangents that `at` needs; false if it needs none.
    bool touch(std::vector<Nano> const& at)
    {
        bool touched = false;
        auto const is_over = [&](Row const& row) {
            Nano const room = capacity(row);
            return value_of(model_, row, at) > room + settled_within;
        };
        for (Row const* row : bent_) {
            if (!is_over(*row)) continue;
            add_tangent(*row, at);
            touched = true;
        }
        for (Folded const& folded : folded_) touched = touched || is_over(*folded.row);
        retouch_folded(at);
        return touched;
    }

    Model const& model_;
    std::vector<Nano> base_;
    std::vector<Nano> top_;
    std::size_t level_;
    Lp lp_;
    std::vector<std::size_t> rise_rows_;
    std::vector<Row const*> bent_;  // convex: each tangent holds for good
    std::vector<Folded> folded_;    // not convex: one tangent, moved along
};

// Fills one tier. `members` rise from `current`, which becomes the result; all others stay.
class Tier {
public:
    Tier(Model const& model, std::vector<Nano>& current, std::vector<Nano> const& top,
        std::vector<std::size_t> const& members)
        : model_(model), current_(current), programs_(model, current, top)
    {
        for (std::size_t i = 0; i < model.size(); ++i) fix(i, current[i]);
        for (std::size_t const i : members) {
            if (model.cars[i].most > current[i]) rising_.insert(i);
        }
    }

    bool fill()
    {
        for (std::size_t const i : rising_) {
            programs_.let_rise(i, true);
            programs_.bound(i, lowest(i, 0), amperes(model_.cars[i].most));
        }
        double level = 0;
        while (!rising_.empty()) {
            double cap = infinity;
            for (std::size_t const i : rising_) cap = std::min(cap, level_of_most(i));
            auto const reached = raise(level, std::max(cap, level));
            if (!reached) return false;
            level = std::max(level, *reached);
            if (has_reached(level, cap))
                settle_capped(level);
            else if (!settle_blocked(level))
                return false;
        }
        return true;
    }

    std::size_t solved() const { return programs_.solved(); }

private:
    double level_of_most(std::size_t i) const
    {
        return amperes(model_.cars[i].most) / model_.cars[i].weight;
    }

    double lowest(std::size_t i, double level) const
    {
        double const most = amperes(model_.cars[i].most);
        return std::min(most, std::max(amperes(current_[i]), model_.cars[i].weight * level));
    }

    std::vector<Nano> all_at(double level) const
    {
        auto at = current_;
        for (std::size_t const i : rising_)
            at[i] = static_cast<Nano>(lowest(i, level)) * nano_per_ampere;
        return at;
    }

    void fix(std::size_t i, Nano at)
    {
        double const fixed = amperes(at);
        programs_.let_rise(i, false);
        programs_.bound(i, std::max(0.0, fixed - give), fixed);
    }

    void settle(std::size_t i, double at)
    {
        auto const& car = model_.cars[i];
        current_[i] = std::clamp(static_cast<Nano>(at) * nano_per_ampere, car.least, car.most);
        fix(i, current_[i]);
        rising_.erase(i);
    }

    // The greatest value of the column with the level between `low` and `high`.
    template <class At>
    std::optional<double> maximise(std::size_t column, At at, double from, double low, double high)
    {
        for (double const level_give : level_gives) {
            programs_.bound(
                programs_.level_column(), std::max(0.0, low - level_give * (1 + low)), high);
            if (auto const value = programs_.maximise(column, at, from)) return value;
        }
        return {};
    }

    // How far all that still rise can do so together.
    std::optional<double> raise(double level, double cap)
    {
        return maximise(
            programs_.level_column(), [&](double t) { return all_at(t); }, level, level, cap);
    }

    // How far the car could rise if all others that still rise stay at the level.
    std::optional<double> alone(std::size_t i, double level)
    {
        programs_.bound(i, lowest(i, level) - give, amperes(model_.cars[i].most));
        auto const at = [&](double current) {
            auto all = all_at(level);
            all[i] = static_cast<Nano>(std::max(current, lowest(i, level))) * nano_per_ampere;
            return all;
        };
        return maximise(i, at, lowest(i, level), level, level);
    }

    void settle_capped(double level)
    {
        auto const rising = rising_;
        for (std::size_t const i : rising)
            if (has_reached(level, level_of_most(i))) settle(i, amperes(model_.cars[i].most));
    }

    bool settle_blocked(double level)
    {
        auto unseen = rising_;
        std::vector<std::size_t> blocked;
        std::size_t tightest = *rising_.begin();
        double least_gain = infinity;
        while (!unseen.empty()) {
            std::size_t const i = *unseen.begin();
            unseen.erase(unseen.begin());
            auto const most = alone(i, level);
            if (!most) return false;
            double const gain = *most - lowest(i, level);
            if (gain < least_gain) least_gain = gain, tightest = i;
            if (gain <= blocked_within) blocked.push_back(i);
            std::erase_if(unseen, [&](auto j) { return programs_.rose(j, lowest(j, level)); });
        }
        // The level stopped, so somebody is blocked; within rounding it is the one nearest to it.
        if (blocked.empty() && least_gain < infinity) blocked.push_back(tightest);
        for (std::size_t const i : blocked) settle(i, lowest(i, level));
        return true;
    }

    Model const& model_;
    std::vector<Nano>& current_;
    Programs programs_;
    std::set<std::size_t> rising_;
};

// Who is served together: a tier, or one car where the queue is served in order. In queue order.
std::vector<std::vector<std::size_t>> groups_of(Model const& model)
{
    std::map<std::pair<int, std::size_t>, std::vector<std::size_t>> groups;
    for (std::size_t i = 0; i < model.size(); ++i) {
        Car const& car = model.cars[i];
        if (!car.reserved && !car.off()) groups[{car.tier, model.in_order ? i : 0}].push_back(i);
    }
    std::vector<std::vector<std::size_t>> in_turn;
    in_turn.reserve(groups.size());
    for (auto const& [key, group] : groups) in_turn.push_back(group);
    return in_turn;
}

// Greedy in queue order at the minima. A car that needs nothing is never refused.
std::vector<std::size_t> admit(Model const& model, std::vector<std::size_t> const& group,
    std::vector<Nano>& current, std::span<Nano const> planned, Shares& shares)
{
    std::vector<std::size_t> members;
    for (std::size_t const i : group) {
        current[i] = model.cars[i].least;
        auto fit = current[i] > 0 ? fits(model, i, current) : Fit::yes;
        if (fit == Fit::too_close_to_tell) {
            ++shares.too_close;
            fit = planned[i] > 0 ? Fit::yes : Fit::no;
        }
        if (fit == Fit::yes) {
            members.push_back(i);
            shares.admitted[i] = true;
        } else {
            current[i] = 0;
        }
    }
    return members;
}

}

Shares share_out(Model const& model, std::span<Nano const> planned)
{
    Shares shares;
    shares.admitted.resize(model.size());
    shares.amperes.resize(model.size());
    std::vector<Nano> current(model.size());
    for (std::size_t i = 0; i < model.size(); ++i) {
        if (model.cars[i].reserved) current[i] = model.cars[i].least;
        shares.amperes[i] = amperes(current[i]);
    }
    for (auto const& group : groups_of(model)) {
        auto const members = admit(model, group, current, planned, shares);
        auto top = current;
        for (std::size_t const i : members) top[i] = model.cars[i].most;
        Tier tier(model, current, top, members);
        if (!tier.fill()) shares.failed = true;
        shares.solved += tier.solved();
        for (std::size_t const i : members) {
            shares.amperes[i] = amperes(current[i]);
            current[i] = planned[i];
        }
    }
    return shares;
}

}
