// Stands behind the stations' door in place of the shards, and writes down what comes. It goes
// before the lanes, as the connections that it holds belong to them.
#pragma once

#include "server/gateway/station_link.hpp"
#include "socket_client.hpp"

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace test {

class Recorder final : public gateway::StationInbox {
public:
    struct Seen {
        std::vector<std::shared_ptr<gateway::StationLink>> links;  // by epoch, from 1
        std::vector<std::string> frames;
        int disconnected = 0;
    };

    // While false, frames are not reported as done.
    std::atomic<bool> dealing_with_frames{true};

    gateway::Berth connected(std::shared_ptr<gateway::StationLink> const& link) override
    {
        std::lock_guard const lock(mutex_);
        seen_.links.push_back(link);
        changed_.notify_all();
        return {.shard = 0, .epoch = engine::Epoch{seen_.links.size()}};
    }
    void frame(gateway::Berth const& berth, std::string text) override
    {
        std::unique_lock lock(mutex_);
        seen_.frames.push_back(std::move(text));
        auto const link = seen_.links[static_cast<std::size_t>(berth.epoch) - 1];
        changed_.notify_all();
        lock.unlock();
        if (dealing_with_frames) link->frame_done();
    }
    void disconnected(gateway::Berth const&, gateway::StationLink const&) override
    {
        std::lock_guard const lock(mutex_);
        ++seen_.disconnected;
        changed_.notify_all();
    }

    // Waits for it; false when it does not come in time.
    bool wait(std::function<bool(Seen const&)> const& condition)
    {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, patience, [&] { return condition(seen_); });
    }
    Seen seen()
    {
        std::lock_guard const lock(mutex_);
        return seen_;
    }
    std::shared_ptr<gateway::StationLink> link(std::size_t number)
    {
        if (!wait([&](Seen const& s) { return s.links.size() > number; })) return nullptr;
        return seen().links[number];
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    Seen seen_;
};

}
