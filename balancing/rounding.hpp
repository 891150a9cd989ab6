// Rounding: exact shares become whole quanta, and what that leaves over is handed out.
#pragma once

#include "balancing/account.hpp"
#include "balancing/cars.hpp"
#include "balancing/filling.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace balancing {

class Rounding {
public:
    // Raises the cars named, whose `current` the account holds, and books it.
    // 1. Each to its share rounded down to quanta. All nodes are summed and tested in integers; if
    //    the last digit of a double has spoilt one, cars are raised one by one, each as far as
    //    fits.
    // 2. What is left is handed out quantum by quantum: to the car that its next quantum brings to
    //    the lowest current / weight, then to the earlier in the queue; a car whose next quantum
    //    does not fit, or passes its maximum, is done.
    // Where quanta differ by more than a factor, both are done for the coarse ones first, from
    // whose rounding the rest comes; what they cannot use is shared among the fine ones in the same
    // way. So nobody has less than the exact share rounded down (but for that last digit, which
    // costs at most 1 nA before rounding), and nobody could take one more quantum.
    void share(Tree const& tree, std::span<NodeRows const> rows, LineLaw const& law,
        std::vector<Car>& cars, std::span<std::uint32_t const> members, Account& account);

private:
    struct Step {
        double level;          // current / weight after it
        std::uint32_t member;  // its place in the queue
    };

    void raise_to_shares();
    bool raise_all_at_once();
    void set_coarse_apart();
    void hand_out(std::span<std::uint32_t const> members);
    bool next_step(std::uint32_t member, Step& next) const;

    Filling filling_;
    Tree const* tree_ = nullptr;
    std::vector<Car>* cars_ = nullptr;
    Account* account_ = nullptr;
    std::vector<std::int64_t> shares_;    // per car
    std::vector<ChannelSums> raises_;     // per node
    std::vector<Step> steps_;             // a heap, lowest first
    std::vector<std::uint32_t> members_;  // that are not done
    std::vector<std::uint32_t> coarse_;   // of them, those with the coarsest quanta
};

// Raises the car as far as it fits, in whole quanta, but not above `target`; books it.
void raise(Car& car, std::int64_t target, Account& account);

}
