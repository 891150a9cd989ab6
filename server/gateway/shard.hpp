// One engine on one thread, with one mailbox. In a turn it takes what is in the mailbox, feeds the
// engine, lets time pass, and carries out the engine's effects once for all of it.
#pragma once

#include "server/engine/engine.hpp"
#include "server/gateway/directory.hpp"
#include "server/gateway/log.hpp"
#include "server/gateway/mail.hpp"
#include "server/gateway/stream.hpp"
#include "storage/store.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

namespace gateway {

class Shard;

// What the shards share.
struct ShardWorld {
    storage::Store& store;
    Log const& log;
    std::function<engine::Now()> clock;
    Directory directory;
    std::vector<std::unique_ptr<Shard>> shards;
    std::function<void(engine::LiveView const&)> publish;  // set before the threads start
    std::atomic<std::int64_t> commits_under_way{0};
    std::atomic<std::uint64_t> bugs{0};  // exceptions that came out of an engine
};

class Shard {
public:
    // Must outlive the running of the lane's thread; what the lane has not run then is not missed.
    Shard(std::int64_t number, asio::io_context& lane, ShardWorld& world, engine::Engine engine);
    Shard(Shard const&) = delete;
    Shard& operator=(Shard const&) = delete;

    // Any thread.
    void post(Mail::Content content);

private:
    struct Forward {
        std::int64_t shard;
        engine::Epoch epoch;
    };
    // A connection that this shard serves, or, after its station has moved away, passes on: its
    // frames take one more hop until it reconnects, and so keep their order.
    struct Seat {
        std::shared_ptr<StationLink> link;
        std::optional<Forward> forward;
    };

    void turn();
    bool feed_batch(engine::Now now);
    template <class Event>
    void guard(std::string_view doing, std::string_view station, Event event);

    void feed(LinkConnected& mail, engine::Now now);
    void feed(LinkFrame& mail, engine::Now now);
    void feed(LinkDisconnected& mail, engine::Now now);
    void feed(Committed& mail, engine::Now now);
    void feed(StoreHealth& mail, engine::Now now);
    void feed(std::unique_ptr<Ask>& mail, engine::Now now);
    void feed(std::unique_ptr<Found>& mail, engine::Now now);
    void feed(std::unique_ptr<MoveOut>& mail, engine::Now now);
    void feed(std::unique_ptr<MoveIn>& mail, engine::Now now);
    void feed(Nudge&, engine::Now) {}

    void carry_out(engine::Effects effects, engine::Now now);
    void answer(engine::RequestId request, engine::Reply reply);
    void look_up(engine::LookUpSession look_up);
    void move(engine::MoveStation const& move, engine::Now now);
    void hand_over(storage::Station const& station, engine::Now now);
    void wake_at(std::optional<engine::Milliseconds> uptime, engine::Now now);

    std::int64_t const number_;
    ShardWorld& world_;
    Executor executor_;
    Mailbox<Mail> mailbox_;

    // Below: touched on the shard's thread only.
    MailList<Mail> taken_;  // of the mailbox, not yet fed
    engine::Engine engine_;
    std::unordered_map<engine::Epoch, Seat> seats_;
    std::unordered_map<engine::RequestId, std::function<void(engine::Reply)>> asked_;
    std::uint64_t requests_ = 0;
    Timer timer_;
    std::optional<engine::Milliseconds> timer_set_for_;
};

}
