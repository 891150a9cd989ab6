// The actions of OCPP 1.6, each named once. Everything that has to know all of them (codec,
// ActionOf, tests, fuzz targets) follows from this list.
#pragma once

#include "ocpp/action.hpp"
#include "ocpp/v16/authorization.hpp"
#include "ocpp/v16/availability.hpp"
#include "ocpp/v16/metering.hpp"
#include "ocpp/v16/provisioning.hpp"
#include "ocpp/v16/remote_control.hpp"
#include "ocpp/v16/smart_charging.hpp"
#include "ocpp/v16/transactions.hpp"

// clang-format off
#define OCPP_V16_ACTIONS(OCPP_ACTION)                  \
    OCPP_ACTION(Authorize, from_station)               \
    OCPP_ACTION(BootNotification, from_station)        \
    OCPP_ACTION(ClearChargingProfile, to_station)      \
    OCPP_ACTION(GetCompositeSchedule, to_station)      \
    OCPP_ACTION(Heartbeat, from_station)               \
    OCPP_ACTION(MeterValues, from_station)             \
    OCPP_ACTION(RemoteStartTransaction, to_station)    \
    OCPP_ACTION(RemoteStopTransaction, to_station)     \
    OCPP_ACTION(SetChargingProfile, to_station)        \
    OCPP_ACTION(StartTransaction, from_station)        \
    OCPP_ACTION(StatusNotification, from_station)      \
    OCPP_ACTION(StopTransaction, from_station)
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
