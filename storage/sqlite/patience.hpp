// How long to wait before the next attempt: each time twice as long, up to a bound.
#pragma once

#include <algorithm>
#include <chrono>

namespace storage::sqlite {

class Patience {
public:
    Patience(std::chrono::milliseconds first, std::chrono::milliseconds longest)
        : next_(first), longest_(longest)
    {
    }

    std::chrono::milliseconds next()
    {
        auto const now = next_;
        next_ = std::min(next_ * 2, longest_);
        return now;
    }

private:
    std::chrono::milliseconds next_;
    std::chrono::milliseconds longest_;
};

}
