// What goes to one operator, in order. Texts are put in under any lock and leave without one: the
// thread that finds nobody sending sends for all. So no thread ever waits for another's `send`, and
// two texts never overtake each other.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

namespace admin {

class Outbox {
public:
    using Text = std::shared_ptr<std::string const>;  // shared by all subscribers of a view

    explicit Outbox(std::function<void(std::string)> send) : send_(std::move(send)) {}

    // Adds a text at the end. Calls nothing: allowed with locks held; flush() must follow.
    void put(Text text);

    // Sends what has been put, unless another thread is at it (which then sends that, too). To be
    // called with no lock held.
    void flush();

    // Nothing is sent after this has returned. Waits for a send on another thread that has begun.
    void close();
    bool closed() const;

private:
    std::function<void(std::string)> send_;  // not changed while `sender_` is set
    mutable std::mutex mutex_;
    std::condition_variable idle_;
    std::deque<Text> texts_;
    std::thread::id sender_;  // the thread in flush(), if any
    bool closed_ = false;
};

}
