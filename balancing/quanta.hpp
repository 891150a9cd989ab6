// Whole multiples of a quantum, the step in which a station takes its limit.
#pragma once

#include "balancing/units.hpp"

namespace balancing {

// Both take a current of 0 or more and a quantum above 0.
constexpr Milliampere round_down(Milliampere current, Milliampere quantum)
{
    return {current.value / quantum.value * quantum.value};
}

constexpr Milliampere round_up(Milliampere current, Milliampere quantum)
{
    return round_down({current.value + quantum.value - 1}, quantum);
}

}
