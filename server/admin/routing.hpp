// Which shard is asked. Ids do not tell their shard, so what names an id is asked of all shards:
// the one that has it acts, the others refuse with not_found. All functions are thread-safe; `done`
// is called once, on any thread.
#pragma once

#include "server/engine/shards.hpp"

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

namespace admin {

// Of all shards' replies to one command, the one that counts: a success before a refusal, any
// refusal before not_found.
engine::Reply best_of(std::vector<engine::Reply> replies);

// The lists of all shards as one, sorted by id, identity or token, each thing once. All refusals:
// the refusal that counts. `List` is one of Reply's vectors.
template <class List>
engine::Reply merged(std::vector<engine::Reply> replies);

class Routing {
public:
    using Done = std::function<void(engine::Reply)>;

    explicit Routing(engine::Shards& shards) : shards_(shards) {}

    // For what is new: the shards take turns.
    void ask_next(engine::Command command, Done done);

    // For what has an id: answered as soon as a shard succeeds.
    void ask_owner(engine::Command const& command, Done done);

    // For everything of a kind. A shard that does not know what is asked counts as an empty list.
    template <class List>
    void ask_list(engine::Command const& command, Done done)
    {
        ask_all(command, [done = std::move(done)](std::vector<engine::Reply> replies) {
            done(merged<List>(std::move(replies)));
        });
    }

    void ask_all(
        engine::Command const& command, std::function<void(std::vector<engine::Reply>)> done);

    // Puts a station on a charge point. One at a time, because between the look for the station on
    // all shards and the order to one of them nobody else may assign it.
    void assign(engine::AssignStation command, Done done);

private:
    struct Assignment {
        engine::AssignStation command;
        Done done;
    };
    void begin_assignment(Assignment assignment);
    void end_assignment();

    engine::Shards& shards_;
    std::atomic<std::uint64_t> turn_{0};
    std::mutex assignments_mutex_;
    std::deque<Assignment> assignments_;  // the first one is under way
};

}
