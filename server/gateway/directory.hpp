// Where each station's events go: which shard has it, and which of its connections is the newest.
// The only state of the shell that all threads share behind a lock; it is asked when a connection
// opens or closes and when a station moves, never for a message.
#pragma once

#include "server/gateway/station_link.hpp"
#include "storage/store.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>

namespace gateway {

class Directory {
public:
    // A station belongs to the shard of the installation that it is assigned to; without one, to
    // engine::unclaimed_shard.
    Directory(storage::Contents const& contents, std::int64_t shard_count);

    // Makes `link` the newest connection of its station and returns the one that it replaces, if
    // any. `deliver` is called under the lock, so that a shard hears of connections in the order of
    // their epochs.
    std::shared_ptr<StationLink> arrive(
        std::shared_ptr<StationLink> const& link, std::function<void(Berth)> const& deliver);

    // The connection has ended. Changes nothing if it is not the newest any more.
    void leave(StationLink const& link);

    // The shard that has the station.
    std::int64_t home(storage::StationIdentity const& station) const;

    // The station is to belong to `shard`. Returns the shard that has it now: that one hands it
    // over (see hand_over) unless it is the same. What was wanted last counts, however many moves
    // of a station are under way.
    std::int64_t want(storage::StationIdentity const& station, std::int64_t shard);

    // A live connection that changes shards: it is known by `before` on the old shard and by
    // `after` on the new one.
    struct Transfer {
        std::shared_ptr<StationLink> link;
        engine::Epoch before;
        engine::Epoch after;
    };
    // `from` gives the station to the shard that is wanted; nothing happens when it has it no more,
    // or is itself wanted. `deliver` is called under the lock, so that the new shard hears of the
    // station before its next connection; the transfer is there when the station is connected.
    void hand_over(storage::StationIdentity const& station, std::int64_t from,
        std::function<void(std::int64_t to, std::optional<Transfer>)> const& deliver);

    std::size_t online() const;

private:
    struct Home {
        std::int64_t has;
        std::int64_t wanted;
    };
    struct Newest {
        std::shared_ptr<StationLink> link;
        engine::Epoch epoch{};
    };

    Home home_locked(storage::StationIdentity const& station) const;
    engine::Epoch next_epoch();

    mutable std::mutex mutex_;                                  // guards everything below
    std::unordered_map<storage::StationIdentity, Home> homes_;  // but unclaimed ones
    std::unordered_map<storage::StationIdentity, Newest> newest_;
    std::uint64_t epochs_ = 0;
};

}
