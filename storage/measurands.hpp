// What a meter value is about, in words that all versions of OCPP share.
#pragma once

#include <compare>
#include <cstdint>

namespace storage {

// The measurands of OCPP 1.6 (7.31) and 2.0.1 (3.61). The numbers are stored: append only.
enum class Measurand : std::uint8_t {
    energy_active_import_register = 0,
    energy_active_export_register = 1,
    energy_reactive_import_register = 2,
    energy_reactive_export_register = 3,
    energy_active_import_interval = 4,
    energy_active_export_interval = 5,
    energy_reactive_import_interval = 6,
    energy_reactive_export_interval = 7,
    energy_active_net = 8,
    energy_reactive_net = 9,
    energy_apparent_net = 10,
    energy_apparent_import = 11,
    energy_apparent_export = 12,
    power_active_import = 13,
    power_active_export = 14,
    power_reactive_import = 15,
    power_reactive_export = 16,
    power_offered = 17,
    power_factor = 18,
    current_import = 19,
    current_export = 20,
    current_offered = 21,
    voltage = 22,
    frequency = 23,
    soc = 24,
    temperature = 25,
    rpm = 26,
};
inline constexpr std::uint8_t measurand_count = 27;

// Where in the three-phase system: lines of the grid, after the charge point's rotation.
enum class Phase : std::uint8_t {
    total = 0,  // none was named: the sum over the phases, or what has no phase
    l1 = 1,
    l2 = 2,
    l3 = 3,
    n = 4,
    l1_n = 5,
    l2_n = 6,
    l3_n = 7,
    l1_l2 = 8,
    l2_l3 = 9,
    l3_l1 = 10,
};

// Where it was measured.
enum class Location : std::uint8_t {
    outlet = 0,
    body = 1,
    cable = 2,
    ev = 3,
    inlet = 4,
    upstream = 5,
};

// Why it was measured at that moment.
enum class ReadingContext : std::uint8_t {
    periodic = 0,
    clock = 1,
    begin = 2,  // of the transaction
    end = 3,
    interruption_begin = 4,
    interruption_end = 5,
    trigger = 6,
    other = 7,
};

struct Channel {
    Measurand measurand{};
    Phase phase{};
    Location location{};

    friend constexpr auto operator<=>(Channel const&, Channel const&) = default;
};

// A value in thousandths of the base unit of its measurand: mWh, mvarh, mVAh, mW, mvar, mVA, mA,
// mV, mHz, thousandths of a percent, of a degree Celsius, of 1 (power factor, rpm).
struct ChannelValue {
    Channel channel{};
    std::int64_t milli = 0;

    friend constexpr auto operator<=>(ChannelValue const&, ChannelValue const&) = default;
};

}
