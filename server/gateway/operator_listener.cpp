#include "server/gateway/operator_listener.hpp"

#include "server/gateway/operator_session.hpp"
#include "server/gateway/operator_socket.hpp"

#include <utility>

namespace gateway {

using boost::system::error_code;

namespace {

constexpr std::chrono::milliseconds pause_after_error{200};

}

OperatorListener::OperatorListener(Acceptor acceptor, OperatorHandlers handlers, StaticFiles files,
    Log const& log, OperatorOptions const& options)
    : door_(new OperatorDoor{.options = options,
          .handlers = std::move(handlers),
          .files = std::move(files),
          .log = log}),
      acceptor_(std::move(acceptor)),
      retry_(acceptor_.get_executor())
{
}

Endpoint OperatorListener::local() const
{
    error_code error;
    return from_asio(acceptor_.local_endpoint(error));
}

void OperatorListener::start() { accept(); }

void OperatorListener::stop_accepting()
{
    error_code ignored;
    acceptor_.close(ignored);
    retry_.cancel();
}

void OperatorListener::close_all()
{
    door_->stopping = true;
    auto const sockets = door_->sockets;  // closing may take one out
    for (auto* const socket : sockets) socket->close(CloseCode::going_away, "the server stops");
}

void OperatorListener::accept()
{
    acceptor_.async_accept([this](error_code error, Stream stream) {
        if (error == asio::error::operation_aborted || !acceptor_.is_open()) return;
        if (!error) {
            // A connection above the limit is closed at once: those that are in go on.
            if (door_->connections < door_->options.connections_limit) {
                run_operator_session(std::move(stream), OperatorSeat(door_));
            } else {
                door_->log.write(Severity::warning, Channel::net, "refused",
                    {{"why", "too many operator connections"}});
            }
            return accept();
        }
        door_->log.write(
            Severity::error, Channel::net, "accept_failed", {{"why", error.message()}});
        retry_.expires_after(pause_after_error);
        retry_.async_wait([this](error_code cancelled) {
            if (!cancelled) accept();
        });
    });
}

}
