// OCPP 2.0.1, functional block K: what a car with ISO 15118 needs, and how it plans to charge.
#pragma once

#include "ocpp/v201/smart_charging.hpp"
#include "ocpp/v201/types.hpp"

namespace ocpp::v201 {

// What the car can do with AC.
struct AcChargingParameters {
    Integer<> energyAmount{};  // Wh
    Integer<> evMinCurrent{};  // A per phase
    Integer<> evMaxCurrent{};  // A per phase, the cable considered
    Integer<> evMaxVoltage{};  // V
    V2_FIELDS(energyAmount, evMinCurrent, evMaxCurrent, evMaxVoltage)
};

// What the car can do with DC.
struct DcChargingParameters {
    Integer<> evMaxCurrent{};                        // A, the cable considered
    Integer<> evMaxVoltage{};                        // V
    std::optional<Integer<>> energyAmount{};         // Wh
    std::optional<Integer<>> evMaxPower{};           // W
    std::optional<Integer<0, 100>> stateOfCharge{};  // percent
    std::optional<Integer<>> evEnergyCapacity{};     // Wh
    std::optional<Integer<0, 100>> fullSoC{};        // percent: full to the car
    std::optional<Integer<0, 100>> bulkSoC{};        // percent: fast charging ends
    V2_FIELDS(evMaxCurrent, evMaxVoltage, energyAmount, evMaxPower, stateOfCharge, evEnergyCapacity,
        fullSoC, bulkSoC)
};

enum class EnergyTransferMode { dc, ac_single_phase, ac_two_phase, ac_three_phase };
constexpr auto wire_names(EnergyTransferMode)
{
    return spelled("DC", "AC_single_phase", "AC_two_phase", "AC_three_phase");
}

// What the car wants.
struct ChargingNeeds {
    std::optional<AcChargingParameters> acChargingParameters{};
    std::optional<DcChargingParameters> dcChargingParameters{};
    EnergyTransferMode requestedEnergyTransfer{};
    std::optional<Timestamp> departureTime{};
    V2_FIELDS(acChargingParameters, dcChargingParameters, requestedEnergyTransfer, departureTime)
};

enum class NotifyEvChargingNeedsStatus { accepted, rejected, processing };
constexpr auto wire_names(NotifyEvChargingNeedsStatus)
{
    return spelled("Accepted", "Rejected", "Processing");
}

// Use cases K15 and K17: what the car wants. A SetChargingProfile should answer it.
struct NotifyEVChargingNeedsRequest {
    std::optional<Integer<>> maxScheduleTuples{};  // how many periods the car can take
    ChargingNeeds chargingNeeds{};
    Integer<> evseId{};
    V2_FIELDS(maxScheduleTuples, chargingNeeds, evseId)
};
struct NotifyEVChargingNeedsResponse {
    NotifyEvChargingNeedsStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

// Use cases K15 to K17: what the car will do within the limits that it got.
struct NotifyEVChargingScheduleRequest {
    Timestamp timeBase{};  // periods count from here
    ChargingSchedule chargingSchedule{};
    Integer<> evseId{};
    V2_FIELDS(timeBase, chargingSchedule, evseId)
};
struct NotifyEVChargingScheduleResponse {
    GenericStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

}
