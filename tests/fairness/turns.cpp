#include "tests/fairness/turns.hpp"

#include "balancing/rotation.hpp"
#include "tools/plan/day/summary.hpp"

#include <algorithm>
#include <stdexcept>

namespace fairness_test {

using namespace balancing;

namespace {

constexpr double seconds_per_hour = 3600;
constexpr Current least_raise = ampere(1);

struct Tally {
    double granted_ah = 0;
    double fair_ah = 0;
    std::size_t switches = 0;
    std::size_t changes = 0;
    Current sent{};
};

bool exceeds(Plan const& plan)
{
    for (std::size_t node = 0; node < plan.node_current.size(); ++node)
        for (std::size_t line = 0; line < line_count; ++line)
            if (plan.node_current[node][line] > plan.node_limit[node][line]) return true;
    return false;
}

class Simulation {
public:
    Simulation(Snapshot snapshot, PolicyRules const& rules)
        : snapshot_(std::move(snapshot)), rules_(rules), tallies_(snapshot_.evses.size())
    {
    }

    void step(Seconds duration)
    {
        if (auto const refusal = rotation_.plan(snapshot_, rules_, plan_, fair_))
            throw std::runtime_error(refusal->subject + ": " + refusal->rule);
        result_.exceeded = result_.exceeded || exceeds(plan_);
        count(duration);
        carry_on(snapshot_, plan_, fair_, duration);
        for (Evse const& evse : snapshot_.evses)
            result_.max_deficit_ah = std::max(result_.max_deficit_ah, evse.session.deficit_ah);
        snapshot_.now += duration;
    }

    Fairness result(Seconds length) const
    {
        Fairness fairness = result_;
        std::vector<double> shares;
        std::size_t switches = 0;
        std::size_t changes = 0;
        for (Tally const& tally : tallies_) {
            shares.push_back(tally.fair_ah > 0 ? tally.granted_ah / tally.fair_ah : 1);
            switches += tally.switches;
            changes += tally.changes;
        }
        double const hours = static_cast<double>(length.count()) / seconds_per_hour;
        fairness.jain = plan::jain_index(shares);
        fairness.worst = *std::min_element(shares.begin(), shares.end());
        double const car_hours = static_cast<double>(tallies_.size()) * hours;
        fairness.switches_per_car_hour = static_cast<double>(switches) / car_hours;
        fairness.changes_per_car_hour = static_cast<double>(changes) / car_hours;
        return fairness;
    }

private:
    static void send(Tally& tally, Current limit)
    {
        if (limit >= tally.sent && limit < tally.sent + least_raise) return;
        tally.sent = limit;
        ++tally.changes;
    }

    void count(Seconds duration)
    {
        double const hours = static_cast<double>(duration.count()) / seconds_per_hour;
        for (std::size_t i = 0; i < snapshot_.evses.size(); ++i) {
            Session const& session = snapshot_.evses[i].session;
            Tally& tally = tallies_[i];
            tally.granted_ah += plan_.evses[i].limit.amperes() * hours;
            tally.fair_ah += fair_.evses[i].limit.amperes() * hours;
            send(tally, plan_.evses[i].limit);
            bool const charges = plan_.evses[i].limit > Current{};
            if (charges == session.charging) continue;
            ++tally.switches;
            if (!charges)
                result_.shortest_on = std::min(
                    result_.shortest_on, snapshot_.now - *session.switched);
        }
    }

    Snapshot snapshot_;
    PolicyRules rules_;
    std::vector<Tally> tallies_;
    Rotation rotation_;
    Plan plan_;
    Plan fair_;
    Fairness result_;
};

}

Fairness simulate(Snapshot snapshot, PolicyRules const& rules, Seconds length, Seconds step)
{
    Simulation simulation(std::move(snapshot), rules);
    for (Seconds done{0}; done < length; done += step) simulation.step(step);
    return simulation.result(length);
}

}
