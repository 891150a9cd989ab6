// OCPP 1.6: a station introduces itself, shows that it lives, and is restarted.
#pragma once

#include "ocpp/field_types.hpp"
#include "ocpp/fields.hpp"

namespace ocpp::v16 {

enum class RegistrationStatus { accepted, pending, rejected };
constexpr auto wire_names(RegistrationStatus) { return spelled("Accepted", "Pending", "Rejected"); }

// Section 4.2 Boot Notification.
struct BootNotificationRequest {
    String<20> chargePointVendor{};
    String<20> chargePointModel{};
    std::optional<String<25>> chargePointSerialNumber{};
    std::optional<String<25>> chargeBoxSerialNumber{};  // deprecated by the standard, still sent
    std::optional<String<50>> firmwareVersion{};
    std::optional<String<20>> iccid{};
    std::optional<String<20>> imsi{};
    std::optional<String<25>> meterType{};
    std::optional<String<25>> meterSerialNumber{};
    WIRE_FIELDS(chargePointVendor, chargePointModel, chargePointSerialNumber, chargeBoxSerialNumber,
        firmwareVersion, iccid, imsi, meterType, meterSerialNumber)
};
struct BootNotificationResponse {
    RegistrationStatus status{};
    Timestamp currentTime{};  // UTC of the central system
    Integer<> interval{};     // s; between heartbeats if accepted, else until the next attempt
    WIRE_FIELDS(status, currentTime, interval)
};

// Section 4.6 Heartbeat: a sign of life, and the way a station sets its clock.
struct HeartbeatRequest {
    WIRE_NO_FIELDS
};
struct HeartbeatResponse {
    Timestamp currentTime{};  // UTC of the central system
    WIRE_FIELDS(currentTime)
};

enum class ResetType { hard, soft };
constexpr auto wire_names(ResetType) { return spelled("Hard", "Soft"); }

enum class ResetStatus { accepted, rejected };
constexpr auto wire_names(ResetStatus) { return spelled("Accepted", "Rejected"); }

// Section 5.14 Reset. A soft one ends transactions properly first, a hard one need not.
struct ResetRequest {
    ResetType type{};
    WIRE_FIELDS(type)
};
struct ResetResponse {
    ResetStatus status{};
    WIRE_FIELDS(status)
};

}
