#include "tests/balancing/naive_allocation.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace balancing_test {

using namespace balancing;

namespace {

// Everybody who takes part at its minimum, reservations as they are.
std::vector<Amount> starting_currents(Snapshot const& snapshot, std::vector<bool> const& admitted)
{
    std::vector<Amount> currents(snapshot.evses.size());
    for (std::size_t evse = 0; evse < currents.size(); ++evse) {
        Evse const& one = snapshot.evses[evse];
        if (one.reserved)
            currents[evse] = amount(*one.reserved);
        else if (admitted[evse])
            currents[evse] = static_cast<Amount>(steps_of(snapshot.grid, one).least);
    }
    return currents;
}

bool all_fit(Reckoning const& reckoning, std::vector<bool> const& admitted)
{
    auto const loads = reckoning.loads(starting_currents(reckoning.snapshot(), admitted));
    for (std::size_t evse = 0; evse < admitted.size(); ++evse)
        if (admitted[evse] && reckoning.fit(loads, evse, 0) == Fit::no) return false;
    return true;
}

// One search for a common level after the other.
class Filler {
public:
    Filler(Reckoning const& reckoning, std::vector<bool> const& admitted)
        : reckoning_(reckoning),
          rising_(admitted),
          currents_(starting_currents(reckoning.snapshot(), admitted))
    {
        for (Evse const& evse : reckoning.snapshot().evses)
            steps_.push_back(steps_of(reckoning.snapshot().grid, evse));
    }

    std::vector<Amount> run()
    {
        while (std::find(rising_.begin(), rising_.end(), true) != rising_.end()) rise();
        return currents_;
    }

private:
    Amount weight(std::size_t evse) const { return reckoning_.snapshot().evses[evse].weight; }

    Amount current_at(Amount level, std::size_t evse) const
    {
        if (!rising_[evse]) return currents_[evse];
        return std::clamp(weight(evse) * level, static_cast<Amount>(steps_[evse].least),
            static_cast<Amount>(steps_[evse].most));
    }

    std::vector<Load> loads_at(Amount level) const
    {
        std::vector<Amount> currents(currents_.size());
        for (std::size_t evse = 0; evse < currents.size(); ++evse)
            currents[evse] = current_at(level, evse);
        return reckoning_.loads(currents);
    }

    // By more than the last digits of a root.
    bool is_over(std::vector<Load> const& loads, Place const& place) const
    {
        constexpr Amount root_error = 0.001L;
        return reckoning_.carried(loads[place.node], place) > reckoning_.room(place) + root_error;
    }

    // Whether a place on the EVSE's way is over its limit.
    bool is_stopped(std::vector<Load> const& loads, std::size_t evse) const
    {
        for (std::size_t const node : reckoning_.way(evse))
            for (Place const& place : reckoning_.places(node))
                if (reckoning_.counts(evse, place) && is_over(loads, place)) return true;
        return false;
    }

    bool fits(Amount level) const
    {
        auto const loads = loads_at(level);
        for (std::size_t evse = 0; evse < rising_.size(); ++evse)
            if (rising_[evse] && is_stopped(loads, evse)) return false;
        return true;
    }

    // The level as high as it goes; then at least one of those that rise stays where it is.
    void rise()
    {
        if (!fits(0)) {  // not even where they are: there is no share to find
            std::fill(rising_.begin(), rising_.end(), false);
            return;
        }
        Amount good = 0;
        Amount bad = 0;
        for (std::size_t evse = 0; evse < rising_.size(); ++evse)
            if (rising_[evse])
                bad = std::max(bad, static_cast<Amount>(steps_[evse].most) / weight(evse));
        if (fits(bad)) good = bad;
        while (good < bad) {
            Amount const middle = good + (bad - good) / 2;
            if (middle <= good || middle >= bad) break;
            (fits(middle) ? good : bad) = middle;
        }
        auto const over = loads_at(bad);
        std::vector<Amount> reached(rising_.size());
        for (std::size_t evse = 0; evse < rising_.size(); ++evse)
            reached[evse] = current_at(good, evse);
        for (std::size_t evse = 0; evse < rising_.size(); ++evse) {
            if (!rising_[evse]) continue;
            bool const awake = weight(evse) * bad > static_cast<Amount>(steps_[evse].least);
            if (good < bad && !(awake && is_stopped(over, evse))) continue;
            currents_[evse] = reached[evse];
            rising_[evse] = false;
        }
    }

    Reckoning const& reckoning_;
    std::vector<bool> rising_;
    std::vector<Amount> currents_;
    std::vector<Steps> steps_;
};

}

std::vector<bool> best_admission(Snapshot const& snapshot)
{
    Reckoning const reckoning(snapshot);
    std::size_t const count = snapshot.evses.size();
    std::vector<bool> best(count, false);
    for (std::uint32_t set = 1; set < (std::uint32_t{1} << count); ++set) {
        std::vector<bool> admitted(count);
        bool sensible = true;
        for (std::size_t evse = 0; evse < count; ++evse) {
            admitted[evse] = ((set >> evse) & 1U) != 0;
            if (admitted[evse] && !takes_part(snapshot.grid, snapshot.evses[evse]))
                sensible = false;
        }
        // Lexicographic: who comes first counts more than all who come later.
        if (sensible && best < admitted && all_fit(reckoning, admitted)) best = admitted;
    }
    return best;
}

std::vector<Amount> fluid_shares(Reckoning const& reckoning, std::vector<bool> const& admitted)
{
    return Filler(reckoning, admitted).run();
}

std::vector<Amount> handed_out(Reckoning const& reckoning, std::vector<bool> const& admitted,
    std::vector<Amount> const& shares, Doubts doubts)
{
    Snapshot const& snapshot = reckoning.snapshot();
    std::vector<Amount> currents = shares;
    std::vector<Amount> quantum(shares.size());
    std::vector<Amount> most(shares.size());
    for (std::size_t evse = 0; evse < shares.size(); ++evse) {
        Steps const steps = steps_of(snapshot.grid, snapshot.evses[evse]);
        quantum[evse] = static_cast<Amount>(steps.quantum);
        most[evse] = static_cast<Amount>(steps.most);
        if (admitted[evse])
            currents[evse] = std::max(static_cast<Amount>(steps.least),
                std::floor((shares[evse] + doubts.nearly) / quantum[evse]) * quantum[evse]);
    }
    std::vector<bool> rising = admitted;
    auto loads = reckoning.loads(currents);
    while (true) {
        std::size_t next = currents.size();
        for (std::size_t evse = 0; evse < currents.size(); ++evse) {
            if (!rising[evse]) continue;
            // a / b < c / d as a * d < c * b: exact for whole weights and short fractions.
            auto const reached = [&](std::size_t one, std::size_t other) {
                return (currents[one] + quantum[one]) * snapshot.evses[other].weight;
            };
            if (next == currents.size() || reached(evse, next) < reached(next, evse)) next = evse;
        }
        if (next == currents.size()) return currents;
        Fit const fit = reckoning.fit(loads, next, quantum[next]);
        bool const fits = fit == Fit::yes || (fit == Fit::unclear && doubts.unclear_fits);
        if (fits && currents[next] + quantum[next] <= most[next]) {
            reckoning.add(loads, next, quantum[next]);
            currents[next] += quantum[next];
        } else {
            rising[next] = false;
        }
    }
}

}
