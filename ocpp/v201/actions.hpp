// The actions of OCPP 2.0.1, each named once. Everything that has to know all of them (codec,
// ActionOf, tests, fuzz targets) follows from this list.
#pragma once

#include "ocpp/action.hpp"
#include "ocpp/v201/authorization.hpp"
#include "ocpp/v201/availability.hpp"
#include "ocpp/v201/certificate_hashes.hpp"
#include "ocpp/v201/certificates.hpp"
#include "ocpp/v201/component.hpp"
#include "ocpp/v201/data_transfer.hpp"
#include "ocpp/v201/device_model.hpp"
#include "ocpp/v201/diagnostics.hpp"
#include "ocpp/v201/display.hpp"
#include "ocpp/v201/ev_charging.hpp"
#include "ocpp/v201/firmware.hpp"
#include "ocpp/v201/local_list.hpp"
#include "ocpp/v201/metering.hpp"
#include "ocpp/v201/monitoring.hpp"
#include "ocpp/v201/provisioning.hpp"
#include "ocpp/v201/remote_control.hpp"
#include "ocpp/v201/reservation.hpp"
#include "ocpp/v201/security.hpp"
#include "ocpp/v201/smart_charging.hpp"
#include "ocpp/v201/tariff.hpp"
#include "ocpp/v201/transactions.hpp"
#include "ocpp/v201/types.hpp"

// clang-format off
#define OCPP_V201_ACTIONS(OCPP_ACTION)                             \
    OCPP_ACTION(Authorize, from_station)                           \
    OCPP_ACTION(BootNotification, from_station)                    \
    OCPP_ACTION(CancelReservation, to_station)                     \
    OCPP_ACTION(CertificateSigned, to_station)                     \
    OCPP_ACTION(ChangeAvailability, to_station)                    \
    OCPP_ACTION(ClearCache, to_station)                            \
    OCPP_ACTION(ClearChargingProfile, to_station)                  \
    OCPP_ACTION(ClearDisplayMessage, to_station)                   \
    OCPP_ACTION(ClearVariableMonitoring, to_station)               \
    OCPP_ACTION(ClearedChargingLimit, from_station)                \
    OCPP_ACTION(CostUpdated, to_station)                           \
    OCPP_ACTION(CustomerInformation, to_station)                   \
    OCPP_ACTION(DataTransfer, both)                                \
    OCPP_ACTION(DeleteCertificate, to_station)                     \
    OCPP_ACTION(FirmwareStatusNotification, from_station)          \
    OCPP_ACTION(Get15118EVCertificate, from_station)               \
    OCPP_ACTION(GetBaseReport, to_station)                         \
    OCPP_ACTION(GetCertificateStatus, from_station)                \
    OCPP_ACTION(GetChargingProfiles, to_station)                   \
    OCPP_ACTION(GetCompositeSchedule, to_station)                  \
    OCPP_ACTION(GetDisplayMessages, to_station)                    \
    OCPP_ACTION(GetInstalledCertificateIds, to_station)            \
    OCPP_ACTION(GetLocalListVersion, to_station)                   \
    OCPP_ACTION(GetLog, to_station)                                \
    OCPP_ACTION(GetMonitoringReport, to_station)                   \
    OCPP_ACTION(GetReport, to_station)                             \
    OCPP_ACTION(GetTransactionStatus, to_station)                  \
    OCPP_ACTION(GetVariables, to_station)                          \
    OCPP_ACTION(Heartbeat, from_station)                           \
    OCPP_ACTION(InstallCertificate, to_station)                    \
    OCPP_ACTION(LogStatusNotification, from_station)               \
    OCPP_ACTION(MeterValues, from_station)                         \
    OCPP_ACTION(NotifyChargingLimit, from_station)                 \
    OCPP_ACTION(NotifyCustomerInformation, from_station)           \
    OCPP_ACTION(NotifyDisplayMessages, from_station)               \
    OCPP_ACTION(NotifyEVChargingNeeds, from_station)               \
    OCPP_ACTION(NotifyEVChargingSchedule, from_station)            \
    OCPP_ACTION(NotifyEvent, from_station)                         \
    OCPP_ACTION(NotifyMonitoringReport, from_station)              \
    OCPP_ACTION(NotifyReport, from_station)                        \
    OCPP_ACTION(PublishFirmware, to_station)                       \
    OCPP_ACTION(PublishFirmwareStatusNotification, from_station)   \
    OCPP_ACTION(ReportChargingProfiles, from_station)              \
    OCPP_ACTION(RequestStartTransaction, to_station)               \
    OCPP_ACTION(RequestStopTransaction, to_station)                \
    OCPP_ACTION(ReservationStatusUpdate, from_station)             \
    OCPP_ACTION(ReserveNow, to_station)                            \
    OCPP_ACTION(Reset, to_station)                                 \
    OCPP_ACTION(SecurityEventNotification, from_station)           \
    OCPP_ACTION(SendLocalList, to_station)                         \
    OCPP_ACTION(SetChargingProfile, to_station)                    \
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
    OCPP_ACTION(UpdateFirmware, to_station)
// clang-format on

namespace ocpp {

#define OCPP_ACTION(NAME, DIRECTION) OCPP_DESCRIBE_ACTION(v201, NAME, DIRECTION)
OCPP_V201_ACTIONS(OCPP_ACTION)
#undef OCPP_ACTION

}

namespace ocpp::v201 {

#define OCPP_ACTION(NAME, DIRECTION) ActionInfo{#NAME, Direction::DIRECTION},
inline constexpr std::array actions{OCPP_V201_ACTIONS(OCPP_ACTION)};
#undef OCPP_ACTION

}
