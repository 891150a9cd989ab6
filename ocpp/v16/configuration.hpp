// OCPP 1.6: the configuration keys of a station.
#pragma once

#include "ocpp/field_types.hpp"
#include "ocpp/fields.hpp"

namespace ocpp::v16 {

// One configuration key.
struct KeyValue {
    String<50> key{};
    bool readonly{};
    std::optional<String<500>> value{};
    WIRE_FIELDS(key, readonly, value)
};

// Section 5.8 Get Configuration.
struct GetConfigurationRequest {
    std::optional<List<String<50>, 0>> key{};  // absent or empty means all
    WIRE_FIELDS(key)
};
struct GetConfigurationResponse {
    std::optional<List<KeyValue, 0>> configurationKey{};
    std::optional<List<String<50>, 0>> unknownKey{};  // of those asked for
    WIRE_FIELDS(configurationKey, unknownKey)
};

enum class ConfigurationStatus {
    accepted,
    rejected,
    reboot_required,  // taken, in force after a reboot
    not_supported,
};
constexpr auto wire_names(ConfigurationStatus)
{
    return spelled("Accepted", "Rejected", "RebootRequired", "NotSupported");
}

// Section 5.3 Change Configuration.
struct ChangeConfigurationRequest {
    String<50> key{};
    String<500> value{};
    WIRE_FIELDS(key, value)
};
struct ChangeConfigurationResponse {
    ConfigurationStatus status{};
    WIRE_FIELDS(status)
};

}
