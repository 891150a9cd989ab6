// What all parts of the benchmark measure in.
#pragma once

#include <chrono>
#include <ratio>

namespace bench {

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;
using Microseconds = std::chrono::duration<double, std::micro>;
using Milliseconds = std::chrono::duration<double, std::milli>;

// Nothing here takes so long, even on a busy machine: whoever waits longer gives up.
inline constexpr std::chrono::seconds patience{120};

}
