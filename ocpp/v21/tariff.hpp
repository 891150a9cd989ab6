// OCPP 2.1, functional block I: which tariffs a station has, and what a transaction costs so far.
#pragma once

#include "ocpp/v21/tariff_structure.hpp"
#include "ocpp/v21/types.hpp"

namespace ocpp::v21 {

enum class TariffSetStatus {
    accepted,
    rejected,
    too_many_elements,
    condition_not_supported,
    duplicate_tariff_id,
};
constexpr auto wire_names(TariffSetStatus)
{
    return spelled(
        "Accepted", "Rejected", "TooManyElements", "ConditionNotSupported", "DuplicateTariffId");
}

// Use case I07: what applies to drivers without a tariff of their own.
struct SetDefaultTariffRequest {
    Integer<0> evseId{};  // 0: all EVSEs
    Tariff tariff{};
    V2_FIELDS(evseId, tariff)
};
struct SetDefaultTariffResponse {
    TariffSetStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

enum class TariffGetStatus { accepted, rejected, no_tariff };
constexpr auto wire_names(TariffGetStatus) { return spelled("Accepted", "Rejected", "NoTariff"); }

enum class TariffKind { default_tariff, driver_tariff };
constexpr auto wire_names(TariffKind) { return spelled("DefaultTariff", "DriverTariff"); }

// Where a tariff applies.
struct TariffAssignment {
    String<60> tariffId{};
    TariffKind tariffKind{};
    std::optional<Timestamp> validFrom{};
    std::optional<List<Integer<0>>> evseIds{};
    std::optional<List<String<255>>> idTokens{};  // of a driver tariff
    V2_FIELDS(tariffId, tariffKind, validFrom, evseIds, idTokens)
};

// Use case I09.
struct GetTariffsRequest {
    Integer<0> evseId{};  // 0: all EVSEs
    V2_FIELDS(evseId)
};
struct GetTariffsResponse {
    TariffGetStatus status{};
    std::optional<StatusInfo> statusInfo{};
    std::optional<List<TariffAssignment>> tariffAssignments{};
    V2_FIELDS(status, statusInfo, tariffAssignments)
};

enum class TariffClearStatus { accepted, rejected, no_tariff };
constexpr auto wire_names(TariffClearStatus) { return spelled("Accepted", "Rejected", "NoTariff"); }

struct ClearTariffsResult {
    std::optional<StatusInfo> statusInfo{};
    std::optional<String<60>> tariffId{};
    TariffClearStatus status{};
    V2_FIELDS(statusInfo, tariffId, status)
};

// Use case I10.
struct ClearTariffsRequest {
    std::optional<List<String<60>>> tariffIds{};  // absent: all
    std::optional<Integer<0>> evseId{};           // absent: on every EVSE
    V2_FIELDS(tariffIds, evseId)
};
struct ClearTariffsResponse {
    List<ClearTariffsResult> clearTariffsResult{};
    V2_FIELDS(clearTariffsResult)
};

enum class TariffChangeStatus {
    accepted,
    rejected,
    too_many_elements,
    condition_not_supported,
    tx_not_found,
    no_currency_change,
};
constexpr auto wire_names(TariffChangeStatus)
{
    return spelled("Accepted", "Rejected", "TooManyElements", "ConditionNotSupported", "TxNotFound",
        "NoCurrencyChange");
}

// Use case I11: another tariff for a transaction that runs, in the same currency.
struct ChangeTransactionTariffRequest {
    Tariff tariff{};
    String<36> transactionId{};
    V2_FIELDS(tariff, transactionId)
};
struct ChangeTransactionTariffResponse {
    TariffChangeStatus status{};
    std::optional<StatusInfo> statusInfo{};
    V2_FIELDS(status, statusInfo)
};

// Use case I02: what a running transaction costs so far, for the display.
struct CostUpdatedRequest {
    Decimal totalCost{};  // in the configured currency, taxes included
    String<36> transactionId{};
    V2_FIELDS(totalCost, transactionId)
};
struct CostUpdatedResponse {
    V2_NO_FIELDS
};

}
