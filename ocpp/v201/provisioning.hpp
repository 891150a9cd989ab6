// OCPP 2.0.1, functional block B: a station introduces itself. Heartbeat (G02) stands here as well,
// beside the boot whose answer sets its interval.
#pragma once

#include "ocpp/v201/types.hpp"

namespace ocpp::v201 {

enum class BootReason {
    application_reset,
    firmware_update,
    local_reset,
    power_up,
    remote_reset,
    scheduled_reset,
    triggered,
    unknown,
    watchdog,
};
constexpr auto wire_names(BootReason)
{
    return spelled("ApplicationReset", "FirmwareUpdate", "LocalReset", "PowerUp", "RemoteReset",
        "ScheduledReset", "Triggered", "Unknown", "Watchdog");
}

enum class RegistrationStatus { accepted, pending, rejected };
constexpr auto wire_names(RegistrationStatus) { return spelled("Accepted", "Pending", "Rejected"); }

struct Modem {
    std::optional<String<20>> iccid{};
    std::optional<String<20>> imsi{};
    WIRE_FIELDS(iccid, imsi)
};

struct ChargingStation {
    std::optional<String<25>> serialNumber{};
    String<20> model{};
    std::optional<Modem> modem{};
    String<50> vendorName{};
    std::optional<String<50>> firmwareVersion{};
    WIRE_FIELDS(serialNumber, model, modem, vendorName, firmwareVersion)
};

// Use cases B01 to B03: cold boot, accepted, pending or rejected.
struct BootNotificationRequest {
    ChargingStation chargingStation{};
    BootReason reason{};
    WIRE_FIELDS(chargingStation, reason)
};
struct BootNotificationResponse {
    Timestamp currentTime{};  // UTC of the central system
    Integer<> interval{};     // s; between heartbeats if accepted, else until the next attempt
    RegistrationStatus status{};
    std::optional<StatusInfo> statusInfo{};
    WIRE_FIELDS(currentTime, interval, status, statusInfo)
};

// Use case G02.
struct HeartbeatRequest {
    WIRE_NO_FIELDS
};
struct HeartbeatResponse {
    Timestamp currentTime{};  // UTC of the central system
    WIRE_FIELDS(currentTime)
};

}
