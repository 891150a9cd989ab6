// Which of two choices of modes is better, by what their plans give.
#pragma once

#include "balancing/plan.hpp"
#include "balancing/snapshot.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace balancing {

// What a plan, made without quanta, is worth to one EVSE.
struct ModeOutcome {
    bool admitted = false;
    bool dropped = false;  // it leaves three phases by the choice
    double share = 0;      // amperes / weight, times the phases chosen / the present phases

    friend bool operator==(ModeOutcome const&, ModeOutcome const&) = default;
};

// `power` is the phases chosen / the present phases.
ModeOutcome outcome_of(Grant const& grant, double weight, double power);

enum class Verdict {
    worse,
    same,
    better,
    worth_a_switch,  // better, and by so much that a car which charges may be switched for it
};

// How `after` compares with `before`, in the order that choose_modes() states; both have one
// outcome per EVSE of the snapshot.
class Comparison {
public:
    Comparison(Snapshot const& snapshot, double least_gain);

    Verdict operator()(std::span<ModeOutcome const> before, std::span<ModeOutcome const> after);

private:
    // The EVSEs of one tier whose outcomes differ, in queue order.
    using Changed = std::span<std::size_t const>;

    void compare_tier(
        Changed changed, std::span<ModeOutcome const> before, std::span<ModeOutcome const> after);
    void compare_shares(
        Changed changed, std::span<ModeOutcome const> before, std::span<ModeOutcome const> after);
    // Takes note of a difference; only the first of its kind counts. 1: in favour, -1: against.
    void note(int favour, bool marked);

    Snapshot const* snapshot_;
    double least_gain_;
    int first_ = 0;
    int first_marked_ = 0;
    // Memory kept from one comparison to the next.
    std::vector<std::size_t> changed_;
    std::vector<double> shares_before_;
    std::vector<double> shares_after_;
};

}
