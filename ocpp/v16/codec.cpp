#include "ocpp/codec_definitions.hpp"
#include "ocpp/v16/actions.hpp"

namespace ocpp {

#define OCPP_ACTION(NAME, DIRECTION)                                                               \
    OCPP_INSTANTIATE_CODEC(v16::NAME##Request)                                                     \
    OCPP_INSTANTIATE_CODEC(v16::NAME##Response)
OCPP_V16_ACTIONS(OCPP_ACTION)
#undef OCPP_ACTION

}
