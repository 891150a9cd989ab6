// What the first HTTP request of a station asks for, and whether it gets it. Pure; the listener
// reads the request and acts on the verdict.
#pragma once

#include "ocpp/version.hpp"
#include "storage/ids.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace gateway {

// The connection URL is this, and the percent-encoded identity (OCPP-J 1.6 section 3.1.1).
inline constexpr std::string_view stations_path = "/ocpp/";

// 2.0.1 part 2: identifierString of at most 48 characters. 1.6 names no limit; the same serves.
inline constexpr std::size_t longest_identity = 48;

struct StationRequest {
    std::string target;                // path, and what follows it
    bool websocket = false;            // asks for an upgrade to WebSocket
    std::vector<std::string> offered;  // values of Sec-WebSocket-Protocol, one per header line
};

struct Welcome {
    storage::StationIdentity identity;
    ocpp::Version version;
};

// An HTTP status, and the broken rule for whoever sets the station up.
struct Refusal {
    unsigned status;
    std::string rule;
};

// 404: another path. 400: a malformed identity, or no subprotocol that we speak; the compliance
// tests of the alliance want the upgrade refused, although both standards describe a connection
// without a subprotocol that is closed at once. 426: not a WebSocket request.
std::variant<Welcome, Refusal> judge(StationRequest const& request);

}
