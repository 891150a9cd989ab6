#include "ocpp/catalogues.hpp"
#include "ocpp/tables.hpp"
#include "ocpp/v201/actions.hpp"

namespace ocpp {

#define OCPP_ACTION(NAME, DIRECTION) OCPP_DEFINE_LAYOUT(v201::NAME##Request)
OCPP_V201_ACTIONS(OCPP_ACTION)
#undef OCPP_ACTION

std::span<CatalogueEntry const> v201_catalogue()
{
#define OCPP_ACTION(NAME, DIRECTION) answered<v201::NAME##Request>(),
    static constexpr CatalogueEntry entries[] = {OCPP_V201_ACTIONS(OCPP_ACTION)};
#undef OCPP_ACTION
    return entries;
}

}
