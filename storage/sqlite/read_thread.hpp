// The thread that reads history, on a connection of its own: no commit waits for it.
#pragma once

#include "storage/sqlite/connection.hpp"
#include "storage/sqlite/health_board.hpp"
#include "storage/sqlite/tuning.hpp"

#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

namespace storage::sqlite {

class ReadThread {
public:
    // Reads from the connection, then calls its answer. Throws SqliteError before that.
    using Job = std::function<void(Connection&)>;

    ReadThread(std::filesystem::path file, Tuning const& tuning, HealthBoard& health);
    ~ReadThread();  // tries each job that is left, once
    ReadThread(ReadThread const&) = delete;
    ReadThread& operator=(ReadThread const&) = delete;

    // A job that fails is tried again, after the others, until it succeeds: late, never wrong.
    void push(Job job);

private:
    void run();
    std::optional<Job> take();
    bool attempt(Job const& job);
    void put_back(Job job, std::chrono::milliseconds pause);

    std::filesystem::path const file_;
    Tuning const tuning_;
    HealthBoard& health_;

    std::mutex mutex_;  // guards queue_ and finishing_
    std::condition_variable wake_;
    std::deque<Job> queue_;
    bool finishing_ = false;

    std::optional<Connection> connection_;  // of the thread only
    std::thread thread_;
};

}
