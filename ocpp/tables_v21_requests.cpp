#include "ocpp/catalogues.hpp"
#include "ocpp/tables.hpp"
#include "ocpp/v21/actions.hpp"

namespace ocpp {

#define OCPP_ACTION(NAME, DIRECTION) OCPP_DEFINE_LAYOUT(v21::NAME##Request)
OCPP_V21_ACTIONS(OCPP_ACTION)
#undef OCPP_ACTION
#define OCPP_SEND(NAME, DIRECTION) OCPP_DEFINE_LAYOUT(v21::NAME##Request)
OCPP_V21_SENDS(OCPP_SEND)
#undef OCPP_SEND

std::span<CatalogueEntry const> v21_catalogue()
{
#define OCPP_ACTION(NAME, DIRECTION) answered<v21::NAME##Request>(),
#define OCPP_SEND(NAME, DIRECTION) unanswered<v21::NAME##Request>(),
    static constexpr CatalogueEntry entries[] = {
        OCPP_V21_ACTIONS(OCPP_ACTION) OCPP_V21_SENDS(OCPP_SEND)};
#undef OCPP_ACTION
#undef OCPP_SEND
    return entries;
}

}
