#include "server/gateway/shutdown.hpp"

#include <utility>

namespace gateway {

namespace {

constexpr std::chrono::milliseconds between_checks{10};

}

Shutdown::Shutdown(asio::io_context& front, StationListener& stations, OperatorListener& operators,
    Shards const& shards, std::chrono::milliseconds limit, std::function<void(bool)> done)
    : stations_(stations),
      operators_(operators),
      shards_(shards),
      limit_(limit),
      done_(std::move(done)),
      timer_(front.get_executor())
{
}

void Shutdown::begin()
{
    if (begun_) {
        timer_.cancel();
        if (auto const done = std::exchange(done_, nullptr)) done(false);
        return;
    }
    begun_ = true;
    deadline_ = std::chrono::steady_clock::now() + limit_;
    stations_.stop_accepting();
    operators_.stop_accepting();
    stations_.close_all();
    operators_.close_all();
    check();
}

void Shutdown::check()
{
    bool const ended = stations_.open_connections() == 0 && operators_.open_sockets() == 0 &&
                       shards_.commits_under_way() == 0;
    if (ended || std::chrono::steady_clock::now() >= deadline_) {
        if (auto const done = std::exchange(done_, nullptr)) done(ended);
        return;
    }
    timer_.expires_after(between_checks);
    timer_.async_wait([this](boost::system::error_code cancelled) {
        if (!cancelled) check();
    });
}

}
