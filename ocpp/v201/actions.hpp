// The actions of OCPP 2.0.1, each named once. Everything that has to know all of them (codec,
// ActionOf, tests, fuzz targets) follows from this list.
#pragma once

#include "ocpp/action.hpp"
#include "ocpp/v201/authorization.hpp"
#include "ocpp/v201/availability.hpp"
#include "ocpp/v201/metering.hpp"
#include "ocpp/v201/provisioning.hpp"
#include "ocpp/v201/remote_control.hpp"
#include "ocpp/v201/smart_charging.hpp"
#include "ocpp/v201/transactions.hpp"

// clang-format off
#define OCPP_V201_ACTIONS(OCPP_ACTION)                 \
    OCPP_ACTION(Authorize, from_station)               \
    OCPP_ACTION(BootNotification, from_station)        \
    OCPP_ACTION(ClearChargingProfile, to_station)      \
    OCPP_ACTION(GetCompositeSchedule, to_station)      \
    OCPP_ACTION(Heartbeat, from_station)               \
    OCPP_ACTION(MeterValues, from_station)             \
    OCPP_ACTION(RequestStartTransaction, to_station)   \
    OCPP_ACTION(RequestStopTransaction, to_station)    \
    OCPP_ACTION(SetChargingProfile, to_station)        \
    OCPP_ACTION(StatusNotification, from_station)      \
    OCPP_ACTION(TransactionEvent, from_station)
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
