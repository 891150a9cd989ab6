#include "server/gateway/station_listener.hpp"

#include "server/gateway/station_handshake.hpp"

#include <boost/asio/post.hpp>

#include <utility>

namespace gateway {

namespace {

using boost::system::error_code;

// Out of file descriptors or memory: those who are served go on, newcomers wait in the kernel's
// queue.
constexpr std::chrono::milliseconds pause_when_exhausted{200};

}

StationListener::StationListener(Acceptor acceptor, Lanes& lanes, StationInbox& inbox,
    Log const& log, StationOptions const& options)
    : lanes_(lanes),
      door_{.options = options, .inbox = inbox, .log = log},
      rosters_(lanes.count()),
      acceptor_(std::move(acceptor)),
      retry_(acceptor_.get_executor())
{
}

Endpoint StationListener::local() const
{
    error_code error;
    return from_asio(acceptor_.local_endpoint(error));
}

void StationListener::start() { accept(); }

void StationListener::stop_accepting()
{
    error_code ignored;
    acceptor_.close(ignored);
    retry_.cancel();
}

void StationListener::close_all()
{
    for (std::size_t lane = 0; lane < rosters_.size(); ++lane)
        asio::post(lanes_.context(lane), [&roster = rosters_[lane]] {
            // Closing may unlink a connection from the roster.
            for (auto next = roster.begin(); next != roster.end();)
                (next++)->close_with(CloseCode::going_away, "the server stops");
        });
}

void StationListener::accept()
{
    if (!acceptor_.is_open()) return;
    waiting_for_room_ = handshakes_ >= door_.options.handshakes_at_once;
    if (waiting_for_room_) return;
    acceptor_.async_accept(lanes_.context(next_lane_).get_executor(),
        [this](error_code error, Stream stream) { accepted(error, std::move(stream)); });
}

void StationListener::accepted(error_code error, Stream stream)
{
    if (error == asio::error::operation_aborted || !acceptor_.is_open()) return;
    if (error == asio::error::no_descriptors || error == asio::error::no_memory ||
        error == asio::error::no_buffer_space ||
        error == boost::system::errc::too_many_files_open_in_system) {
        door_.log.write(Severity::error, Channel::net, "accept_failed", {{"why", error.message()}});
        return wait_and_accept();
    }
    if (error) return accept();  // the peer has gone before it was accepted
    auto const lane = std::exchange(next_lane_, (next_lane_ + 1) % lanes_.count());
    ++handshakes_;
    auto ended = [this] { asio::post(acceptor_.get_executor(), [this] { handshake_ended(); }); };
    asio::post(lanes_.context(lane),
        [this, lane, s = std::move(stream), ended = std::move(ended)]() mutable {
            run_station_handshake(std::move(s), door_, rosters_[lane], std::move(ended));
        });
    accept();
}

void StationListener::handshake_ended()
{
    --handshakes_;
    if (waiting_for_room_) accept();
}

void StationListener::wait_and_accept()
{
    retry_.expires_after(pause_when_exhausted);
    retry_.async_wait([this](error_code cancelled) {
        if (!cancelled) accept();
    });
}

}
