// From the samples of a MeterValue, in whatever unit and split they come, to Readings in base
// units. The dialects name each sample in version-neutral terms first.
#pragma once

#include "server/engine/words.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace engine {

// One sampled value. Its phase counts the station's terminals: l1 is the first.
struct Sample {
    storage::Channel channel{};
    storage::ReadingContext context{};
    std::int64_t milli = 0;  // as storage::ChannelValue
};

// A number as it was written, in `unit` (empty: the measurand's default) times ten to the power of
// `multiplier`, in thousandths of the measurand's base unit, rounded half away from zero. A unit of
// another quantity counts by its size alone: stations send kW with the unit kWh. Nothing when it is
// no number, does not fit 64 bits, or its unit is unknown.
std::optional<std::int64_t> milli_of(
    storage::Measurand measurand, std::string_view number, std::string_view unit, int multiplier);
std::optional<std::int64_t> milli_of(
    storage::Measurand measurand, double number, std::string_view unit, int multiplier);

// Gathers the samples of one instant, and makes of them one Reading per context.
class ReadingBuilder {
public:
    explicit ReadingBuilder(Timestamp at) : at_(at) {}
    void add(Sample const& sample) { samples_.push_back(sample); }
    void add(SignedValue value, storage::ReadingContext context);
    // Appends the readings, those of one context together.
    void finish(std::vector<Reading>& readings);

private:
    Timestamp at_;
    std::vector<Sample> samples_;
    std::vector<std::pair<storage::ReadingContext, SignedValue>> signed_;
};

}
