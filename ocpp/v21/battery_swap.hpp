// OCPP 2.1, functional block S: stations that swap a car's battery.
#pragma once

#include "ocpp/v21/tokens.hpp"
#include "ocpp/v21/types.hpp"

namespace ocpp::v21 {

// Use case S02: somebody who is authorised wants to swap. BatterySwap follows.
struct RequestBatterySwapRequest {
    IdToken idToken{};
    Integer<> requestId{};  // comes back in BatterySwap
    V2_FIELDS(idToken, requestId)
};
struct RequestBatterySwapResponse {
    GenericStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

// One battery, in the slot that evseId names.
struct BatteryData {
    Integer<0> evseId{};  // the slot
    String<50> serialNumber{};
    Number<0, 100> soC{};  // percent of charge
    Number<0, 100> soH{};  // percent of health
    std::optional<Timestamp> productionDate{};
    std::optional<String<500>> vendorInfo{};
    V2_FIELDS(evseId, serialNumber, soC, soH, productionDate, vendorInfo)
};

enum class BatterySwapEvent { battery_in, battery_out, battery_out_timeout };
constexpr auto wire_names(BatterySwapEvent)
{
    return spelled("BatteryIn", "BatteryOut", "BatteryOutTimeout");
}

// Use cases S01 to S03: batteries were put in or taken out.
struct BatterySwapRequest {
    List<BatteryData> batteryData{};
    BatterySwapEvent eventType{};
    IdToken idToken{};
    Integer<> requestId{};  // of RequestBatterySwap, or made up by the station
    V2_FIELDS(batteryData, eventType, idToken, requestId)
};
struct BatterySwapResponse {
    V2_NO_FIELDS
};

}
