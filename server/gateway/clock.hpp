// The real clocks. Only the shell reads them; everything behind it is handed a Now.
#pragma once

#include "server/engine/now.hpp"

#include <chrono>

namespace gateway {

inline engine::Now read_clocks()
{
    using std::chrono::floor, std::chrono::milliseconds;
    auto const uptime = std::chrono::steady_clock::now().time_since_epoch();
    return {.utc = floor<milliseconds>(std::chrono::system_clock::now()),
        .uptime = floor<milliseconds>(uptime)};
}

// When the steady clock shows this uptime.
inline std::chrono::steady_clock::time_point at_uptime(engine::Milliseconds uptime)
{
    return std::chrono::steady_clock::time_point(uptime);
}

}
