// The engines of all shards, as the operators' API reaches them. The shell (server/gateway) stands
// behind it; tests put a single engine behind it.
#pragma once

#include "server/engine/commands.hpp"

#include <cstdint>
#include <functional>

namespace engine {

class Shards {
public:
    virtual ~Shards() = default;

    virtual std::int64_t count() const = 0;

    // Puts a command into the mailbox of one shard. Thread-safe; `answer` is called once, on any
    // thread, and must not block.
    virtual void ask(std::int64_t shard, Command command, std::function<void(Reply)> answer) = 0;

    // Called with each live view that a shard publishes, on any thread. Set once, before the first
    // command.
    virtual void on_live(std::function<void(LiveView const&)> publish) = 0;
};

}
