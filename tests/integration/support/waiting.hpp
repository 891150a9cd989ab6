// Waiting for a condition, with a deadline: no test here waits for luck.
#pragma once

#include <chrono>
#include <poll.h>
#include <stdexcept>
#include <string>
#include <string_view>

namespace integration {

using namespace std::chrono_literals;

// Far more than anything takes on a busy machine: whoever waits so long waits for ever.
inline constexpr std::chrono::seconds patience{30};

// Asks `condition` again and again until its result holds, and returns that. After `patience` an
// exception says what was waited for, and what `seen()` tells of the state then.
template <class Condition, class Seen>
auto await(std::string_view what, Condition condition, Seen seen)
{
    constexpr int pause_ms = 5;
    auto const deadline = std::chrono::steady_clock::now() + patience;
    for (;;) {
        if (auto result = condition()) return result;
        if (std::chrono::steady_clock::now() >= deadline)
            throw std::runtime_error(
                "waited in vain for: " + std::string(what) + "\nseen: " + seen());
        ::poll(nullptr, 0, pause_ms);
    }
}

}
