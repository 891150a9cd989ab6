#include "ocpp/tables.hpp"
#include "ocpp/v21/actions.hpp"

namespace ocpp {

#define OCPP_ACTION(NAME, DIRECTION) OCPP_DEFINE_LAYOUT(v21::NAME##Response)
OCPP_V21_ACTIONS(OCPP_ACTION)
#undef OCPP_ACTION

}
