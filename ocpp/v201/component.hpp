// OCPP 2.0.1: the words of the device model (part 1, section 4): components have variables, and
// other blocks name them too.
#pragma once

#include "ocpp/v201/types.hpp"

namespace ocpp::v201 {

// A part of the station, physical or logical.
struct Component {
    std::optional<Evse> evse{};  // absent: of the station itself
    String<50> name{};
    std::optional<String<50>> instance{};  // absent when there is only one
    V2_FIELDS(evse, name, instance)
};

// A property of a component.
struct Variable {
    String<50> name{};
    std::optional<String<50>> instance{};  // absent when there is only one
    V2_FIELDS(name, instance)
};

// EmptyResultSet: all right, and no report follows since nothing fits.
enum class GenericDeviceModelStatus { accepted, rejected, not_supported, empty_result_set };
constexpr auto wire_names(GenericDeviceModelStatus)
{
    return spelled("Accepted", "Rejected", "NotSupported", "EmptyResultSet");
}

// A variable of a component, or all of its variables.
struct ComponentVariable {
    Component component{};
    std::optional<Variable> variable{};  // absent: all of the component
    V2_FIELDS(component, variable)
};

}
