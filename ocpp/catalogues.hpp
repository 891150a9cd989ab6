// The catalogues of the versions, each defined beside its codec.
#pragma once

#include "ocpp/catalogue.hpp"

namespace ocpp {

std::span<CatalogueEntry const> v16_catalogue();
std::span<CatalogueEntry const> v201_catalogue();
std::span<CatalogueEntry const> v21_catalogue();

}
