// OCPP 2.0.1, functional block B: a station introduces itself, is restarted, and is told where to
// connect. Heartbeat (G02) stands here as well, beside the boot whose answer sets its interval.
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
    V2_FIELDS(iccid, imsi)
};

struct ChargingStation {
    std::optional<String<25>> serialNumber{};
    String<20> model{};
    std::optional<Modem> modem{};
    String<50> vendorName{};
    std::optional<String<50>> firmwareVersion{};
    V2_FIELDS(serialNumber, model, modem, vendorName, firmwareVersion)
};

// Use cases B01 to B03: cold boot, accepted, pending or rejected.
struct BootNotificationRequest {
    ChargingStation chargingStation{};
    BootReason reason{};
    V2_FIELDS(chargingStation, reason)
};
struct BootNotificationResponse {
    Timestamp currentTime{};  // UTC of the central system
    Integer<> interval{};     // s; between heartbeats if accepted, else until the next attempt
    RegistrationStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(currentTime, interval, status, statusInfo)
};

// Use case G02.
struct HeartbeatRequest {
    V2_NO_FIELDS
};
struct HeartbeatResponse {
    Timestamp currentTime{};  // UTC of the central system
    V2_FIELDS(currentTime)
};

enum class ResetType {
    immediate,  // ends transactions
    on_idle,    // when no transaction runs
};
constexpr auto wire_names(ResetType) { return spelled("Immediate", "OnIdle"); }

enum class ResetStatus { accepted, rejected, scheduled };
constexpr auto wire_names(ResetStatus) { return spelled("Accepted", "Rejected", "Scheduled"); }

// Use cases B11 and B12: restart the station or one of its EVSEs.
struct ResetRequest {
    ResetType type{};
    std::optional<Integer<>> evseId{};  // absent: the whole station
    V2_FIELDS(type, evseId)
};
struct ResetResponse {
    ResetStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

enum class ApnAuthentication { chap, none, pap, auto_ };
constexpr auto wire_names(ApnAuthentication) { return spelled("CHAP", "NONE", "PAP", "AUTO"); }

// The cellular access point.
struct Apn {
    String<512> apn{};  // a URL
    std::optional<String<20>> apnUserName{};
    std::optional<String<20>> apnPassword{};
    std::optional<Integer<>> simPin{};
    std::optional<String<6>> preferredNetwork{};    // MCC and MNC of the network operator
    std::optional<bool> useOnlyPreferredNetwork{};  // absent means no
    ApnAuthentication apnAuthentication{};
    V2_FIELDS(apn, apnUserName, apnPassword, simPin, preferredNetwork, useOnlyPreferredNetwork,
        apnAuthentication)
};

// OCPP20 stands for 2.0.1: version 2.0 was withdrawn.
enum class OcppVersion { ocpp12, ocpp15, ocpp16, ocpp20 };
constexpr auto wire_names(OcppVersion) { return spelled("OCPP12", "OCPP15", "OCPP16", "OCPP20"); }

// SOAP belongs to versions before 2.0.
enum class OcppTransport { json, soap };
constexpr auto wire_names(OcppTransport) { return spelled("JSON", "SOAP"); }

enum class OcppInterface {
    wired0,
    wired1,
    wired2,
    wired3,
    wireless0,
    wireless1,
    wireless2,
    wireless3,
};
constexpr auto wire_names(OcppInterface)
{
    return spelled(
        "Wired0", "Wired1", "Wired2", "Wired3", "Wireless0", "Wireless1", "Wireless2", "Wireless3");
}

enum class VpnKind { ikev2, ipsec, l2tp, pptp };
constexpr auto wire_names(VpnKind) { return spelled("IKEv2", "IPSec", "L2TP", "PPTP"); }

// The VPN to connect through.
struct Vpn {
    String<512> server{};
    String<20> user{};
    std::optional<String<20>> group{};
    String<20> password{};
    String<255> key{};  // the shared secret
    VpnKind type{};
    V2_FIELDS(server, user, group, password, key, type)
};

// One way to reach the central system.
struct NetworkConnectionProfile {
    std::optional<Apn> apn{};
    OcppVersion ocppVersion{};
    OcppTransport ocppTransport{};
    String<512> ocppCsmsUrl{};    // without the station's identity
    Integer<> messageTimeout{};   // s
    Integer<> securityProfile{};  // 1 to 3
    OcppInterface ocppInterface{};
    std::optional<Vpn> vpn{};
    V2_FIELDS(apn, ocppVersion, ocppTransport, ocppCsmsUrl, messageTimeout, securityProfile,
        ocppInterface, vpn)
};

enum class SetNetworkProfileStatus { accepted, rejected, failed };
constexpr auto wire_names(SetNetworkProfileStatus)
{
    return spelled("Accepted", "Rejected", "Failed");
}

// Use case B09: where and how the station may connect. It is used once a variable names its slot
// (B10).
struct SetNetworkProfileRequest {
    Integer<> configurationSlot{};  // NetworkConfigurationPriority names it
    NetworkConnectionProfile connectionData{};
    V2_FIELDS(configurationSlot, connectionData)
};
struct SetNetworkProfileResponse {
    SetNetworkProfileStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

}
