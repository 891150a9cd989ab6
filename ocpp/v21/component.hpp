// OCPP 2.1: the words of the device model (part 1, section 4): components have variables, and other
// blocks name them too.
#pragma once

#include "ocpp/v201/component.hpp"
#include "ocpp/v21/types.hpp"

namespace ocpp::v21 {

using v201::GenericDeviceModelStatus;
using v201::Variable;

// A part of the station, physical or logical.
struct Component {
    std::optional<Evse> evse{};  // absent: of the station itself
    String<50> name{};
    std::optional<String<50>> instance{};  // absent when there is only one
    V2_FIELDS(evse, name, instance)
};

// A variable of a component, or all of its variables.
struct ComponentVariable {
    Component component{};
    std::optional<Variable> variable{};  // absent: all of the component
    V2_FIELDS(component, variable)
};

}
