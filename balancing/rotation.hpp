// Fairness over time: what each car has got less than its fair share, and whose turn it is where
// not all fit.
#pragma once

#include "balancing/allocate.hpp"
#include "balancing/plan.hpp"
#include "balancing/queue.hpp"
#include "balancing/snapshot.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace balancing {

// What each EVSE would get if current could be shared without minima and quanta, all admitted: the
// reference that deficits are counted from. The snapshot with min and quantum 0; reserved EVSEs
// keep their reservation, and nothing goes to who wants no more energy, nor to who could not charge
// even alone: by the plan it is switched off or has no room. Nothing in it is rounded.
// Takes an accepted snapshot and the plan of it; `fair` is a scratch that keeps its memory.
void fair_share(
    Snapshot const& snapshot, Plan const& plan, Allocator& allocator, Snapshot& fair, Plan& result);

// A plan under a policy, with turns where not all fit. Keeps its memory: further plans of the same
// installation, with the same EVSEs, allocate nothing.
//
// Order alone is not enough for that. On a circuit that has room for a car and a half, whoever is
// on gets as much as everybody else on a larger board and never what it missed; and the room that a
// three-phase car needs on three lines is taken line by line by one-phase cars that fit. So, below
// every place where somebody waits though it would fit alone,
// - cars that are ahead of their fair share by TurnRules::rest_ah rest: they charge only from what
//   is left when all others have what they can take, until they are as far behind;
// - the further behind a car is, the more weight it has.
// Those inside their least time on, and those that have not charged yet, do not rest.
// Where all fit, there are no turns, and nobody's weight is touched. Policy::first_come has no
// turns, and Policy::departure only what time to spare makes of them.
class Rotation {
public:
    // The plan and the fair shares, both in the order of the snapshot. Takes the snapshot as the
    // engine has it, with the weights and tiers that its operator has set.
    std::optional<Refusal> plan(
        Snapshot const& snapshot, PolicyRules const& rules, Plan& plan, Plan& fair);

private:
    bool find_crowded();
    void take_turns(TurnRules const& turns);
    bool is_crowded(std::size_t node) const;

    Queue queue_;
    Allocator allocator_;
    Snapshot ordered_;
    Snapshot fair_snapshot_;
    Plan plan_;
    Plan fair_;
    std::vector<std::uint8_t> crowded_;  // by node: somebody waits because of it
};

// Carries the sessions of the snapshot through the time `step` during which the plan held: deficits
// grow by (fair - granted) x step; where a car starts or stops to be admitted, `charging` and
// `switched` are set to the plan's and to snapshot.now; and `last_current` to what is granted.
// Reserved EVSEs stay as they are. Deficits are kept within greatest_deficit_ah, so that nobody can
// save up a whole day. All three are in the same order.
void carry_on(Snapshot& snapshot, Plan const& plan, Plan const& fair, Seconds step);

inline constexpr double greatest_deficit_ah = 100;

}
