// OCPP 1.6: meter readings, on their own and within transactions.
#pragma once

#include "ocpp/field_types.hpp"
#include "ocpp/fields.hpp"

namespace ocpp::v16 {

enum class ReadingContext {
    interruption_begin,
    interruption_end,
    sample_clock,     // at a fixed time of day, say each full quarter of an hour
    sample_periodic,  // each so many seconds of a transaction; what an absent context means
    transaction_begin,
    transaction_end,
    trigger,
    other,
};
constexpr auto wire_names(ReadingContext)
{
    return spelled("Interruption.Begin", "Interruption.End", "Sample.Clock", "Sample.Periodic",
        "Transaction.Begin", "Transaction.End", "Trigger", "Other");
}

enum class ValueFormat { raw, signed_data };
constexpr auto wire_names(ValueFormat) { return spelled("Raw", "SignedData"); }

enum class Measurand {
    energy_active_export_register,
    energy_active_import_register,  // what an absent measurand means
    energy_reactive_export_register,
    energy_reactive_import_register,
    energy_active_export_interval,
    energy_active_import_interval,
    energy_reactive_export_interval,
    energy_reactive_import_interval,
    power_active_export,
    power_active_import,
    power_offered,
    power_reactive_export,
    power_reactive_import,
    power_factor,
    current_import,
    current_export,
    current_offered,
    voltage,
    frequency,
    temperature,
    soc,
    rpm,
};
constexpr auto wire_names(Measurand)
{
    return spelled("Energy.Active.Export.Register", "Energy.Active.Import.Register",
        "Energy.Reactive.Export.Register", "Energy.Reactive.Import.Register",
        "Energy.Active.Export.Interval", "Energy.Active.Import.Interval",
        "Energy.Reactive.Export.Interval", "Energy.Reactive.Import.Interval", "Power.Active.Export",
        "Power.Active.Import", "Power.Offered", "Power.Reactive.Export", "Power.Reactive.Import",
        "Power.Factor", "Current.Import", "Current.Export", "Current.Offered", "Voltage",
        "Frequency", "Temperature", "SoC", "RPM");
}

// Where in the three-phase system a value was measured; absent means the sum over the phases.
enum class Phase { l1, l2, l3, n, l1_n, l2_n, l3_n, l1_l2, l2_l3, l3_l1 };
constexpr auto wire_names(Phase)
{
    return spelled("L1", "L2", "L3", "N", "L1-N", "L2-N", "L3-N", "L1-L2", "L2-L3", "L3-L1");
}

enum class Location { cable, ev, inlet, outlet, body };
constexpr auto wire_names(Location) { return spelled("Cable", "EV", "Inlet", "Outlet", "Body"); }

// The schema has both spellings of Celsius: the first edition misspelt it, and stations still do.
enum class UnitOfMeasure {
    wh,  // what an absent unit means
    kwh,
    varh,
    kvarh,
    w,
    kw,
    va,
    kva,
    var,
    kvar,
    a,
    v,
    k,
    celcius,
    celsius,
    fahrenheit,
    percent,
    hertz,  // no name of the standard's, where a frequency has no unit: understood, never sent
};
constexpr auto wire_names(UnitOfMeasure)
{
    return spelled("Wh", "kWh", "varh", "kvarh", "W", "kW", "VA", "kVA", "var", "kvar", "A", "V",
        "K", "Celcius", "Celsius", "Fahrenheit", "Percent");
}
constexpr auto other_spellings(UnitOfMeasure)
{
    return std::array{Spelling{"Hertz", UnitOfMeasure::hertz}};
}

struct SampledValue {
    Text value{};  // a decimal number in `unit` for raw values, else the signed data
    std::optional<ReadingContext> context{};
    std::optional<ValueFormat> format{};
    std::optional<Measurand> measurand{};
    std::optional<Phase> phase{};
    std::optional<Location> location{};
    std::optional<UnitOfMeasure> unit{};
    WIRE_FIELDS(value, context, format, measurand, phase, location, unit)
};

// What was measured at one moment. The standard asks for at least one value, the schema does not,
// and stations send empty lists.
struct MeterValue {
    Timestamp timestamp{};
    List<SampledValue, 0> sampledValue{};
    WIRE_FIELDS(timestamp, sampledValue)
};

// Section 4.7 Meter Values.
struct MeterValuesRequest {
    Integer<> connectorId{};  // 0 is the station's main meter
    std::optional<Integer<>> transactionId{};
    List<MeterValue, 0> meterValue{};
    WIRE_FIELDS(connectorId, transactionId, meterValue)
};
struct MeterValuesResponse {
    WIRE_NO_FIELDS
};

}
