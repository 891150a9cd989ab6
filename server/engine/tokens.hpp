// Tokens in memory, and the rules about them that several parts share.
#pragma once

#include "storage/entities.hpp"

#include <map>
#include <string>
#include <string_view>

namespace engine {

// All tokens, by folded value. Several kinds may have one value.
using TokenBook = std::multimap<std::string, storage::Token>;

// Tokens are compared without regard to case (1.6 CiString; 2.x C.. "case insensitive").
std::string folded(std::string_view token);

// May it charge there, by the places that it is good for?
bool may_use(storage::Token const& token, storage::InstallationId installation,
    storage::ChargePointId point);

}
