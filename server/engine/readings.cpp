#include "server/engine/readings.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace engine {

namespace {

struct UnitScale {
    Quantity quantity;
    std::string_view unit;
    int exponent;
};

// Base units: milliwatt-hours, milliamperes, milliwatts, percent.
constexpr std::array scales{
    UnitScale{Quantity::energy_import_register, "", 3},
    UnitScale{Quantity::energy_import_register, "Wh", 3},
    UnitScale{Quantity::energy_import_register, "kWh", 6},
    UnitScale{Quantity::current_import, "", 3},
    UnitScale{Quantity::current_import, "A", 3},
    UnitScale{Quantity::current_import, "mA", 0},
    UnitScale{Quantity::power_import, "", 3},
    UnitScale{Quantity::power_import, "W", 3},
    UnitScale{Quantity::power_import, "kW", 6},
    UnitScale{Quantity::soc, "", 0},
    UnitScale{Quantity::soc, "Percent", 0},
};

std::int32_t clamped(std::int64_t value)
{
    using Limits = std::numeric_limits<std::int32_t>;
    return static_cast<std::int32_t>(std::clamp<std::int64_t>(value, Limits::min(), Limits::max()));
}

}

std::optional<int> exponent_to_base(Quantity quantity, std::string_view unit)
{
    for (auto const& scale : scales)
        if (scale.quantity == quantity && scale.unit == unit) return scale.exponent;
    return std::nullopt;
}

void ReadingBuilder::Sum::add(Sample const& sample)
{
    if (!sample.terminal)
        total = sample.value;
    else if (std::int64_t sum = 0; !__builtin_add_overflow(
                 phases.value_or(0), sample.value, &sum))  // absurd ones drop out
        phases = sum;
}

void ReadingBuilder::add(Sample const& sample)
{
    switch (sample.quantity) {
    case Quantity::energy_import_register: energy_.add(sample); break;
    case Quantity::power_import: power_.add(sample); break;
    case Quantity::soc: reading_.soc_percent = clamped(sample.value); break;
    case Quantity::current_import:
        // A current without a phase is what each of the phases carries (OCPP has no sum of
        // currents).
        for (int terminal = 0; terminal < 3; ++terminal) {
            auto& current = reading_.terminal_ma[static_cast<std::size_t>(terminal)];
            if (sample.terminal == terminal || (!sample.terminal && !current))
                current = clamped(sample.value);
        }
        break;
    }
}

std::optional<Reading> ReadingBuilder::finish() const
{
    Reading reading = reading_;
    reading.energy_mwh = energy_.value();
    reading.power_mw = power_.value();
    if (reading == Reading{.at = reading.at}) return std::nullopt;
    return reading;
}

}
