// OCPP 2.0.1, functional block J: meter readings, on their own and within transactions.
#pragma once

#include "ocpp/field_types.hpp"
#include "ocpp/fields.hpp"

namespace ocpp::v201 {

enum class ReadingContext {
    interruption_begin,
    interruption_end,
    other,
    sample_clock,     // at a fixed time of day, say each full quarter of an hour
    sample_periodic,  // each so many seconds of a transaction; what an absent context means
    transaction_begin,
    transaction_end,
    trigger,
};
constexpr auto wire_names(ReadingContext)
{
    return spelled("Interruption.Begin", "Interruption.End", "Other", "Sample.Clock",
        "Sample.Periodic", "Transaction.Begin", "Transaction.End", "Trigger");
}

enum class Measurand {
    current_export,
    current_import,
    current_offered,
    energy_active_export_register,
    energy_active_import_register,  // what an absent measurand means
    energy_reactive_export_register,
    energy_reactive_import_register,
    energy_active_export_interval,
    energy_active_import_interval,
    energy_active_net,
    energy_reactive_export_interval,
    energy_reactive_import_interval,
    energy_reactive_net,
    energy_apparent_net,
    energy_apparent_import,
    energy_apparent_export,
    frequency,
    power_active_export,
    power_active_import,
    power_factor,
    power_offered,
    power_reactive_export,
    power_reactive_import,
    soc,
    voltage,
};
constexpr auto wire_names(Measurand)
{
    return spelled("Current.Export", "Current.Import", "Current.Offered",
        "Energy.Active.Export.Register", "Energy.Active.Import.Register",
        "Energy.Reactive.Export.Register", "Energy.Reactive.Import.Register",
        "Energy.Active.Export.Interval", "Energy.Active.Import.Interval", "Energy.Active.Net",
        "Energy.Reactive.Export.Interval", "Energy.Reactive.Import.Interval", "Energy.Reactive.Net",
        "Energy.Apparent.Net", "Energy.Apparent.Import", "Energy.Apparent.Export", "Frequency",
        "Power.Active.Export", "Power.Active.Import", "Power.Factor", "Power.Offered",
        "Power.Reactive.Export", "Power.Reactive.Import", "SoC", "Voltage");
}

// Where in the three-phase system a value was measured; absent means the sum over the phases.
enum class Phase { l1, l2, l3, n, l1_n, l2_n, l3_n, l1_l2, l2_l3, l3_l1 };
constexpr auto wire_names(Phase)
{
    return spelled("L1", "L2", "L3", "N", "L1-N", "L2-N", "L3-N", "L1-L2", "L2-L3", "L3-L1");
}

// Absent means outlet.
enum class Location { body, cable, ev, inlet, outlet };
constexpr auto wire_names(Location) { return spelled("Body", "Cable", "EV", "Inlet", "Outlet"); }

struct SignedMeterValue {
    String<2500> signedMeterData{};  // Base64
    String<50> signingMethod{};
    String<50> encodingMethod{};
    String<2500> publicKey{};  // Base64
    V2_FIELDS(signedMeterData, signingMethod, encodingMethod, publicKey)
};

struct UnitOfMeasure {
    std::optional<String<20>> unit{};       // absent means Wh
    std::optional<Integer<>> multiplier{};  // the value counts times ten to this power; absent: 0
    V2_FIELDS(unit, multiplier)
};

struct SampledValue {
    Decimal value{};
    std::optional<ReadingContext> context{};
    std::optional<Measurand> measurand{};
    std::optional<Phase> phase{};
    std::optional<Location> location{};
    std::optional<SignedMeterValue> signedMeterValue{};
    std::optional<UnitOfMeasure> unitOfMeasure{};
    V2_FIELDS(value, context, measurand, phase, location, signedMeterValue, unitOfMeasure)
};

// What was measured at one moment.
struct MeterValue {
    List<SampledValue> sampledValue{};
    Timestamp timestamp{};
    V2_FIELDS(sampledValue, timestamp)
};

// Use case J01: readings outside transactions.
struct MeterValuesRequest {
    Integer<> evseId{};  // 0 is the station's main meter
    List<MeterValue> meterValue{};
    V2_FIELDS(evseId, meterValue)
};
struct MeterValuesResponse {
    V2_NO_FIELDS
};

}
