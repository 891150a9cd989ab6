#include "server/admin/outbox.hpp"

#include <utility>

namespace admin {

void Outbox::put(Text text)
{
    std::lock_guard const lock(mutex_);
    if (!closed_) texts_.push_back(std::move(text));
}

void Outbox::flush()
{
    std::unique_lock lock(mutex_);
    if (sender_ != std::thread::id{}) return;
    sender_ = std::this_thread::get_id();
    while (!texts_.empty()) {
        auto const text = std::move(texts_.front());
        texts_.pop_front();
        lock.unlock();
        send_(*text);
        lock.lock();
    }
    sender_ = {};
    idle_.notify_all();
}

void Outbox::close()
{
    // Whatever `send` holds on to is let go, but not while it is running on this very thread.
    std::function<void(std::string)> released;
    std::unique_lock lock(mutex_);
    closed_ = true;
    texts_.clear();
    // `send` itself may find the connection dead and close: that thread must not wait for itself.
    idle_.wait(lock,
        [this] { return sender_ == std::thread::id{} || sender_ == std::this_thread::get_id(); });
    if (sender_ == std::thread::id{}) released.swap(send_);
}

bool Outbox::closed() const
{
    std::lock_guard const lock(mutex_);
    return closed_;
}

}
