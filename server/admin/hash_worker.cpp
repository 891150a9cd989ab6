#include "server/admin/hash_worker.hpp"

#include <utility>

namespace admin {

HashWorker::HashWorker(std::size_t most_waiting)
    : most_waiting_(most_waiting), thread_([this] { work(); })
{
}

bool HashWorker::run(std::function<void()> job)
{
    {
        std::lock_guard const lock(mutex_);
        if (stopped_ || waiting_.size() >= most_waiting_) return false;
        waiting_.push_back(std::move(job));
    }
    wake_.notify_one();
    return true;
}

void HashWorker::stop()
{
    std::deque<std::function<void()>> forgotten;  // destroyed without the lock
    {
        std::lock_guard const lock(mutex_);
        stopped_ = true;
        forgotten.swap(waiting_);
    }
    wake_.notify_one();
    if (thread_.joinable()) thread_.join();
}

void HashWorker::work()
{
    while (true) {
        std::function<void()> job;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [this] { return stopped_ || !waiting_.empty(); });
            if (stopped_) return;
            job = std::move(waiting_.front());
            waiting_.pop_front();
        }
        job();
    }
}

}
