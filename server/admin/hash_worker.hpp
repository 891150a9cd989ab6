// One thread for password hashes: they take time and memory, so logins wait in a short queue here
// and the rest of the server goes on. A storm of logins costs one core and 32 MiB, not the server.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace admin {

class HashWorker {
public:
    explicit HashWorker(std::size_t most_waiting);
    ~HashWorker() { stop(); }
    HashWorker(HashWorker const&) = delete;
    HashWorker& operator=(HashWorker const&) = delete;

    // Runs `job` on the worker's thread, in order. False, and nothing happens, when the queue is
    // full or the worker is stopped. An exception of a job ends the process: it is a bug.
    [[nodiscard]] bool run(std::function<void()> job);

    // Finishes the job that is under way and forgets those that wait. Not from a job.
    void stop();

private:
    void work();

    std::size_t const most_waiting_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> waiting_;
    bool stopped_ = false;
    std::thread thread_;  // last: it uses all of the above
};

}
