// The operators' door. All of it runs on the front thread: operators are few.
#pragma once

#include "server/gateway/operator_door.hpp"

#include <cstddef>
#include <memory>

namespace gateway {

class OperatorListener {
public:
    // `acceptor` listens already (see listen_on); nothing is accepted before start(). The log
    // must outlive the front context, and what the handlers refer to must last while it runs.
    OperatorListener(Acceptor acceptor, OperatorHandlers handlers, StaticFiles files,
        Log const& log, OperatorOptions const& options);

    Endpoint local() const;

    // These on the front thread.
    void start();
    void stop_accepting();
    void close_all();  // WebSockets with 1001
    std::size_t open_sockets() const { return door_->sockets.size(); }

private:
    void accept();

    std::shared_ptr<OperatorDoor> door_;
    Acceptor acceptor_;
    Timer retry_;
};

}
