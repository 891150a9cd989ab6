// The allocator's answer, for snapshots that it must accept.
#pragma once

#include "balancing/allocate.hpp"
#include "tests/oracle/describe.hpp"
#include "tests/oracle/runs.hpp"

#include <doctest/doctest.h>

#include <variant>

namespace oracle {

inline balancing::Plan plan_of(balancing::Snapshot const& snapshot)
{
    if (is_replay()) MESSAGE(describe(snapshot));
    auto const answer = balancing::allocate(snapshot);
    if (auto const* refusal = std::get_if<balancing::Refusal>(&answer))
        FAIL("refused: ", refusal->subject, ": ", refusal->rule);
    return std::get<balancing::Plan>(answer);
}

}
