// The actions of each version at run time, by name: for who has a payload and the name of its
// action and nothing else, as an operator who calls a station has.
#pragma once

#include "ocpp/action.hpp"
#include "ocpp/codec.hpp"

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace ocpp {

struct CatalogueEntry {
    std::string_view name;
    Direction direction;
    Layout const& (*request)();
    Layout const& (*response)();  // null: nobody answers it (2.1's SEND)
};

// All actions of a version, by name in alphabetical order, those without an answer last.
std::span<CatalogueEntry const> catalogue(Version version);

// Names are case-sensitive. Null when the version has no such action.
CatalogueEntry const* find_action(Version version, std::string_view name);

// A message of a type that is only known at run time, read and written again.
struct Rewritten {
    std::string text{};
    std::vector<Fault> remarks{};
};
std::variant<Rewritten, Fault> rewrite(Layout const& layout, Payload payload, Level level);

}
