#include "tools/plan/rules_json.hpp"

#include "balancing/rotation.hpp"
#include "tools/plan/fields.hpp"

#include <array>

namespace plan {
namespace {

using balancing::PhaseRules;
using balancing::PolicyRules;

constexpr Range deficit_range{0, balancing::greatest_deficit_ah};
constexpr Range catch_up_range{0, balancing::greatest_deficit_ah, true};
constexpr Range urgency_range{0, 10};
constexpr Range gain_range{0, 1};
constexpr std::int64_t greatest_plan_count = 100'000;       // of one search for phases
constexpr std::int64_t greatest_grant_count = 100'000'000;  // in all of its plans

template <balancing::Seconds balancing::TurnRules::*member>
bool read_turn(Item const& item, PolicyRules& rules)
{
    return read_span(item, rules.turns.*member);
}

template <double balancing::TurnRules::*member, Range const& range>
bool read_deficit(Item const& item, PolicyRules& rules)
{
    return read_number(item, range, rules.turns.*member);
}

constexpr auto policy_fields = std::to_array<Field<PolicyRules>>({
    {"name", name<&PolicyRules::policy, policy_names>, required},
    {"unit", name<&PolicyRules::unit, fair_unit_names>},
    {"least_on_s", read_turn<&balancing::TurnRules::least_on>},
    {"least_off_s", read_turn<&balancing::TurnRules::least_off>},
    {"incumbent_bonus_ah", read_deficit<&balancing::TurnRules::incumbent_bonus_ah, deficit_range>},
    {"rest_ah", read_deficit<&balancing::TurnRules::rest_ah, deficit_range>},
    {"catch_up_ah", read_deficit<&balancing::TurnRules::catch_up_ah, catch_up_range>},
    {"urgency_power", number<&PolicyRules::urgency_power, urgency_range>},
});

constexpr auto phase_fields = std::to_array<Field<PhaseRules>>({
    {"least_gain", number<&PhaseRules::least_gain, gain_range>},
    {"most_plans", whole<&PhaseRules::most_plans, 1, greatest_plan_count>},
    {"most_grants", whole<&PhaseRules::most_grants, 1, greatest_grant_count>},
});

}

bool read_policy(Item const& item, PolicyRules& rules)
{
    if (item.value().is_object()) return read_object<PolicyRules>(item, policy_fields, rules);
    return read_name(item, policy_names, rules.policy);
}

bool read_phase_rules(Item const& item, PhaseRules& rules)
{
    return read_object<PhaseRules>(item, phase_fields, rules);
}

}
