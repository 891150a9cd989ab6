// The first request of a station's connection: read within limits of size and time, then answered
// by a WebSocket or by an HTTP refusal.
#pragma once

#include "server/gateway/station_connection.hpp"

#include <functional>

namespace gateway {

// Runs on the lane of the stream; `ended` is called there once, when the handshake is over.
void run_station_handshake(Stream stream, StationDoor& door, StationConnection::Roster& roster,
    std::function<void()> ended);

}
