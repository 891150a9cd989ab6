// What the engine wants done: the only way anything leaves it.
#pragma once

#include "server/engine/commands.hpp"
#include "storage/store.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace engine {

// Numbers a station's connections: the newest has the largest. Every event of a connection carries
// it, so that a late close or frame of an older connection changes nothing.
enum class Epoch : std::uint64_t {};

// Names a batch of records until the store has committed it.
enum class Ticket : std::uint64_t {};

// Names an operator's command until it is answered.
enum class RequestId : std::uint64_t {};

struct SendFrame {
    storage::StationIdentity station{};
    Epoch epoch{};
    std::string text{};
};

struct CloseConnection {
    storage::StationIdentity station{};
    Epoch epoch{};
    std::string why{};  // for the log and the WebSocket close reason, at most 120 characters
};

struct Answer {
    RequestId request{};
    Reply reply{};
};

// The station belongs to the engine of `shard` from now on. The shell tells the engine that had it
// on_moved_away(), the new one on_moved_here() and, if the station is connected, on_connected()
// with a new epoch; the connection itself stays open.
struct MoveStation {
    storage::Station station{};
    std::int64_t shard = 0;
};

// Ask the store for the newest session that fits, and tell the answer to on_found().
struct LookUpSession {
    storage::StationIdentity station{};
    std::uint64_t number = 0;
    storage::SessionQuery query{};
};

struct Effects {
    std::vector<storage::Record>
        records{};                    // to commit in one batch, and then on_committed(ticket)
    Ticket ticket{};                  // of that batch; meaningless when records is empty
    std::vector<SendFrame> frames{};  // to send now: what they promise is committed
    std::vector<CloseConnection> closes{};
    std::vector<Answer> answers{};
    std::vector<LiveView> live{};
    std::vector<MoveStation> moves{};
    std::vector<LookUpSession> look_ups{};

    bool empty() const
    {
        return records.empty() && frames.empty() && closes.empty() && answers.empty() &&
               live.empty() && moves.empty() && look_ups.empty();
    }
};

}
