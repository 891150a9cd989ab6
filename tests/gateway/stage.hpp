// The threads around a door under test: the front thread and some lanes, on free ports of
// 127.0.0.1.
#pragma once

#include "server/gateway/context.hpp"
#include "server/gateway/endpoint.hpp"
#include "server/gateway/lanes.hpp"
#include "server/gateway/log.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <future>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace test {

// Keeps the lines, for tests that look for an event.
class LogLines {
public:
    gateway::Log::Sink sink()
    {
        return [this](gateway::Severity, gateway::Channel, std::string_view text) {
            std::lock_guard const lock(mutex_);
            lines_.emplace_back(text);
            changed_.notify_all();
        };
    }
    // A line with all of these words.
    bool wait_for(std::vector<std::string> const& words)
    {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, std::chrono::seconds(20), [&] {
            for (auto const& line : lines_) {
                bool all = true;
                for (auto const& word : words) all = all && line.find(word) != std::string::npos;
                if (all) return true;
            }
            return false;
        });
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::string> lines_;
};

// Asks until it is true; false when it does not become true in time.
template <class Condition>
bool eventually(Condition condition)
{
    auto const deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        std::this_thread::yield();
    }
    return true;
}

class Stage {
public:
    explicit Stage(std::size_t lane_count = 2) : lanes(lane_count, log) {}
    ~Stage() { stop(); }
    Stage(Stage const&) = delete;
    Stage& operator=(Stage const&) = delete;

    void start()
    {
        lanes.start();
        front_thread_ = std::thread([this] { gateway::run_and_survive(front, log); });
    }
    void stop()
    {
        work_.reset();
        front.stop();
        if (front_thread_.joinable()) front_thread_.join();
        lanes.stop();
        front.discard_pending();
        lanes.discard_pending();
    }

    // A listening socket on a free port.
    gateway::Acceptor port()
    {
        return std::get<gateway::Acceptor>(
            gateway::listen_on(front, {.address = "127.0.0.1", .port = 0}, {}));
    }

    // Runs something on the front thread, or on a lane, and waits for it.
    static void run_on(boost::asio::io_context& context, std::function<void()> const& what)
    {
        std::promise<void> done;
        boost::asio::post(context, [&] {
            what();
            done.set_value();
        });
        done.get_future().wait();
    }

    LogLines lines;
    gateway::Log log{lines.sink(), gateway::Severity::debug};
    gateway::Context front{1};
    gateway::Lanes lanes;

private:
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_ =
        boost::asio::make_work_guard(front);
    std::thread front_thread_;
};

}
