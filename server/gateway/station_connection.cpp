#include "server/gateway/station_connection.hpp"

#include <utility>

namespace gateway {

StationConnection::StationConnection(
    Stream stream, StationDoor& door, Roster& roster, Welcome welcome, std::string peer)
    : WebSocket(std::move(stream), door.options.websocket),
      door_(door),
      roster_(roster),
      welcome_(std::move(welcome)),
      peer_(std::move(peer))
{
}

void StationConnection::start(UpgradeRequest const& request)
{
    // 1.6 knows no compression (OCPP-J 1.6 section 6.1).
    bool const compress = door_.options.compression && version() != ocpp::Version::v16;
    accept(request, std::string(ocpp::subprotocol_name(version())),
        compress ? Compression::small_windows : Compression::off);
}

void StationConnection::on_open()
{
    opened_ = true;
    roster_.push_back(*this);
    door_.open_connections.fetch_add(1, std::memory_order_relaxed);
    door_.log.write(Severity::info, Channel::net, "connected",
        {{"station", identity().value}, {"protocol", ocpp::subprotocol_name(version())},
            {"peer", peer_}});
    auto const self = std::static_pointer_cast<StationConnection>(shared_from_this());
    berth_ = door_.inbox.connected(self);
}

void StationConnection::on_text(std::string text)
{
    // Some stations send empty frames to keep the line open.
    if (text.empty()) return text_done();
    door_.inbox.frame(berth_, std::move(text));
}

void StationConnection::on_closed(std::string_view why)
{
    door_.log.write(Severity::info, Channel::net, opened_ ? "disconnected" : "refused",
        {{"station", identity().value}, {"peer", peer_}, {"why", why}});
    if (!opened_) return;
    RosterHook::unlink();
    door_.open_connections.fetch_sub(1, std::memory_order_relaxed);
    door_.inbox.disconnected(berth_, *this);
}

}
