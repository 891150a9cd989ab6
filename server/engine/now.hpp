// The two clocks that the engine is handed. It has none of its own.
#pragma once

#include <chrono>

namespace engine {

using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;
using Milliseconds = std::chrono::milliseconds;

struct Now {
    Timestamp utc;          // what people and stations call the time; it may be set back and forth
    Milliseconds uptime{};  // since some fixed instant; it only grows: timeouts count in it
};

}
