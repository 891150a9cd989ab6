// The end of a fuzz run that found a broken property.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace fuzz {

inline void require(bool holds, char const* property)
{
    if (holds) return;
    std::fprintf(stderr, "broken property: %s\n", property);
    std::abort();
}

}
