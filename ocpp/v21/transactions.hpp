// OCPP 2.1, functional block E: one message tells the whole life of a transaction.
#pragma once

#include "ocpp/v201/transactions.hpp"
#include "ocpp/v21/cost_details.hpp"
#include "ocpp/v21/metering.hpp"
#include "ocpp/v21/tokens.hpp"
#include "ocpp/v21/types.hpp"
#include "ocpp/v21/v2x.hpp"

namespace ocpp::v21 {

using v201::TransactionEventType;

enum class TriggerReason {
    abnormal_condition,
    authorized,
    cable_plugged_in,
    charging_rate_changed,
    charging_state_changed,
    cost_limit_reached,
    deauthorized,
    energy_limit_reached,
    ev_communication_lost,
    ev_connect_timeout,
    ev_departed,
    ev_detected,
    limit_set,
    meter_value_clock,
    meter_value_periodic,
    operation_mode_changed,
    remote_start,
    remote_stop,
    reset_command,
    running_cost,
    signed_data_received,
    soc_limit_reached,
    stop_authorized,
    tariff_changed,
    tariff_not_accepted,
    time_limit_reached,
    trigger,
    tx_resumed,
    unlock_command,
};
constexpr auto wire_names(TriggerReason)
{
    return spelled("AbnormalCondition", "Authorized", "CablePluggedIn", "ChargingRateChanged",
        "ChargingStateChanged", "CostLimitReached", "Deauthorized", "EnergyLimitReached",
        "EVCommunicationLost", "EVConnectTimeout", "EVDeparted", "EVDetected", "LimitSet",
        "MeterValueClock", "MeterValuePeriodic", "OperationModeChanged", "RemoteStart",
        "RemoteStop", "ResetCommand", "RunningCost", "SignedDataReceived", "SoCLimitReached",
        "StopAuthorized", "TariffChanged", "TariffNotAccepted", "TimeLimitReached", "Trigger",
        "TxResumed", "UnlockCommand");
}

enum class PreconditioningStatus { unknown, ready, not_ready, preconditioning };
constexpr auto wire_names(PreconditioningStatus)
{
    return spelled("Unknown", "Ready", "NotReady", "Preconditioning");
}

enum class ChargingState { ev_connected, charging, suspended_ev, suspended_evse, idle };
constexpr auto wire_names(ChargingState)
{
    return spelled("EVConnected", "Charging", "SuspendedEV", "SuspendedEVSE", "Idle");
}

// Why a transaction ended. An absent reason means local.
enum class Reason {
    de_authorized,
    emergency_stop,
    energy_limit_reached,
    ev_disconnected,
    ground_fault,
    immediate_reset,
    master_pass,
    local,
    local_out_of_credit,
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
    req_energy_transfer_rejected,
};
constexpr auto wire_names(Reason)
{
    return spelled("DeAuthorized", "EmergencyStop", "EnergyLimitReached", "EVDisconnected",
        "GroundFault", "ImmediateReset", "MasterPass", "Local", "LocalOutOfCredit", "Other",
        "OvercurrentFault", "PowerLoss", "PowerQuality", "Reboot", "Remote", "SOCLimitReached",
        "StoppedByEV", "TimeLimitReached", "Timeout", "ReqEnergyTransferRejected");
}

// Where a transaction shall end.
struct TransactionLimit {
    std::optional<Decimal> maxCost{};         // in the tariff's currency
    std::optional<Decimal> maxEnergy{};       // Wh
    std::optional<Integer<>> maxTime{};       // s
    std::optional<Integer<0, 100>> maxSoC{};  // percent
    V2_FIELDS(maxCost, maxEnergy, maxTime, maxSoC)
};

struct Transaction {
    String<36> transactionId{};  // given by the station
    std::optional<ChargingState> chargingState{};
    std::optional<Integer<>> timeSpentCharging{};  // s in which energy flowed
    std::optional<Reason> stoppedReason{};
    // Of the RequestStartTransaction that began it.
    std::optional<Integer<>> remoteStartId{};
    std::optional<OperationMode> operationMode{};        // the one in use
    std::optional<String<60>> tariffId{};                // of the tariff in use
    std::optional<TransactionLimit> transactionLimit{};  // the limits in use
    V2_FIELDS(transactionId, chargingState, timeSpentCharging, stoppedReason, remoteStartId,
        operationMode, tariffId, transactionLimit)
};

// Use cases E01 to E17.
struct TransactionEventRequest {
    std::optional<CostDetails> costDetails{};  // what the station has reckoned
    TransactionEventType eventType{};
    std::optional<List<MeterValue>> meterValue{};
    Timestamp timestamp{};
    TriggerReason triggerReason{};
    Integer<0> seqNo{};             // from 0 within the transaction; gaps mean lost events
    std::optional<bool> offline{};  // happened while the station was offline; absent means no
    std::optional<Integer<0, 3>> numberOfPhasesUsed{};
    std::optional<Integer<>> cableMaxCurrent{};  // A
    // Of the reservation that this transaction ends.
    std::optional<Integer<0>> reservationId{};
    // Of the car's battery.
    std::optional<PreconditioningStatus> preconditioningStatus{};
    std::optional<bool> evseSleep{};  // power electronics are off; absent means no
    Transaction transactionInfo{};
    std::optional<Evse> evse{};
    std::optional<IdToken> idToken{};
    V2_FIELDS(costDetails, eventType, meterValue, timestamp, triggerReason, seqNo, offline,
        numberOfPhasesUsed, cableMaxCurrent, reservationId, preconditioningStatus, evseSleep,
        transactionInfo, evse, idToken)
};
struct TransactionEventResponse {
    std::optional<Decimal> totalCost{};           // in the configured currency, taxes included
    std::optional<Integer<>> chargingPriority{};  // -9 to 9, for this transaction only
    std::optional<IdTokenInfo> idTokenInfo{};     // of a token that the request named
    // Where the transaction shall end.
    std::optional<TransactionLimit> transactionLimit{};
    std::optional<MessageContent> updatedPersonalMessage{};
    std::optional<List<MessageContent, 1, 4>> updatedPersonalMessageExtra{};  // in other languages
    V2_FIELDS(totalCost, chargingPriority, idTokenInfo, transactionLimit, updatedPersonalMessage,
        updatedPersonalMessageExtra)
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
