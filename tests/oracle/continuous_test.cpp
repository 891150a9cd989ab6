// The shares before rounding, against the sequence of linear programs.
#include "tests/oracle/checks.hpp"
#include "tests/oracle/max_min.hpp"
#include "tests/oracle/plan_of.hpp"
#include "tests/oracle/random_snapshot.hpp"
#include "tests/oracle/runs.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <sstream>

using namespace oracle;
using balancing::Grid;

namespace {

// The document's target before rounding.
constexpr double target_a = 1e-6;
constexpr std::size_t instances = 15'000;  // of each grid

struct Tally {
    std::size_t instances = 0;
    std::size_t cars = 0;
    std::size_t between = 0;  // cars that got more than the minimum and less than the maximum
    std::size_t nothing = 0;
    std::size_t programs = 0;
    int too_close = 0;
    double greatest_error = 0;
};

std::string exactly(double amperes)
{
    std::ostringstream out;
    out << std::fixed << std::setprecision(9) << amperes;
    return out.str();
}

void require_none(std::vector<std::string> const& faults)
{
    for (auto const& fault : faults) FAIL_CHECK(fault);
}

void compare(balancing::Snapshot const& snapshot, Tally& tally)
{
    auto const plan = plan_of(snapshot);
    auto const planned = currents_of(plan);
    Model const model = model_of(snapshot);
    require_none(broken_limits(model, planned));
    require_none(left_over(model, planned));
    require_none(wrong_node_currents(model, plan));
    auto const shares = share_out(model, planned);
    REQUIRE_FALSE(shares.failed);
    for (std::size_t i = 0; i < planned.size(); ++i) {
        double const granted = plan.evses[i].limit.amperes();
        double const error = std::abs(granted - shares.amperes[i]);
        tally.greatest_error = std::max(tally.greatest_error, error);
        INFO("EVSE ", i, " has ", exactly(granted), " A instead of ", exactly(shares.amperes[i]));
        CHECK(error <= target_a);
        Car const& car = model.cars[i];
        if (planned[i] > car.least && planned[i] < car.most) ++tally.between;
        if (planned[i] == 0) ++tally.nothing;
    }
    ++tally.instances;
    tally.cars += planned.size();
    tally.programs += shares.solved;
    tally.too_close += shares.too_close;
}

void compare_all(Grid grid, std::string const& name, std::uint64_t first)
{
    Tally tally;
    Recipe recipe;
    recipe.grid = grid;
    for (auto const seed : seeds(first, instances)) {
        CAPTURE(seed);
        compare(random_snapshot(seed, recipe), tally);
    }
    MESSAGE(name, ": ", tally.instances, " instances, ", tally.cars, " cars (", tally.between,
        " between minimum and maximum, ", tally.nothing, " at 0), ", tally.programs,
        " linear programs, ", tally.too_close, " admissions too close to tell; largest error ",
        tally.greatest_error, " A");
    CHECK(tally.too_close * 100 <= static_cast<int>(tally.cars));
}

}

TEST_CASE("On TN every share is the linear programs' to a millionth of an ampere")
{
    compare_all(Grid::tn, "TN", 1'000'000);
}

TEST_CASE("On IT every share is the linear programs' to a millionth of an ampere")
{
    compare_all(Grid::it, "IT", 2'000'000);
}
