// Local search for the modes of phase_choice.hpp.
#pragma once

#include "balancing/allocate.hpp"
#include "balancing/line_law.hpp"
#include "balancing/phase_choice.hpp"
#include "balancing/phase_order.hpp"
#include "balancing/phase_start.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace balancing {

// One search; used once. Snapshot, cars, allocator and rules must outlive it.
class PhaseSearch {
public:
    PhaseSearch(Snapshot const& snapshot, std::span<FreeCar const> cars, Allocator& allocator,
        PhaseRules const& rules);

    ChosenModes run();

private:
    struct Change {
        std::size_t car = 0;
        std::size_t mode = 0;
    };

    // What a free car is up against, by the plan of the modes chosen so far.
    struct Situation {
        std::size_t car = 0;
        double level = 0;  // of the tightest place that it loads: who loads it gets this share
    };

    void start();
    void attempt_all(ChosenModes const& modes);
    bool switch_single_cars();
    bool exchange_modes();
    // In small installations: tries all modes of all pairs of cars, of all threes, and so on.
    bool switch_together();
    bool switch_more(std::size_t first, std::size_t count, std::vector<Change>& changes);
    void take_back_needless();

    // Makes the plan with these changes, and keeps them if that is better (for cars that charge:
    // worth a switch). Gives whether it does.
    bool attempt(std::span<Change const> changes);
    // Makes the plan with the cars back in their present modes, and keeps it if the best found is
    // not worth a switch compared with it, while it still is, compared with no switch at all, and
    // not worse than the present modes. So many small steps back cannot add up to a large one.
    bool attempt_back(std::span<std::size_t const> cars);

    bool plans_left() const { return plans_left_ > kept_back_; }
    bool leaves_present(Change const& change) const;
    void set_mode(Change const& change);
    // The plan of the modes now in trial_, into next_ and next_outcomes_.
    void make_plan();
    void keep_next();

    void find_levels();
    // The level of the tightest place that `loading` touches on the car's way; with `beside`, only
    // of the lines that this one does not touch.
    double level_of(std::size_t car, Loading loading, Loading beside = {}) const;
    bool is_small() const;
    Option const& option(std::size_t car) const;  // the one chosen
    bool is_drop(std::size_t car, std::size_t mode) const;
    bool are_alike(std::size_t one, std::size_t other) const;
    std::optional<std::size_t> mode_with(std::size_t car, Loading loading) const;

    Snapshot const& present_;
    std::span<FreeCar const> cars_;
    Allocator* allocator_;
    LineLaw law_;
    double least_gain_;
    std::size_t plans_left_;
    std::size_t kept_back_;  // plans that only take_back_needless() may make

    Snapshot trial_;  // without quanta, in the modes that are tried
    Comparison compare_;
    ChosenModes chosen_;
    std::vector<double> power_;  // per EVSE, of the modes in trial_
    Plan plan_;                  // of the modes chosen
    std::vector<ModeOutcome> outcomes_;
    bool somebody_waits_ = false;
    bool somebody_dropped_ = false;
    std::vector<ModeOutcome> present_outcomes_;
    std::vector<ModeOutcome> best_outcomes_;  // before anything is taken back
    std::vector<ModeOutcome>
        unswitched_outcomes_;  // with all cars that charge in their present modes
    Plan next_;
    std::vector<ModeOutcome> next_outcomes_;
    std::vector<double> levels_;  // per node and line
};

}
