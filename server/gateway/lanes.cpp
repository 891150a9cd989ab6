#include "server/gateway/lanes.hpp"

#include "server/gateway/context.hpp"

#include <boost/asio/executor_work_guard.hpp>

#include <exception>
#include <thread>

namespace gateway {

namespace asio = boost::asio;

struct Lanes::Lane {
    Context context{1};
    asio::executor_work_guard<asio::io_context::executor_type> work = asio::make_work_guard(
        context);
    std::thread thread;
};

void run_and_survive(asio::io_context& context, Log const& log)
{
    for (;;) {
        try {
            context.run();
            return;
        } catch (std::exception const& bug) {
            log.write(Severity::error, Channel::net, "bug", {{"what", bug.what()}});
        }
    }
}

Lanes::Lanes(std::size_t count, Log const& log) : log_(log)
{
    for (std::size_t i = 0; i < count; ++i) lanes_.push_back(std::make_unique<Lane>());
}

Lanes::~Lanes()
{
    stop();
    discard_pending();
}

asio::io_context& Lanes::context(std::size_t lane) { return lanes_[lane]->context; }

void Lanes::start()
{
    for (auto const& lane : lanes_)
        lane->thread = std::thread(
            [&context = lane->context, this] { run_and_survive(context, log_); });
}

void Lanes::stop()
{
    for (auto const& lane : lanes_) lane->context.stop();
    for (auto const& lane : lanes_)
        if (lane->thread.joinable()) lane->thread.join();
}

void Lanes::discard_pending()
{
    for (auto const& lane : lanes_) lane->context.discard_pending();
}

}
