// Values of one measurand from the samples' other channels: the best place it was measured at, the
// total or the sum of the phases at one instant.
#pragma once

#include "server/engine/energy/placing.hpp"

#include <optional>
#include <span>
#include <vector>

namespace engine::metering {

struct SeriesValue {
    std::int64_t at_ms = 0;
    std::int64_t value = 0;
    storage::ReadingContext context = storage::ReadingContext::periodic;
    storage::Timestamp stated_at{};

    friend auto operator<=>(SeriesValue const&, SeriesValue const&) = default;
};

struct Series {
    std::vector<SeriesValue> values;  // ascending, each once
    EnergyDoubts doubts;              // phase_sums, other_location, jump_left_out
};

// Of energy measurands: values below 0 or above largest_register_mwh are left out. The first in
// this order that has two instants, or else the first that has one: outlet, outlet by phases,
// cable, cable by phases, body, body by phases.
Series best_energy_series(std::span<PlacedSample const> samples, storage::Measurand measurand);

// 0..2 for a line or a line to neutral.
std::optional<std::size_t> line_of(storage::Phase phase);

// Where an outlet's energy may be measured, the best first. Inlet and EV are the car's business,
// upstream serves others as well.
inline constexpr storage::Location trusted_locations[] = {
    storage::Location::outlet, storage::Location::cable, storage::Location::body};

}
