// The words for the kinds of people that charge.
#pragma once

#include "tools/plan/day/sessions.hpp"
#include "tools/plan/names.hpp"

namespace plan {

inline constexpr Names<Mix, 3> mix_names{{
    {"residential", Mix::residential},
    {"workplace", Mix::workplace},
    {"mixed", Mix::mixed},
}};

}
