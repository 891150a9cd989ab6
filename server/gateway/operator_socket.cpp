#include "server/gateway/operator_socket.hpp"

#include <utility>

namespace gateway {

OperatorSocket::OperatorSocket(Stream stream, OperatorSeat seat, std::string peer)
    : WebSocket(std::move(stream), seat->options.websocket),
      door_(std::move(seat)),
      peer_(std::move(peer))
{
}

void OperatorSocket::on_open()
{
    door_->log.write(Severity::info, Channel::net, "operator_connected", {{"peer", peer_}});
    door_->sockets.insert(this);
    conversation_ = door_->handlers.open(
        [weak = weak_from_this()](std::string text) {
            if (auto const self = weak.lock()) self->send(std::move(text));
        },
        peer_);
    if (door_->stopping) close(CloseCode::going_away, "the server stops");
}

void OperatorSocket::on_text(std::string text)
{
    conversation_.on_text(text);
    text_done();
}

void OperatorSocket::on_closed(std::string_view why)
{
    if (door_->sockets.erase(this) == 0) return;  // never opened
    door_->log.write(
        Severity::info, Channel::net, "operator_disconnected", {{"peer", peer_}, {"why", why}});
    // The conversation may hold what is calling us; it goes with this WebSocket.
    conversation_.on_close();
}

}
