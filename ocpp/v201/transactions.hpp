// OCPP 2.0.1, functional block E: one message tells the whole life of a transaction.
#pragma once

#include "ocpp/v201/authorization.hpp"
#include "ocpp/v201/metering.hpp"
#include "ocpp/v201/types.hpp"

namespace ocpp::v201 {

// The standard's TransactionEventEnumType.
enum class TransactionEventType { ended, started, updated };
constexpr auto wire_names(TransactionEventType) { return spelled("Ended", "Started", "Updated"); }

enum class TriggerReason {
    authorized,
    cable_plugged_in,
    charging_rate_changed,
    charging_state_changed,
    deauthorized,
    energy_limit_reached,
    ev_communication_lost,
    ev_connect_timeout,
    meter_value_clock,
    meter_value_periodic,
    time_limit_reached,
    trigger,
    unlock_command,
    stop_authorized,
    ev_departed,
    ev_detected,
    remote_stop,
    remote_start,
    abnormal_condition,
    signed_data_received,
    reset_command,
};
constexpr auto wire_names(TriggerReason)
{
    return spelled("Authorized", "CablePluggedIn", "ChargingRateChanged", "ChargingStateChanged",
        "Deauthorized", "EnergyLimitReached", "EVCommunicationLost", "EVConnectTimeout",
        "MeterValueClock", "MeterValuePeriodic", "TimeLimitReached", "Trigger", "UnlockCommand",
        "StopAuthorized", "EVDeparted", "EVDetected", "RemoteStop", "RemoteStart",
        "AbnormalCondition", "SignedDataReceived", "ResetCommand");
}

enum class ChargingState { charging, ev_connected, suspended_ev, suspended_evse, idle };
constexpr auto wire_names(ChargingState)
{
    return spelled("Charging", "EVConnected", "SuspendedEV", "SuspendedEVSE", "Idle");
}

// Why a transaction ended. An absent reason means local.
enum class Reason {
    de_authorized,
    emergency_stop,
    energy_limit_reached,
    ev_disconnected,
    ground_fault,
    immediate_reset,
    local,
    local_out_of_credit,
    master_pass,
    other,
    overcurrent_fault,
    power_loss,
    power_quality,
    reboot,
    remote,
    soc_limit_reached,
    stopped_by_ev,
    time_limit_reached,
    timeout,
};
constexpr auto wire_names(Reason)
{
    return spelled("DeAuthorized", "EmergencyStop", "EnergyLimitReached", "EVDisconnected",
        "GroundFault", "ImmediateReset", "Local", "LocalOutOfCredit", "MasterPass", "Other",
        "OvercurrentFault", "PowerLoss", "PowerQuality", "Reboot", "Remote", "SOCLimitReached",
        "StoppedByEV", "TimeLimitReached", "Timeout");
}

struct Transaction {
    String<36> transactionId{};  // given by the station
    std::optional<ChargingState> chargingState{};
    std::optional<Integer<>> timeSpentCharging{};  // s in which energy flowed
    std::optional<Reason> stoppedReason{};
    std::optional<Integer<>> remoteStartId{};  // of the RequestStartTransaction that began it
    V2_FIELDS(transactionId, chargingState, timeSpentCharging, stoppedReason, remoteStartId)
};

// Use cases E01 to E15.
struct TransactionEventRequest {
    TransactionEventType eventType{};
    std::optional<List<MeterValue>> meterValue{};
    Timestamp timestamp{};
    TriggerReason triggerReason{};
    Integer<> seqNo{};              // from 0 within the transaction; gaps mean lost events
    std::optional<bool> offline{};  // happened while the station was offline; absent means no
    std::optional<Integer<>> numberOfPhasesUsed{};
    std::optional<Integer<>> cableMaxCurrent{};  // A
    std::optional<Integer<>> reservationId{};    // of the reservation that this transaction ends
    Transaction transactionInfo{};
    std::optional<Evse> evse{};
    std::optional<IdToken> idToken{};
    V2_FIELDS(eventType, meterValue, timestamp, triggerReason, seqNo, offline, numberOfPhasesUsed,
        cableMaxCurrent, reservationId, transactionInfo, evse, idToken)
};
struct TransactionEventResponse {
    std::optional<Decimal> totalCost{};           // in the configured currency, taxes included
    std::optional<Integer<>> chargingPriority{};  // -9 to 9, for this transaction only
    std::optional<IdTokenInfo> idTokenInfo{};     // of a token that the request named
    std::optional<MessageContent> updatedPersonalMessage{};
    V2_FIELDS(totalCost, chargingPriority, idTokenInfo, updatedPersonalMessage)
};

// Use case E14: has the station told all of a transaction?
struct GetTransactionStatusRequest {
    std::optional<String<36>> transactionId{};  // absent: any messages in the queue?
    V2_FIELDS(transactionId)
};
struct GetTransactionStatusResponse {
    std::optional<bool> ongoingIndicator{};  // given when a transaction was named
    bool messagesInQueue{};
    V2_FIELDS(ongoingIndicator, messagesInQueue)
};

}
