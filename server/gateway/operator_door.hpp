// What all connections of the operators' door share.
#pragma once

#include "server/gateway/endpoint.hpp"
#include "server/gateway/log.hpp"
#include "server/gateway/operator_handlers.hpp"
#include "server/gateway/static_files.hpp"
#include "server/gateway/websocket.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <set>
#include <utility>

namespace gateway {

// Of a connection, each way.
inline constexpr SocketBuffers operator_buffers{.bytes = 256 * 1024};

struct OperatorOptions {
    std::size_t connections_limit = 1000;
    std::size_t header_limit_bytes = 16 * 1024;
    std::size_t body_limit_bytes = 1024 * 1024;
    std::chrono::milliseconds request_timeout{
        60'000};  // for a request, an answer, or idling between
    WebSocketOptions websocket{.frame_limit_bytes = 1024 * 1024,
        .outbox_limit_bytes = 8 * 1024 * 1024,
        .outbox_limit_frames = 1024,
        .unprocessed_limit_frames = 16,
        .silence_timeout = std::chrono::milliseconds(40'000),
        .close_timeout = std::chrono::milliseconds(3'000)};
};

class OperatorSocket;

// Touched on the front thread only.
struct OperatorDoor {
    OperatorOptions options;
    OperatorHandlers handlers;
    StaticFiles files;
    Log const& log;
    std::size_t connections = 0;          // HTTP and WebSocket
    std::set<OperatorSocket*> sockets{};  // open WebSockets
    bool stopping = false;
};

// One of the door's connections, for as long as it lives, through the change from HTTP to
// WebSocket.
class OperatorSeat {
public:
    explicit OperatorSeat(std::shared_ptr<OperatorDoor> door) : door_(std::move(door))
    {
        ++door_->connections;
    }
    OperatorSeat(OperatorSeat&&) noexcept = default;
    OperatorSeat& operator=(OperatorSeat&&) = delete;
    ~OperatorSeat()
    {
        if (door_) --door_->connections;
    }

    OperatorDoor& operator*() const { return *door_; }
    OperatorDoor* operator->() const { return door_.get(); }

private:
    std::shared_ptr<OperatorDoor> door_;
};

}
