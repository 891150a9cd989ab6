#include "server/gateway/shards.hpp"

#include <utility>

namespace gateway {

Shards::Shards(Lanes& lanes, storage::Store& store, Log const& log,
    engine::Settings const& settings, storage::Contents const& contents,
    std::function<engine::Now()> clock)
    : world_{.store = store,
          .log = log,
          .clock = std::move(clock),
          .directory = Directory(contents, static_cast<std::int64_t>(lanes.count())),
          .shards = {},
          .publish = {}}
{
    for (std::size_t lane = 0; lane < lanes.count(); ++lane) {
        auto own = settings;
        own.shard = static_cast<std::int64_t>(lane);
        own.shard_count = static_cast<std::int64_t>(lanes.count());
        world_.shards.push_back(std::make_unique<Shard>(
            own.shard, lanes.context(lane), world_, engine::Engine(own, contents, world_.clock())));
    }
}

Shards::~Shards() = default;

void Shards::start()
{
    for (auto const& one : world_.shards) one->post(Nudge{});
}

void Shards::store_health(bool writable)
{
    for (auto const& one : world_.shards) one->post(StoreHealth{writable});
}

std::int64_t Shards::count() const { return static_cast<std::int64_t>(world_.shards.size()); }

void Shards::ask(
    std::int64_t number, engine::Command command, std::function<void(engine::Reply)> answer)
{
    shard(number).post(
        std::make_unique<Ask>(Ask{.command = std::move(command), .answer = std::move(answer)}));
}

void Shards::on_live(std::function<void(engine::LiveView const&)> publish)
{
    world_.publish = std::move(publish);
}

Berth Shards::connected(std::shared_ptr<StationLink> const& link)
{
    Berth berth;
    auto const replaced = world_.directory.arrive(link, [&](Berth found) {
        berth = found;
        shard(berth.shard).post(LinkConnected{.link = link, .epoch = berth.epoch});
    });
    if (replaced) replaced->close_with(CloseCode::policy, "replaced by a newer connection");
    return berth;
}

void Shards::frame(Berth const& berth, std::string text)
{
    shard(berth.shard).post(LinkFrame{.epoch = berth.epoch, .text = std::move(text)});
}

void Shards::disconnected(Berth const& berth, StationLink const& link)
{
    world_.directory.leave(link);
    shard(berth.shard).post(LinkDisconnected{.epoch = berth.epoch});
}

Shard& Shards::shard(std::int64_t number)
{
    return *world_.shards[static_cast<std::size_t>(number)];
}

}
