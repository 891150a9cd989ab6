#include "ocpp/tables.hpp"
#include "ocpp/v201/actions.hpp"

namespace ocpp {

#define OCPP_ACTION(NAME, DIRECTION) OCPP_DEFINE_LAYOUT(v201::NAME##Response)
OCPP_V201_ACTIONS(OCPP_ACTION)
#undef OCPP_ACTION

}
