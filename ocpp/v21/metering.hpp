// OCPP 2.1, functional block J: meter readings, on their own and within transactions.
#pragma once

#include "ocpp/v201/metering.hpp"

namespace ocpp::v21 {

using v201::Phase;
using v201::ReadingContext;
using v201::UnitOfMeasure;

enum class Measurand {
    current_export,
    current_export_offered,
    current_export_minimum,
    current_import,
    current_import_offered,
    current_import_minimum,
    current_offered,
    display_present_soc,
    display_minimum_soc,
    display_target_soc,
    display_maximum_soc,
    display_remaining_time_to_minimum_soc,
    display_remaining_time_to_target_soc,
    display_remaining_time_to_maximum_soc,
    display_charging_complete,
    display_battery_energy_capacity,
    display_inlet_hot,
    energy_active_export_interval,
    energy_active_export_register,
    energy_active_import_interval,
    energy_active_import_register,  // what an absent measurand means
    energy_active_import_cable_loss,
    energy_active_import_local_generation_register,
    energy_active_net,
    energy_active_setpoint_interval,
    energy_apparent_export,
    energy_apparent_import,
    energy_apparent_net,
    energy_reactive_export_interval,
    energy_reactive_export_register,
    energy_reactive_import_interval,
    energy_reactive_import_register,
    energy_reactive_net,
    energy_request_target,
    energy_request_minimum,
    energy_request_maximum,
    energy_request_minimum_v2x,
    energy_request_maximum_v2x,
    energy_request_bulk,
    frequency,
    power_active_export,
    power_active_import,
    power_active_setpoint,
    power_active_residual,
    power_export_minimum,
    power_export_offered,
    power_factor,
    power_import_offered,
    power_import_minimum,
    power_offered,
    power_reactive_export,
    power_reactive_import,
    soc,
    voltage,
    voltage_minimum,
    voltage_maximum,
};
constexpr auto wire_names(Measurand)
{
    return spelled("Current.Export", "Current.Export.Offered", "Current.Export.Minimum",
        "Current.Import", "Current.Import.Offered", "Current.Import.Minimum", "Current.Offered",
        "Display.PresentSOC", "Display.MinimumSOC", "Display.TargetSOC", "Display.MaximumSOC",
        "Display.RemainingTimeToMinimumSOC", "Display.RemainingTimeToTargetSOC",
        "Display.RemainingTimeToMaximumSOC", "Display.ChargingComplete",
        "Display.BatteryEnergyCapacity", "Display.InletHot", "Energy.Active.Export.Interval",
        "Energy.Active.Export.Register", "Energy.Active.Import.Interval",
        "Energy.Active.Import.Register", "Energy.Active.Import.CableLoss",
        "Energy.Active.Import.LocalGeneration.Register", "Energy.Active.Net",
        "Energy.Active.Setpoint.Interval", "Energy.Apparent.Export", "Energy.Apparent.Import",
        "Energy.Apparent.Net", "Energy.Reactive.Export.Interval", "Energy.Reactive.Export.Register",
        "Energy.Reactive.Import.Interval", "Energy.Reactive.Import.Register", "Energy.Reactive.Net",
        "EnergyRequest.Target", "EnergyRequest.Minimum", "EnergyRequest.Maximum",
        "EnergyRequest.Minimum.V2X", "EnergyRequest.Maximum.V2X", "EnergyRequest.Bulk", "Frequency",
        "Power.Active.Export", "Power.Active.Import", "Power.Active.Setpoint",
        "Power.Active.Residual", "Power.Export.Minimum", "Power.Export.Offered", "Power.Factor",
        "Power.Import.Offered", "Power.Import.Minimum", "Power.Offered", "Power.Reactive.Export",
        "Power.Reactive.Import", "SoC", "Voltage", "Voltage.Minimum", "Voltage.Maximum");
}

// Absent means outlet.
enum class Location { body, cable, ev, inlet, outlet, upstream };
constexpr auto wire_names(Location)
{
    return spelled("Body", "Cable", "EV", "Inlet", "Outlet", "Upstream");
}

struct SignedMeterValue {
    String<32768> signedMeterData{};  // Base64
    std::optional<String<50>> signingMethod{};
    String<50> encodingMethod{};
    std::optional<String<2500>> publicKey{};  // Base64
    V2_FIELDS(signedMeterData, signingMethod, encodingMethod, publicKey)
};

struct SampledValue {
    Decimal value{};
    std::optional<Measurand> measurand{};
    std::optional<ReadingContext> context{};
    std::optional<Phase> phase{};
    std::optional<Location> location{};
    std::optional<SignedMeterValue> signedMeterValue{};
    std::optional<UnitOfMeasure> unitOfMeasure{};
    V2_FIELDS(value, measurand, context, phase, location, signedMeterValue, unitOfMeasure)
};

// What was measured at one moment.
struct MeterValue {
    List<SampledValue> sampledValue{};
    Timestamp timestamp{};
    V2_FIELDS(sampledValue, timestamp)
};

// Use case J01: readings outside transactions.
struct MeterValuesRequest {
    Integer<0> evseId{};  // 0 is the station's main meter
    List<MeterValue> meterValue{};
    V2_FIELDS(evseId, meterValue)
};
struct MeterValuesResponse {
    V2_NO_FIELDS
};

}
