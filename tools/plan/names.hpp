// The words of the file and of the answer for the balancing's enumerators.
#pragma once

#include "balancing/grid.hpp"
#include "balancing/limits.hpp"
#include "balancing/plan.hpp"
#include "balancing/queue.hpp"
#include "balancing/snapshot.hpp"

#include <array>
#include <string_view>
#include <utility>

namespace plan {

template <class E, std::size_t count>
using Names = std::array<std::pair<std::string_view, E>, count>;

inline constexpr Names<balancing::Grid, 2> grid_names{{
    {"TN", balancing::Grid::tn},
    {"IT", balancing::Grid::it},
}};

inline constexpr Names<balancing::ItThreePhase, 4> it_three_phase_names{{
    {"unknown", balancing::ItThreePhase::unknown},
    {"off", balancing::ItThreePhase::off},
    {"two_leg", balancing::ItThreePhase::two_leg},
    {"delta", balancing::ItThreePhase::delta},
}};

inline constexpr Names<balancing::Sharing, 2> sharing_names{{
    {"fair", balancing::Sharing::fair},
    {"in_order", balancing::Sharing::in_order},
}};

inline constexpr Names<balancing::FairUnit, 2> fair_unit_names{{
    {"current", balancing::FairUnit::current},
    {"power", balancing::FairUnit::power},
}};

using balancing::policy_names;

// What somebody can order for some time.
inline constexpr Names<balancing::LimitSource, 2> timed_source_names{{
    {"schedule", balancing::LimitSource::schedule},
    {"temporary", balancing::LimitSource::temporary},
}};

inline constexpr Names<balancing::LimitSource, 5> source_names{{
    {"rating", balancing::LimitSource::rating},
    {"schedule", balancing::LimitSource::schedule},
    {"temporary", balancing::LimitSource::temporary},
    {"asymmetry", balancing::LimitSource::asymmetry},
    {"energy_cap", balancing::LimitSource::energy_cap},
}};

inline constexpr Names<balancing::Maximum, 4> maximum_names{{
    {"station", balancing::Maximum::station},
    {"cable", balancing::Maximum::cable},
    {"car", balancing::Maximum::car},
    {"asked", balancing::Maximum::asked},
}};

inline constexpr Names<balancing::ReasonKind, 7> reason_names{{
    {"own_maximum", balancing::ReasonKind::own_maximum},
    {"reclaimed", balancing::ReasonKind::reclaimed},
    {"line", balancing::ReasonKind::line},
    {"waiting", balancing::ReasonKind::waiting},
    {"no_room", balancing::ReasonKind::no_room},
    {"reserved", balancing::ReasonKind::reserved},
    {"switched_off", balancing::ReasonKind::switched_off},
}};

// Empty for what is not in the table.
template <class E, std::size_t count>
constexpr std::string_view name_in(Names<E, count> const& names, E value)
{
    for (auto const& [name, named] : names)
        if (named == value) return name;
    return {};
}

}
