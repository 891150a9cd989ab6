// What the stations' door and the shards know of each other. The door moves bytes; it does not know
// what is behind StationInbox: shards in the server, a recorder in tests.
#pragma once

#include "ocpp/version.hpp"
#include "server/engine/effects.hpp"
#include "storage/ids.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace gateway {

// WebSocket close codes that we send (RFC 6455 section 7.4.1).
enum class CloseCode : std::uint16_t {
    normal = 1000,
    going_away = 1001,    // the server stops
    unknown_data = 1003,  // a binary frame
    policy = 1008,        // replaced by a newer connection, or the engine wants it closed
};

// One station's connection. All functions are thread-safe and none blocks.
class StationLink {
public:
    virtual ~StationLink() = default;

    virtual storage::StationIdentity const& identity() const = 0;
    virtual ocpp::Version version() const = 0;

    // Texts leave in the order in which the calls began and ended, whichever threads make them. A
    // station that does not read loses its connection as soon as more waits for it than its outbox
    // holds.
    virtual void send_text(std::string text) = 0;

    // What was sent before still leaves. `why` becomes the close reason (cut to 123 bytes).
    virtual void close_with(CloseCode code, std::string why) = 0;

    // One frame of this link has been dealt with. Reading pauses while too many have not.
    virtual void frame_done() = 0;
};

// Where a connection's events go: found once, when it opens, and handed back with each event.
struct Berth {
    std::int64_t shard = 0;
    engine::Epoch epoch{};
};

class StationInbox {
public:
    virtual ~StationInbox() = default;

    // A station has connected; the newest connection of an identity wins. Called on the thread of
    // the connection, as the two below; each frame is answered with one frame_done().
    virtual Berth connected(std::shared_ptr<StationLink> const& link) = 0;
    virtual void frame(Berth const& berth, std::string text) = 0;
    // The last event of a connection.
    virtual void disconnected(Berth const& berth, StationLink const& link) = 0;
};

}
