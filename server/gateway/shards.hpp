// All engines of the server: as many shards as lanes. Operators' commands and stations' events come
// in here and find their shard.
#pragma once

#include "server/engine/settings.hpp"
#include "server/engine/shards.hpp"
#include "server/gateway/lanes.hpp"
#include "server/gateway/shard.hpp"

#include <cstdint>
#include <functional>
#include <memory>

namespace gateway {

class Shards final : public engine::Shards, public StationInbox {
public:
    // `settings` serve all shards; their number and count are filled in here. Everything given must
    // outlive the shards, with one exception: the store calls them back, so it must have gone, and
    // the lanes' threads must have ended, before they go.
    Shards(Lanes& lanes, storage::Store& store, Log const& log, engine::Settings const& settings,
        storage::Contents const& contents, std::function<engine::Now()> clock);
    ~Shards() override;  // the lanes' threads must have ended

    // Lets the engines' time begin. After on_live().
    void start();

    // What Store::on_health tells; any thread.
    void store_health(bool writable);

    // Batches of records that are not durable yet.
    std::int64_t commits_under_way() const { return world_.commits_under_way.load(); }
    std::uint64_t bugs() const { return world_.bugs.load(); }

    std::int64_t count() const override;
    void ask(std::int64_t shard, engine::Command command,
        std::function<void(engine::Reply)> answer) override;
    void on_live(std::function<void(engine::LiveView const&)> publish) override;

    Berth connected(std::shared_ptr<StationLink> const& link) override;
    void frame(Berth const& berth, std::string text) override;
    void disconnected(Berth const& berth, StationLink const& link) override;

private:
    Shard& shard(std::int64_t number);

    ShardWorld world_;
};

}
