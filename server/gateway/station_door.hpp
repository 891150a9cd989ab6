// What all connections of the stations' door share.
#pragma once

#include "server/gateway/endpoint.hpp"
#include "server/gateway/log.hpp"
#include "server/gateway/station_link.hpp"
#include "server/gateway/websocket.hpp"

#include <boost/intrusive/list.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <vector>

namespace gateway {

struct StationOptions {
    std::chrono::milliseconds handshake_timeout{10'000};
    std::size_t handshakes_at_once = 1024;  // more wait in the kernel's queue, so that a storm of
                                            // newcomers leaves time for those that are in
    std::size_t header_limit_bytes = 8 * 1024;
    bool compression = true;  // for 2.0.1, whose part 4 section 3.3 asks for it
    WebSocketOptions websocket;
};

class StationConnection;

// A lane's open connections, touched on the lane only.
using RosterHook =
    boost::intrusive::list_base_hook<boost::intrusive::link_mode<boost::intrusive::auto_unlink>>;

struct StationDoor {
    StationOptions options;
    StationInbox& inbox;
    Log const& log;
    std::atomic<std::size_t> open_connections{0};
};

}
