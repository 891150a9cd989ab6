// The orderly end: no new connections, a WebSocket close (1001, going away) to everybody, and time
// for what is being stored; bounded, because a peer that does not answer must not keep the server
// alive.
#pragma once

#include "server/gateway/operator_listener.hpp"
#include "server/gateway/shards.hpp"
#include "server/gateway/station_listener.hpp"

#include <chrono>
#include <functional>

namespace gateway {

class Shutdown {
public:
    // `done` is called once, on the front thread, with whether everything ended in time.
    Shutdown(asio::io_context& front, StationListener& stations, OperatorListener& operators,
        Shards const& shards, std::chrono::milliseconds limit, std::function<void(bool)> done);

    // On the front thread. A second call ends the waiting.
    void begin();

private:
    void check();

    StationListener& stations_;
    OperatorListener& operators_;
    Shards const& shards_;
    std::chrono::milliseconds limit_;
    std::function<void(bool)> done_;
    Timer timer_;
    std::chrono::steady_clock::time_point deadline_{};
    bool begun_ = false;
};

}
