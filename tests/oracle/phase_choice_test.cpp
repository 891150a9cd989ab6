// Which modes choose_modes() finds, against every combination there is.
#include "balancing/phase_choice.hpp"
#include "tests/oracle/describe.hpp"
#include "tests/oracle/model.hpp"
#include "tests/oracle/random_snapshot.hpp"
#include "tests/oracle/runs.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

using namespace oracle;
using balancing::ampere;
using balancing::Grid;
using balancing::Mode;
using balancing::Snapshot;

namespace {

// Shares nearer than this are equal (they differ by the last nanoamperes).
constexpr double alike_within_a = 1e-6;
// The document's target for the smallest share.
constexpr double target = 0.995;

// What a choice of modes is worth, in the order of phase_choice.hpp.
struct Worth {
    std::vector<bool> admitted{};
    int drops = 0;                 // cars that leave three phases
    std::vector<double> shares{};  // current / weight x phases chosen / present phases, ascending
    double total = 0;              // amperes, summed over the phases
};

std::string in_words(Worth const& worth)
{
    std::string words;
    for (bool const admitted : worth.admitted) words += admitted ? '1' : '0';
    words += ", " + std::to_string(worth.drops) + " drops, shares";
    for (double const share : worth.shares) words += " " + std::to_string(share);
    return words;
}

bool is_better(Worth const& a, Worth const& b)
{
    if (a.admitted != b.admitted) return a.admitted > b.admitted;
    if (a.drops != b.drops) return a.drops < b.drops;
    for (std::size_t i = 0; i < a.shares.size(); ++i)
        if (std::abs(a.shares[i] - b.shares[i]) > alike_within_a) return a.shares[i] > b.shares[i];
    return false;
}

class Judge {
public:
    explicit Judge(Snapshot const& snapshot) : present_(snapshot), trial_(snapshot) {}

    Worth of(std::vector<Mode> const& modes)
    {
        balancing::set_modes(trial_, modes);
        REQUIRE_FALSE(allocator_.allocate(trial_, plan_));
        Worth worth;
        for (std::size_t i = 0; i < modes.size(); ++i) {
            auto const& evse = present_.evses[i];
            double const amperes = plan_.evses[i].limit.amperes();
            int const before = wires_of(present_.grid, evse).count();
            int const after = wires_of(present_.grid, trial_.evses[i]).count();
            worth.admitted.push_back(amperes > 0);
            worth.drops += evse.phases == 3 && modes[i].phases == 1 ? 1 : 0;
            worth.shares.push_back(amperes / evse.weight * after / before);
            worth.total += amperes * after;
        }
        std::sort(worth.shares.begin(), worth.shares.end());
        return worth;
    }

private:
    Snapshot const& present_;
    Snapshot trial_;
    balancing::Allocator allocator_;
    balancing::Plan plan_;
};

Worth best_of_all(Snapshot const& snapshot, std::size_t& combinations)
{
    std::vector<std::vector<Mode>> modes;
    std::vector<Mode> now;
    for (auto const& evse : snapshot.evses) {
        modes.push_back(balancing::modes_of(snapshot.grid, evse));
        now.push_back(modes.back().front());
    }
    Judge judge(snapshot);
    Worth best = judge.of(now);
    combinations = 1;
    // Counts through all combinations like a mileage meter, one wheel per EVSE.
    std::vector<std::size_t> wheel(modes.size());
    for (std::size_t turned = 0; turned < wheel.size();) {
        if (++wheel[turned] == modes[turned].size()) {
            wheel[turned] = 0;
            now[turned] = modes[turned].front();
            ++turned;
            continue;
        }
        now[turned] = modes[turned][wheel[turned]];
        turned = 0;
        ++combinations;
        Worth worth = judge.of(now);
        if (is_better(worth, best)) best = std::move(worth);
    }
    return best;
}

// Random places with 2 to 7 cars whose mode is free, and up to 4 others.
Snapshot random_choice(std::uint64_t seed, Grid grid, bool three_phase_ones)
{
    Recipe recipe;
    recipe.grid = grid;
    recipe.most_nodes = 5;
    recipe.most_cars = 1;
    recipe.caps = false;
    recipe.reservations = false;
    recipe.tiers = false;
    recipe.in_order_percent = 0;
    Snapshot snapshot = random_snapshot(seed, recipe);
    Dice dice(seed + 1);
    auto const free = dice.whole(2, 7);
    auto const cars = free + dice.whole(0, 4);
    bool const rotated = dice.percent(50);  // the wiring, from one station to the next
    for (auto& node : snapshot.nodes) {
        node = balancing::Node{.name = node.name, .parent = node.parent};
        for (auto& line : node.rating) line = ampere(cars * dice.whole(2, 7) + 8);
        if (dice.percent(60)) node.rating = balancing::on_all_lines(node.rating[0]);
    }
    auto const one = snapshot.evses.front();
    snapshot.evses.clear();
    for (std::int64_t i = 0; i < cars; ++i) {
        auto evse = one;
        evse.name = "P" + std::to_string(i);
        evse.node = static_cast<std::size_t>(
            dice.whole(0, static_cast<std::int64_t>(snapshot.nodes.size()) - 1));
        evse.terminals = {};
        for (std::size_t k = 0; k < 3; ++k)
            evse.terminals.line[k] = static_cast<std::uint8_t>(
                rotated ? (k + static_cast<std::size_t>(i)) % 3 : k);
        evse.min = ampere(6);
        evse.max.station = ampere(dice.percent(50) ? 32 : dice.whole(10, 32));
        evse.weight = dice.percent(70) ? 1 : static_cast<double>(dice.whole(1, 3));
        evse.it_three_phase = balancing::ItThreePhase::two_leg;
        bool const three = three_phase_ones && dice.percent(40);
        evse.phases = three ? 3 : 1;
        if (i < free) {
            evse.may_choose_line = !three || dice.percent(50);
            evse.may_drop_to_one_phase = three;
        }
        snapshot.evses.push_back(evse);
    }
    return snapshot;
}

struct Score {
    double instances = 0;
    double optimal = 0;
    double smallest = 0;  // sum of ratios
    double least_ratio = 1;
    std::uint64_t worst_seed = 0;
    double total = 0;
    std::size_t combinations = 0;
};

void score(std::uint64_t seed, Snapshot const& snapshot, Score& sum)
{
    if (is_replay()) MESSAGE(describe(snapshot));
    std::size_t combinations = 0;
    Worth const best = best_of_all(snapshot, combinations);
    balancing::Allocator allocator;
    auto const chosen = balancing::choose_modes(snapshot, allocator, {});
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        auto const allowed = balancing::modes_of(snapshot.grid, snapshot.evses[i]);
        CHECK(std::find(allowed.begin(), allowed.end(), chosen[i]) != allowed.end());
    }
    Worth const found = Judge(snapshot).of(chosen);
    CHECK_FALSE(is_better(found, best));
    sum.instances += 1;
    sum.combinations += combinations;
    sum.optimal += is_better(best, found) ? 0 : 1;
    // Whoever admits others than the best has missed altogether.
    double ratio = found.admitted == best.admitted ? 1 : 0;
    if (ratio > 0 && best.shares.front() > 0) ratio = found.shares.front() / best.shares.front();
    sum.smallest += ratio;
    if (ratio < sum.least_ratio) {
        sum.least_ratio = ratio;
        sum.worst_seed = seed;
    }
    sum.total += best.total > 0 ? found.total / best.total : 1;
    if (is_replay()) MESSAGE("found ", in_words(found), ", best ", in_words(best));
}

void score_all(std::string const& name, Grid grid, bool three_phase_ones, std::uint64_t first)
{
    constexpr std::size_t instances = 300;
    Score sum;
    for (auto const seed : seeds(first, instances)) {
        CAPTURE(seed);
        score(seed, random_choice(seed, grid, three_phase_ones), sum);
    }
    MESSAGE(name, ": ", sum.instances, " instances, ", sum.combinations, " combinations; best in ",
        100 * sum.optimal / sum.instances, " %; of the best smallest share ",
        100 * sum.smallest / sum.instances, " % (worst instance ", 100 * sum.least_ratio,
        " %, seed ", sum.worst_seed, "), of its total current ", 100 * sum.total / sum.instances,
        " %");
    CHECK(sum.smallest / sum.instances >= target);
    CHECK(sum.total / sum.instances >= target);
}

}

TEST_CASE("Lines chosen for one-phase cars give the smallest share within 0.5 % of the best")
{
    score_all("TN, one-phase cars", Grid::tn, false, 7'000'000);
    score_all("IT, one-phase cars", Grid::it, false, 7'100'000);
}

TEST_CASE(
    "Modes chosen for one- and three-phase cars give the smallest share within 0.5 % of the best")
{
    score_all("TN, cars on one and three phases", Grid::tn, true, 7'200'000);
    score_all("IT, cars on one pair and two legs", Grid::it, true, 7'300'000);
}
