// Which lines a car loads. It is counted on every line that its outlet is wired to until
// measurements show that it leaves some of them alone.
#pragma once

#include "balancing/units.hpp"
#include "server/engine/now.hpp"

#include <array>
#include <cstdint>
#include <optional>

namespace engine {

// Some of the lines L1, L2, L3.
using LineSet = std::array<bool, balancing::line_count>;

struct LineUse {
    LineSet counted{};  // the lines to count the car on
    // Since when the same lines have carried current and the others none.
    LineSet seen{};
    std::optional<Timestamp> seen_since{};
};

// A line carries the car's current from here: well above what a meter shows for an idle phase, well
// below the smallest charging current of 6 A.
inline constexpr std::int32_t loaded_from_ma = 2'000;
// And a line is left alone up to here.
inline constexpr std::int32_t idle_up_to_ma = 500;
// Cars may start on one phase and add the others; the picture must be stable for so long.
inline constexpr std::chrono::seconds lines_stable_after{60};

// Takes a measurement of all wired lines into account. A line once left out is counted again as
// soon as it carries more than an idle line does.
void learn(LineUse& use, LineSet const& wired,
    std::array<std::optional<std::int64_t>, 3> const& line_ma, Timestamp at);

}
