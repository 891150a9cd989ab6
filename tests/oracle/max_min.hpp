// What the allocator has to answer before it rounds: admission in queue order, then weighted
// lexicographic max-min, found by a sequence of linear programs.
#pragma once

#include "tests/oracle/model.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace oracle {

struct Shares {
    std::vector<double> amperes{};  // per EVSE
    std::vector<bool> admitted{};
    int too_close = 0;       // admissions that were left to the plan, see share_out()
    std::size_t solved = 0;  // linear programs
    bool failed = false;     // GLPK found no optimum, or the tangents did not settle
};

// `planned` are the currents of the plan that is checked. They are read for two things: admissions
// that are too close to tell in floating point; and what lower tiers hold while the next one is
// served (each in its turn, where the queue is served in order), so that the admissions of that are
// exact and the rounding of lower tiers does not count against it.
Shares share_out(Model const& model, std::span<Nano const> planned);

}
