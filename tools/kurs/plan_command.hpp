// `kurs plan`: what an installation would share out, without a server.
#pragma once

#include "tools/plan/day/day_json.hpp"

#include <string>

namespace kurs {

struct PlanOptions {
    std::string file;  // - is stdin
    bool json = false;
    bool day = false;  // play a day instead of planning one instant
    plan::DayOverrides day_overrides{};
};

// Gives the exit status: all_well, or usage for a file that cannot be read or planned, with the
// reason on stderr.
int run_plan(PlanOptions const& options);

}
