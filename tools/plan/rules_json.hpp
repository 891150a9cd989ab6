// The rules of the file: the policy, and how phases are chosen.
#pragma once

#include "balancing/phase_choice.hpp"
#include "balancing/queue.hpp"
#include "tools/plan/item.hpp"

namespace plan {

// The policy's name alone, or an object with its rules.
bool read_policy(Item const& item, balancing::PolicyRules& rules);

bool read_phase_rules(Item const& item, balancing::PhaseRules& rules);

}
