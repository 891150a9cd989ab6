// The stations' door: accepts connections, reads the upgrade request, and makes a StationConnection
// of each that is welcome. Accepting happens on the front thread, everything else on the lanes, in
// turn.
#pragma once

#include "server/gateway/lanes.hpp"
#include "server/gateway/station_connection.hpp"

#include <cstddef>
#include <vector>

namespace gateway {

class StationListener {
public:
    // `acceptor` listens already (see listen_on) and runs on the front thread; nothing is accepted
    // before start(). Everything given must outlive the listener, and the lanes' threads must have
    // ended before it goes.
    StationListener(Acceptor acceptor, Lanes& lanes, StationInbox& inbox, Log const& log,
        StationOptions const& options);

    Endpoint local() const;

    // These on the front thread.
    void start();
    void stop_accepting();

    // Any thread. Closes all connections with 1001 (going away); open_connections() tells how many
    // are left.
    void close_all();
    std::size_t open_connections() const { return door_.open_connections.load(); }

private:
    void accept();
    void accepted(boost::system::error_code error, Stream stream);
    void handshake_ended();
    void wait_and_accept();

    Lanes& lanes_;
    StationDoor door_;
    std::vector<StationConnection::Roster> rosters_;  // one per lane
    Acceptor acceptor_;
    Timer retry_;
    std::size_t next_lane_ = 0;
    std::size_t handshakes_ = 0;  // under way
    bool waiting_for_room_ = false;
};

}
