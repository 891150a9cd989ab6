// The actions of OCPP 1.6, each named once. Everything that has to know all of them (codec,
// ActionOf, tests, fuzz targets) follows from this list.
#pragma once

#include "ocpp/action.hpp"
#include "ocpp/v16/authorization.hpp"
#include "ocpp/v16/availability.hpp"
#include "ocpp/v16/configuration.hpp"
#include "ocpp/v16/data_transfer.hpp"
#include "ocpp/v16/firmware.hpp"
#include "ocpp/v16/local_list.hpp"
#include "ocpp/v16/metering.hpp"
#include "ocpp/v16/provisioning.hpp"
#include "ocpp/v16/remote_control.hpp"
#include "ocpp/v16/remote_trigger.hpp"
#include "ocpp/v16/reservation.hpp"
#include "ocpp/v16/security.hpp"
#include "ocpp/v16/smart_charging.hpp"
#include "ocpp/v16/transactions.hpp"

// clang-format off
#define OCPP_V16_ACTIONS(OCPP_ACTION)                             \
    OCPP_ACTION(Authorize, from_station)                          \
    OCPP_ACTION(BootNotification, from_station)                   \
    OCPP_ACTION(CancelReservation, to_station)                    \
    OCPP_ACTION(CertificateSigned, to_station)                    \
    OCPP_ACTION(ChangeAvailability, to_station)                   \
    OCPP_ACTION(ChangeConfiguration, to_station)                  \
    OCPP_ACTION(ClearCache, to_station)                           \
    OCPP_ACTION(ClearChargingProfile, to_station)                 \
    OCPP_ACTION(DataTransfer, both)                               \
    OCPP_ACTION(DeleteCertificate, to_station)                    \
    OCPP_ACTION(DiagnosticsStatusNotification, from_station)      \
    OCPP_ACTION(ExtendedTriggerMessage, to_station)               \
    OCPP_ACTION(FirmwareStatusNotification, from_station)         \
    OCPP_ACTION(GetCompositeSchedule, to_station)                 \
    OCPP_ACTION(GetConfiguration, to_station)                     \
    OCPP_ACTION(GetDiagnostics, to_station)                       \
    OCPP_ACTION(GetInstalledCertificateIds, to_station)           \
    OCPP_ACTION(GetLocalListVersion, to_station)                  \
    OCPP_ACTION(GetLog, to_station)                               \
    OCPP_ACTION(Heartbeat, from_station)                          \
    OCPP_ACTION(InstallCertificate, to_station)                   \
    OCPP_ACTION(LogStatusNotification, from_station)              \
    OCPP_ACTION(MeterValues, from_station)                        \
    OCPP_ACTION(RemoteStartTransaction, to_station)               \
    OCPP_ACTION(RemoteStopTransaction, to_station)                \
    OCPP_ACTION(ReserveNow, to_station)                           \
    OCPP_ACTION(Reset, to_station)                                \
    OCPP_ACTION(SecurityEventNotification, from_station)          \
    OCPP_ACTION(SendLocalList, to_station)                        \
    OCPP_ACTION(SetChargingProfile, to_station)                   \
    OCPP_ACTION(SignCertificate, from_station)                    \
    OCPP_ACTION(SignedFirmwareStatusNotification, from_station)   \
    OCPP_ACTION(SignedUpdateFirmware, to_station)                 \
    OCPP_ACTION(StartTransaction, from_station)                   \
    OCPP_ACTION(StatusNotification, from_station)                 \
    OCPP_ACTION(StopTransaction, from_station)                    \
    OCPP_ACTION(TriggerMessage, to_station)                       \
    OCPP_ACTION(UnlockConnector, to_station)                      \
    OCPP_ACTION(UpdateFirmware, to_station)
// clang-format on

namespace ocpp {

#define OCPP_ACTION(NAME, DIRECTION) OCPP_DESCRIBE_ACTION(v16, NAME, DIRECTION)
OCPP_V16_ACTIONS(OCPP_ACTION)
#undef OCPP_ACTION

}

namespace ocpp::v16 {

#define OCPP_ACTION(NAME, DIRECTION) ActionInfo{#NAME, Direction::DIRECTION},
inline constexpr std::array actions{OCPP_V16_ACTIONS(OCPP_ACTION)};
#undef OCPP_ACTION

}
