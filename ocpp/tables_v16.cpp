#include "ocpp/catalogues.hpp"
#include "ocpp/tables.hpp"
#include "ocpp/v16/actions.hpp"

namespace ocpp {

#define OCPP_ACTION(NAME, DIRECTION)                                                               \
    OCPP_DEFINE_LAYOUT(v16::NAME##Request)                                                         \
    OCPP_DEFINE_LAYOUT(v16::NAME##Response)
OCPP_V16_ACTIONS(OCPP_ACTION)
#undef OCPP_ACTION

std::span<CatalogueEntry const> v16_catalogue()
{
#define OCPP_ACTION(NAME, DIRECTION) answered<v16::NAME##Request>(),
    static constexpr CatalogueEntry entries[] = {OCPP_V16_ACTIONS(OCPP_ACTION)};
#undef OCPP_ACTION
    return entries;
}

}
