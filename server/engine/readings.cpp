#include "server/engine/readings.hpp"

#include "server/engine/energy/channel_series.hpp"
#include "server/engine/scaled.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace engine {

using storage::Channel, storage::Location, storage::Measurand, storage::Phase;

namespace {

constexpr int milli = 3;  // as a power of ten
constexpr int kilo = 6;   // thousands, in thousandths

enum class Offset { none, kelvin, fahrenheit };

struct UnitScale {
    std::string_view unit;
    int exponent;  // that turns it into thousandths of the base unit
    Offset offset = Offset::none;
};

// OCPP 1.6 7.48, 2.0.1 appendix 2, and what stations send beside it.
constexpr auto scales = std::to_array<UnitScale>({
    {"", milli},
    {"Wh", milli},
    {"kWh", kilo},
    {"W", milli},
    {"kW", kilo},
    {"A", milli},
    {"mA", 0},
    {"V", milli},
    {"mV", 0},
    {"kV", kilo},
    {"Percent", milli},
    {"%", milli},
    {"varh", milli},
    {"kvarh", kilo},
    {"VAh", milli},
    {"kVAh", kilo},
    {"var", milli},
    {"kvar", kilo},
    {"VA", milli},
    {"kVA", kilo},
    {"Celsius", milli},
    {"Celcius", milli},
    {"K", milli, Offset::kelvin},
    {"Fahrenheit", milli, Offset::fahrenheit},
    {"Hertz", milli},
    {"Hz", milli},
    {"RPM", milli},
});

constexpr std::int64_t kelvin_zero_milli = 273'150;
constexpr std::int64_t fahrenheit_zero_milli = 32'000;

std::optional<std::int64_t> without_offset(std::int64_t value, Offset offset)
{
    std::int64_t result = value;
    switch (offset) {
    case Offset::none: break;
    case Offset::kelvin:
        if (__builtin_sub_overflow(value, kelvin_zero_milli, &result)) return std::nullopt;
        break;
    case Offset::fahrenheit:
        if (__builtin_sub_overflow(value, fahrenheit_zero_milli, &result)) return std::nullopt;
        result = result / 9 * 5 + result % 9 * 5 / 9;
        break;
    }
    return result;
}

template <class Scale>
std::optional<std::int64_t> milli_with(std::string_view unit, int multiplier, Scale scale)
{
    constexpr int sane_multiplier = 30;
    if (multiplier < -sane_multiplier || multiplier > sane_multiplier) return std::nullopt;
    auto const known = std::find_if(
        scales.begin(), scales.end(), [&](UnitScale const& one) { return one.unit == unit; });
    if (known == scales.end()) return std::nullopt;
    auto const value = scale(known->exponent + multiplier);
    return value ? without_offset(*value, known->offset) : std::nullopt;
}

// A register of active energy that is given in "A" is no energy.
bool fits(Measurand measurand, std::string_view unit)
{
    bool const is_current = measurand == Measurand::current_import ||
                            measurand == Measurand::current_export ||
                            measurand == Measurand::current_offered;
    bool const in_ampere = unit == "A" || unit == "mA";
    return unit.empty() || is_current == in_ampere;
}

std::int32_t clamped(std::int64_t value)
{
    using Limits = std::numeric_limits<std::int32_t>;
    return static_cast<std::int32_t>(std::clamp<std::int64_t>(value, Limits::min(), Limits::max()));
}

// Where a common value is taken from, the best first; elsewhere it is not the outlet's.
constexpr std::array places{Location::outlet, Location::cable, Location::body, Location::inlet};

std::size_t rank_of(Location location)
{
    return static_cast<std::size_t>(
        std::find(places.begin(), places.end(), location) - places.begin());
}

bool is_common(Channel const& channel)
{
    switch (channel.measurand) {
    case Measurand::energy_active_import_register:
    case Measurand::power_active_import: return channel.phase == Phase::total;
    case Measurand::current_import:
        return channel.phase == Phase::total || metering::line_of(channel.phase);
    case Measurand::soc: return true;
    default: return false;
    }
}

void take_common(Reading& reading, Sample const& sample)
{
    switch (sample.channel.measurand) {
    case Measurand::energy_active_import_register: reading.energy_mwh = sample.milli; break;
    case Measurand::power_active_import: reading.power_mw = sample.milli; break;
    case Measurand::soc: reading.soc_percent = clamped(sample.milli / 1000); break;
    default:
        // A current without a phase is what each of the phases carries (OCPP has no sum of
        // currents).
        auto const terminal = metering::line_of(sample.channel.phase);
        for (std::size_t k = 0; k < reading.terminal_ma.size(); ++k) {
            auto& current = reading.terminal_ma[k];
            if (terminal == k || (!terminal && !current)) current = clamped(sample.milli);
        }
    }
}

// Of the places where a measurand was measured at this instant the best.
std::size_t best_rank(std::vector<Sample> const& samples, Sample const& like)
{
    std::size_t best = places.size();
    for (Sample const& one : samples)
        if (one.context == like.context && one.channel.measurand == like.channel.measurand &&
            is_common(one.channel))
            best = std::min(best, rank_of(one.channel.location));
    return best;
}

}

std::optional<std::int64_t> milli_of(
    Measurand measurand, std::string_view number, std::string_view unit, int multiplier)
{
    if (!fits(measurand, unit)) return std::nullopt;
    return milli_with(
        unit, multiplier, [&](int exponent) { return scaled_decimal(number, exponent); });
}

std::optional<std::int64_t> milli_of(
    Measurand measurand, double number, std::string_view unit, int multiplier)
{
    if (!fits(measurand, unit)) return std::nullopt;
    return milli_with(
        unit, multiplier, [&](int exponent) { return scaled_number(number, exponent); });
}

void ReadingBuilder::add(SignedValue value, storage::ReadingContext context)
{
    signed_.emplace_back(context, std::move(value));
}

void ReadingBuilder::finish(std::vector<Reading>& readings)
{
    auto const reading_of =
        [&, first = readings.size()](storage::ReadingContext context) -> Reading& {
        for (std::size_t k = first; k < readings.size(); ++k)
            if (readings[k].context == context) return readings[k];
        readings.push_back({.at = at_, .context = context});
        return readings.back();
    };
    for (Sample const& sample : samples_) {
        Reading& reading = reading_of(sample.context);
        bool const soc = sample.channel.measurand == Measurand::soc;  // is the car's, wherever
        bool const best = soc ||
                          (rank_of(sample.channel.location) < places.size() &&
                              rank_of(sample.channel.location) == best_rank(samples_, sample));
        if (is_common(sample.channel) && best)
            take_common(reading, sample);
        else
            reading.others.push_back({.channel = sample.channel, .milli = sample.milli});
    }
    for (auto& [context, value] : signed_)
        reading_of(context).signed_values.push_back(std::move(value));
    samples_.clear();
    signed_.clear();
}

}
