// The threads of the server: one io_context and one thread each. A connection lives on one lane for
// ever, and so does a shard; nothing on a lane needs a lock against the rest of the lane.
#pragma once

#include "server/gateway/log.hpp"

#include <cstddef>
#include <memory>
#include <vector>

namespace boost::asio {
class io_context;
}

namespace gateway {

// Runs `context` until it is stopped. What escapes a handler is a bug: it is logged and the next
// handler runs, because one broken connection must not end the server.
void run_and_survive(boost::asio::io_context& context, Log const& log);

class Lanes {
public:
    // The log must outlive the lanes.
    Lanes(std::size_t count, Log const& log);
    ~Lanes();  // stops, joins and discards
    Lanes(Lanes const&) = delete;
    Lanes& operator=(Lanes const&) = delete;

    std::size_t count() const { return lanes_.size(); }
    boost::asio::io_context& context(std::size_t lane);

    void start();

    // Ends all threads after the handlers that run now. What waits is not run any more.
    void stop();

    // Destroys what waits, connections among it, after stop(). What waits may refer to listeners
    // and shards, and hold sockets of other contexts: this comes before any of them goes.
    void discard_pending();

private:
    struct Lane;
    Log const& log_;
    std::vector<std::unique_ptr<Lane>> lanes_;
};

}
