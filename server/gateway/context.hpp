// An io_context whose pending work can be dropped before it is destroyed.
#pragma once

#include <boost/asio/io_context.hpp>

namespace gateway {

// What waits in one context may hold sockets of another: an accept that is under way has the socket
// of the lane that it accepts for. So all of them drop what waits before any is destroyed.
class Context : public boost::asio::io_context {
public:
    using io_context::io_context;

    // Destroys all handlers that have not run. When nothing runs in the context any more.
    void discard_pending() { shutdown(); }
};

}
