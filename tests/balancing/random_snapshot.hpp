// Random installations from a seed: every size of trouble that a snapshot can hold.
#pragma once

#include "balancing/snapshot.hpp"
#include "tests/balancing/dice.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace balancing_test {

// What is drawn. Percentages are chances per node or per EVSE.
struct Mix {
    std::string name = "everything";
    bool tn = true;
    bool it = true;
    std::size_t most_nodes = 10;
    std::size_t most_evses = 14;
    std::vector<std::int64_t> quanta_ma{0, 100, 250, 1000};
    int watts_percent = 10;
    std::vector<std::int64_t> quanta_w{1, 10, 100, 230, 1000};
    std::vector<double> weights{1, 1, 1, 2, 3, 0.5, 8};  // exact in binary, so ties are real ties
    bool one_quantum = false;  // the same for all EVSEs of an installation
    bool one_weight = false;
    bool any_weight = false;  // arbitrary numbers instead of `weights`
    bool any_ampere = true;   // limits to the nanoampere; otherwise whole amperes
    int reserved_percent = 10;
    int plenty_percent = 20;  // nodes with a limit that rarely binds
    int other_load_percent = 20;
    int timed_percent = 20;
    int factor_percent = 20;
    int asymmetry_percent = 10;
    int energy_percent = 10;
    int unknown_phases_percent = 10;
    int zero_min_percent = 5;
    int in_order_percent = 15;  // of installations
    int tiers_percent = 25;     // of installations with more than one tier

    // Nothing is rounded, nothing waits its turn: the fluid part alone.
    static Mix fluid();
};

balancing::Snapshot random_snapshot(Dice& dice, Mix const& mix);

}
