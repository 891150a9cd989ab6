// From the samples of a MeterValue, in whatever unit and split they come, to one Reading in base
// units. The dialects name each sample in version-neutral terms first.
#pragma once

#include "server/engine/words.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace engine {

enum class Quantity { energy_import_register, current_import, power_import, soc };

// Which of the quantities that the engine books a measurand is, if any.
struct Sample {
    Quantity quantity{};
    std::optional<int> terminal;  // 0..2; none: the total over the phases
    std::int64_t value = 0;       // mWh, mA, mW or percent
};

// The power of ten that turns a unit into the base unit of its quantity: "kWh" is 6 (mWh). A
// missing unit is Wh for energy, W for power, A for current. Nothing when the unit does not fit the
// quantity.
std::optional<int> exponent_to_base(Quantity quantity, std::string_view unit);

// Puts a sample into the reading. Energy and power per phase are summed while no total has come;
// the total outweighs them.
class ReadingBuilder {
public:
    explicit ReadingBuilder(Timestamp at) { reading_.at = at; }
    void add(Sample const& sample);
    // Nothing when no sample was of use.
    std::optional<Reading> finish() const;

private:
    struct Sum {
        std::optional<std::int64_t> total;
        std::optional<std::int64_t> phases;
        std::optional<std::int64_t> value() const { return total ? total : phases; }
        void add(Sample const& sample);
    };
    Reading reading_;
    Sum energy_;
    Sum power_;
};

}
