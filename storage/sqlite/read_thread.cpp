#include "storage/sqlite/read_thread.hpp"

#include "storage/sqlite/patience.hpp"

#include <utility>

namespace storage::sqlite {

ReadThread::ReadThread(std::filesystem::path file, Tuning const& tuning, HealthBoard& health)
    : file_(std::move(file)), tuning_(tuning), health_(health), thread_([this] { run(); })
{
}

ReadThread::~ReadThread()
{
    {
        std::lock_guard const lock(mutex_);
        finishing_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

void ReadThread::push(Job job)
{
    {
        std::lock_guard const lock(mutex_);
        queue_.push_back(std::move(job));
    }
    wake_.notify_one();
}

void ReadThread::run()
{
    Patience patience(tuning_.first_retry, tuning_.longest_retry);
    while (std::optional<Job> job = take()) {
        if (attempt(*job)) {
            patience = Patience(tuning_.first_retry, tuning_.longest_retry);
        } else {
            put_back(std::move(*job), patience.next());
        }
    }
    connection_.reset();
}

// Waits for a job; none: the store is closing, and nothing is left.
std::optional<ReadThread::Job> ReadThread::take()
{
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [this] { return finishing_ || !queue_.empty(); });
    if (queue_.empty()) return std::nullopt;
    Job job = std::move(queue_.front());
    queue_.pop_front();
    return job;
}

bool ReadThread::attempt(Job const& job)
{
    try {
        if (!connection_) connection_.emplace(file_, Access::read_only, tuning_.busy_timeout);
        job(*connection_);
    } catch (SqliteError const& error) {
        connection_.reset();
        health_.set(Concern::reading, file_.string() + ": history cannot be read: " + error.what());
        return false;
    }
    health_.set(Concern::reading, "");
    return true;
}

void ReadThread::put_back(Job job, std::chrono::milliseconds pause)
{
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, pause, [this] { return finishing_; });
    if (!finishing_) queue_.push_back(std::move(job));
}

}
