// OCPP 2.1, functional block I: the costs that a station has reckoned, as it tells them with its
// transactions (use case I12).
#pragma once

#include "ocpp/v21/tariff_structure.hpp"

namespace ocpp::v21 {

// The standard's spelling of IdleTIme is kept on the wire.
enum class CostDimensionKind {
    energy,
    max_current,
    min_current,
    max_power,
    min_power,
    idle_time,
    charging_time,
};
constexpr auto wire_names(CostDimensionKind)
{
    return spelled(
        "Energy", "MaxCurrent", "MinCurrent", "MaxPower", "MinPower", "IdleTIme", "ChargingTime");
}

struct CostDimension {
    CostDimensionKind type{};
    Decimal volume{};  // A, W or s; of energy the text says both Wh and kWh
    V2_FIELDS(type, volume)
};

// A time within which one tariff element held.
struct ChargingPeriod {
    std::optional<List<CostDimension>> dimensions{};
    std::optional<String<60>> tariffId{};
    Timestamp startPeriod{};
    V2_FIELDS(dimensions, tariffId, startPeriod)
};

// Whether the sum is what was used, or the tariff's minimum or maximum instead.
enum class TariffCostKind { normal_cost, min_cost, max_cost };
constexpr auto wire_names(TariffCostKind) { return spelled("NormalCost", "MinCost", "MaxCost"); }

// At least one of the amounts is given.
struct TotalPrice {
    std::optional<Decimal> exclTax{};
    std::optional<Decimal> inclTax{};
    V2_FIELDS(exclTax, inclTax)
};

// What it costs, in all and by part.
struct TotalCost {
    String<3> currency{};  // ISO 4217
    TariffCostKind typeOfCost{};
    std::optional<Price> fixed{};
    std::optional<Price> energy{};
    std::optional<Price> chargingTime{};
    std::optional<Price> idleTime{};
    std::optional<Price> reservationTime{};
    std::optional<Price> reservationFixed{};
    TotalPrice total{};
    V2_FIELDS(currency, typeOfCost, fixed, energy, chargingTime, idleTime, reservationTime,
        reservationFixed, total)
};

// What was used.
struct TotalUsage {
    Decimal energy{};
    Integer<> chargingTime{};                    // s
    Integer<> idleTime{};                        // s
    std::optional<Integer<>> reservationTime{};  // s
    V2_FIELDS(energy, chargingTime, idleTime, reservationTime)
};

// The costs of a transaction as the station has reckoned them.
struct CostDetails {
    std::optional<List<ChargingPeriod>> chargingPeriods{};
    TotalCost totalCost{};
    TotalUsage totalUsage{};
    std::optional<bool> failureToCalculate{};  // then the sums are not to be used
    std::optional<String<500>> failureReason{};
    V2_FIELDS(chargingPeriods, totalCost, totalUsage, failureToCalculate, failureReason)
};

}
