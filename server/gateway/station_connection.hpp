// One station's WebSocket.
#pragma once

#include "server/gateway/station_door.hpp"
#include "server/gateway/station_request.hpp"

#include <string>

namespace gateway {

class StationConnection final : public WebSocket, public StationLink, public RosterHook {
public:
    // Listed in `roster` from its opening to its end.
    using Roster =
        boost::intrusive::list<StationConnection, boost::intrusive::constant_time_size<false>>;

    // `door` and `roster` must outlive it.
    StationConnection(
        Stream stream, StationDoor& door, Roster& roster, Welcome welcome, std::string peer);

    void start(UpgradeRequest const& request);

    storage::StationIdentity const& identity() const override { return welcome_.identity; }
    ocpp::Version version() const override { return welcome_.version; }
    void send_text(std::string text) override { send(std::move(text)); }
    void close_with(CloseCode code, std::string why) override { close(code, std::move(why)); }
    void frame_done() override { text_done(); }

private:
    void on_open() override;
    void on_text(std::string text) override;
    void on_closed(std::string_view why) override;

    StationDoor& door_;
    Roster& roster_;
    Welcome welcome_;
    std::string peer_;
    Berth berth_;
    bool opened_ = false;
};

}
