// OCPP 2.1, functional block B: a station introduces itself, is restarted, and is told where to
// connect. Heartbeat (G02) stands here as well, beside the boot whose answer sets its interval.
#pragma once

#include "ocpp/v201/provisioning.hpp"
#include "ocpp/v21/types.hpp"

namespace ocpp::v21 {

using v201::BootReason;
using v201::ChargingStation;
using v201::Modem;
using v201::RegistrationStatus;
using v201::ResetStatus;
using v201::SetNetworkProfileStatus;
using v201::VpnKind;

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
    immediate,             // ends transactions
    on_idle,               // when no transaction runs
    immediate_and_resume,  // the transaction goes on after the restart
};
constexpr auto wire_names(ResetType)
{
    return spelled("Immediate", "OnIdle", "ImmediateAndResume");
}

// Use cases B11 to B13: restart the station or one of its EVSEs.
struct ResetRequest {
    ResetType type{};
    std::optional<Integer<0>> evseId{};  // absent: the whole station
    V2_FIELDS(type, evseId)
};
struct ResetResponse {
    ResetStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

enum class ApnAuthentication { pap, chap, none, auto_ };
constexpr auto wire_names(ApnAuthentication) { return spelled("PAP", "CHAP", "NONE", "AUTO"); }

// The cellular access point.
struct Apn {
    String<2000> apn{};  // a URL
    std::optional<String<50>> apnUserName{};
    std::optional<String<64>> apnPassword{};
    std::optional<Integer<>> simPin{};
    std::optional<String<6>> preferredNetwork{};    // MCC and MNC of the network operator
    std::optional<bool> useOnlyPreferredNetwork{};  // absent means no
    ApnAuthentication apnAuthentication{};
    V2_FIELDS(apn, apnUserName, apnPassword, simPin, preferredNetwork, useOnlyPreferredNetwork,
        apnAuthentication)
};

// Without meaning in 2.1: the handshake settles the version.
enum class OcppVersion { ocpp12, ocpp15, ocpp16, ocpp20, ocpp201, ocpp21 };
constexpr auto wire_names(OcppVersion)
{
    return spelled("OCPP12", "OCPP15", "OCPP16", "OCPP20", "OCPP201", "OCPP21");
}

enum class OcppInterface {
    wired0,
    wired1,
    wired2,
    wired3,
    wireless0,
    wireless1,
    wireless2,
    wireless3,
    any,
};
constexpr auto wire_names(OcppInterface)
{
    return spelled("Wired0", "Wired1", "Wired2", "Wired3", "Wireless0", "Wireless1", "Wireless2",
        "Wireless3", "Any");
}

// SOAP belongs to versions before 2.0.
enum class OcppTransport { soap, json };
constexpr auto wire_names(OcppTransport) { return spelled("SOAP", "JSON"); }

// The VPN to connect through.
struct Vpn {
    String<2000> server{};
    String<50> user{};
    std::optional<String<50>> group{};
    String<64> password{};
    String<255> key{};  // the shared secret
    VpnKind type{};
    V2_FIELDS(server, user, group, password, key, type)
};

// One way to reach the central system.
struct NetworkConnectionProfile {
    std::optional<Apn> apn{};
    std::optional<OcppVersion> ocppVersion{};
    OcppInterface ocppInterface{};
    OcppTransport ocppTransport{};
    Integer<> messageTimeout{};                     // s
    String<2000> ocppCsmsUrl{};                     // without the station's identity
    Integer<0> securityProfile{};                   // 1 to 3
    std::optional<String<48>> identity{};           // the user name of profiles 1 and 2
    std::optional<String<64>> basicAuthPassword{};  // of profiles 1 and 2
    std::optional<Vpn> vpn{};
    V2_FIELDS(apn, ocppVersion, ocppInterface, ocppTransport, messageTimeout, ocppCsmsUrl,
        securityProfile, identity, basicAuthPassword, vpn)
};

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
