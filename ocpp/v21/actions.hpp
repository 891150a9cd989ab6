// The actions of OCPP 2.1, each named once. Everything that has to know all of them (codec,
// ActionOf, tests, fuzz targets) follows from these lists.
#pragma once

#include "ocpp/action.hpp"
#include "ocpp/v21/authorization.hpp"
#include "ocpp/v21/availability.hpp"
#include "ocpp/v21/battery_swap.hpp"
#include "ocpp/v21/certificate_hashes.hpp"
#include "ocpp/v21/certificates.hpp"
#include "ocpp/v21/charging_profiles.hpp"
#include "ocpp/v21/component.hpp"
#include "ocpp/v21/cost_details.hpp"
#include "ocpp/v21/data_transfer.hpp"
#include "ocpp/v21/der.hpp"
#include "ocpp/v21/der_settings.hpp"
#include "ocpp/v21/device_model.hpp"
#include "ocpp/v21/diagnostics.hpp"
#include "ocpp/v21/display.hpp"
#include "ocpp/v21/dynamic_charging.hpp"
#include "ocpp/v21/ev_charging.hpp"
#include "ocpp/v21/event_stream.hpp"
#include "ocpp/v21/firmware.hpp"
#include "ocpp/v21/local_list.hpp"
#include "ocpp/v21/metering.hpp"
#include "ocpp/v21/monitoring.hpp"
#include "ocpp/v21/payment.hpp"
#include "ocpp/v21/price_schedules.hpp"
#include "ocpp/v21/provisioning.hpp"
#include "ocpp/v21/remote_control.hpp"
#include "ocpp/v21/reservation.hpp"
#include "ocpp/v21/security.hpp"
#include "ocpp/v21/smart_charging.hpp"
#include "ocpp/v21/tariff.hpp"
#include "ocpp/v21/tariff_structure.hpp"
#include "ocpp/v21/tokens.hpp"
#include "ocpp/v21/transactions.hpp"
#include "ocpp/v21/types.hpp"
#include "ocpp/v21/v2x.hpp"

// clang-format off
#define OCPP_V21_ACTIONS(OCPP_ACTION)                              \
    OCPP_ACTION(AFRRSignal, to_station)                            \
    OCPP_ACTION(AdjustPeriodicEventStream, to_station)             \
    OCPP_ACTION(Authorize, from_station)                           \
    OCPP_ACTION(BatterySwap, from_station)                         \
    OCPP_ACTION(BootNotification, from_station)                    \
    OCPP_ACTION(CancelReservation, to_station)                     \
    OCPP_ACTION(CertificateSigned, to_station)                     \
    OCPP_ACTION(ChangeAvailability, to_station)                    \
    OCPP_ACTION(ChangeTransactionTariff, to_station)               \
    OCPP_ACTION(ClearCache, to_station)                            \
    OCPP_ACTION(ClearChargingProfile, to_station)                  \
    OCPP_ACTION(ClearDERControl, to_station)                       \
    OCPP_ACTION(ClearDisplayMessage, to_station)                   \
    OCPP_ACTION(ClearTariffs, to_station)                          \
    OCPP_ACTION(ClearVariableMonitoring, to_station)               \
    OCPP_ACTION(ClearedChargingLimit, from_station)                \
    OCPP_ACTION(ClosePeriodicEventStream, from_station)            \
    OCPP_ACTION(CostUpdated, to_station)                           \
    OCPP_ACTION(CustomerInformation, to_station)                   \
    OCPP_ACTION(DataTransfer, both)                                \
    OCPP_ACTION(DeleteCertificate, to_station)                     \
    OCPP_ACTION(FirmwareStatusNotification, from_station)          \
    OCPP_ACTION(Get15118EVCertificate, from_station)               \
    OCPP_ACTION(GetBaseReport, to_station)                         \
    OCPP_ACTION(GetCertificateChainStatus, from_station)           \
    OCPP_ACTION(GetCertificateStatus, from_station)                \
    OCPP_ACTION(GetChargingProfiles, to_station)                   \
    OCPP_ACTION(GetCompositeSchedule, to_station)                  \
    OCPP_ACTION(GetDERControl, to_station)                         \
    OCPP_ACTION(GetDisplayMessages, to_station)                    \
    OCPP_ACTION(GetInstalledCertificateIds, to_station)            \
    OCPP_ACTION(GetLocalListVersion, to_station)                   \
    OCPP_ACTION(GetLog, to_station)                                \
    OCPP_ACTION(GetMonitoringReport, to_station)                   \
    OCPP_ACTION(GetPeriodicEventStream, to_station)                \
    OCPP_ACTION(GetReport, to_station)                             \
    OCPP_ACTION(GetTariffs, to_station)                            \
    OCPP_ACTION(GetTransactionStatus, to_station)                  \
    OCPP_ACTION(GetVariables, to_station)                          \
    OCPP_ACTION(Heartbeat, from_station)                           \
    OCPP_ACTION(InstallCertificate, to_station)                    \
    OCPP_ACTION(LogStatusNotification, from_station)               \
    OCPP_ACTION(MeterValues, from_station)                         \
    OCPP_ACTION(NotifyAllowedEnergyTransfer, to_station)           \
    OCPP_ACTION(NotifyChargingLimit, from_station)                 \
    OCPP_ACTION(NotifyCustomerInformation, from_station)           \
    OCPP_ACTION(NotifyDERAlarm, from_station)                      \
    OCPP_ACTION(NotifyDERStartStop, from_station)                  \
    OCPP_ACTION(NotifyDisplayMessages, from_station)               \
    OCPP_ACTION(NotifyEVChargingNeeds, from_station)               \
    OCPP_ACTION(NotifyEVChargingSchedule, from_station)            \
    OCPP_ACTION(NotifyEvent, from_station)                         \
    OCPP_ACTION(NotifyMonitoringReport, from_station)              \
    OCPP_ACTION(NotifyPriorityCharging, from_station)              \
    OCPP_ACTION(NotifyReport, from_station)                        \
    OCPP_ACTION(NotifySettlement, from_station)                    \
    OCPP_ACTION(NotifyWebPaymentStarted, to_station)               \
    OCPP_ACTION(OpenPeriodicEventStream, from_station)             \
    OCPP_ACTION(PublishFirmware, to_station)                       \
    OCPP_ACTION(PublishFirmwareStatusNotification, from_station)   \
    OCPP_ACTION(PullDynamicScheduleUpdate, from_station)           \
    OCPP_ACTION(ReportChargingProfiles, from_station)              \
    OCPP_ACTION(ReportDERControl, from_station)                    \
    OCPP_ACTION(RequestBatterySwap, to_station)                    \
    OCPP_ACTION(RequestStartTransaction, to_station)               \
    OCPP_ACTION(RequestStopTransaction, to_station)                \
    OCPP_ACTION(ReservationStatusUpdate, from_station)             \
    OCPP_ACTION(ReserveNow, to_station)                            \
    OCPP_ACTION(Reset, to_station)                                 \
    OCPP_ACTION(SecurityEventNotification, from_station)           \
    OCPP_ACTION(SendLocalList, to_station)                         \
    OCPP_ACTION(SetChargingProfile, to_station)                    \
    OCPP_ACTION(SetDERControl, to_station)                         \
    OCPP_ACTION(SetDefaultTariff, to_station)                      \
    OCPP_ACTION(SetDisplayMessage, to_station)                     \
    OCPP_ACTION(SetMonitoringBase, to_station)                     \
    OCPP_ACTION(SetMonitoringLevel, to_station)                    \
    OCPP_ACTION(SetNetworkProfile, to_station)                     \
    OCPP_ACTION(SetVariableMonitoring, to_station)                 \
    OCPP_ACTION(SetVariables, to_station)                          \
    OCPP_ACTION(SignCertificate, from_station)                     \
    OCPP_ACTION(StatusNotification, from_station)                  \
    OCPP_ACTION(TransactionEvent, from_station)                    \
    OCPP_ACTION(TriggerMessage, to_station)                        \
    OCPP_ACTION(UnlockConnector, to_station)                       \
    OCPP_ACTION(UnpublishFirmware, to_station)                     \
    OCPP_ACTION(UpdateDynamicSchedule, to_station)                 \
    OCPP_ACTION(UpdateFirmware, to_station)                        \
    OCPP_ACTION(UsePriorityCharging, to_station)                   \
    OCPP_ACTION(VatNumberValidation, from_station)

// Messages of type SEND: nobody answers them, so they have no response.
#define OCPP_V21_SENDS(OCPP_SEND)                        \
    OCPP_SEND(NotifyPeriodicEventStream, from_station)
// clang-format on

namespace ocpp {

#define OCPP_ACTION(NAME, DIRECTION) OCPP_DESCRIBE_ACTION(v21, NAME, DIRECTION)
OCPP_V21_ACTIONS(OCPP_ACTION)
#undef OCPP_ACTION

#define OCPP_SEND(NAME, DIRECTION) OCPP_DESCRIBE_SEND(v21, NAME, DIRECTION)
OCPP_V21_SENDS(OCPP_SEND)
#undef OCPP_SEND

}

namespace ocpp::v21 {

#define OCPP_ACTION(NAME, DIRECTION) ActionInfo{#NAME, Direction::DIRECTION},
inline constexpr std::array actions{OCPP_V21_ACTIONS(OCPP_ACTION)};
#undef OCPP_ACTION

#define OCPP_SEND(NAME, DIRECTION) ActionInfo{#NAME, Direction::DIRECTION},
inline constexpr std::array sends{OCPP_V21_SENDS(OCPP_SEND)};
#undef OCPP_SEND

}
