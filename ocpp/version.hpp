// The OCPP versions, and their names on the wire.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace ocpp {

enum class Version { v16, v201, v21 };

// The WebSocket subprotocol that stands for a version (OCPP-J 1.6 section 3.1.2, 2.0.1 and 2.1 part
// 4 section 3.1.2).
struct Subprotocol {
    std::string_view name;
    Version version;
};
inline constexpr std::array subprotocols{
    Subprotocol{"ocpp1.6", Version::v16},
    Subprotocol{"ocpp2.0.1", Version::v201},
    Subprotocol{"ocpp2.1", Version::v21},
};

constexpr std::string_view subprotocol_name(Version version)
{
    for (auto const& p : subprotocols)
        if (p.version == version) return p.name;
    return {};
}

// The version of one offered subprotocol, or nothing when it is none. Names are case-sensitive
// (RFC 6455 section 4.1).
constexpr std::optional<Version> version_of(std::string_view subprotocol)
{
    for (auto const& p : subprotocols)
        if (p.name == subprotocol) return p.version;
    return std::nullopt;
}

}
