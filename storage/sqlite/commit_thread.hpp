// The one thread that writes. What queues while it commits is the next group: the slower the disk,
// the larger the groups, and the throughput keeps up by itself.
#pragma once

#include "storage/sqlite/health_board.hpp"
#include "storage/sqlite/patience.hpp"
#include "storage/sqlite/tuning.hpp"
#include "storage/sqlite/writer.hpp"

#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <vector>

namespace storage::sqlite {

class CommitThread {
public:
    // Starts with `connection`, and opens `file` again after a failure.
    CommitThread(std::filesystem::path file, Connection connection, Tuning const& tuning,
        HealthBoard& health);
    ~CommitThread();  // finish(), and closes the connection
    CommitThread(CommitThread const&) = delete;
    CommitThread& operator=(CommitThread const&) = delete;

    void push(Batch batch);  // from any thread

    void keep(Retention const& retention);  // from any thread; looked at after the next group

    // Commits what is queued and ends the thread. While storage fails it tries once more and then
    // gives up: what is left was never acknowledged.
    void finish();

private:
    void run();
    std::optional<std::vector<Batch>> take_queued();
    bool store(std::span<Batch> group);
    bool attempt(std::span<Batch> group);
    void acknowledge(std::span<Batch> group, std::vector<Refusal> const& refusals);
    void tidy();
    bool wait_before_retry(std::chrono::milliseconds pause);

    std::filesystem::path const file_;
    Tuning const tuning_;
    HealthBoard& health_;

    std::mutex mutex_;  // guards queue_, retention_ and finishing_
    std::condition_variable wake_;
    std::vector<Batch> queue_;
    Retention retention_;
    bool finishing_ = false;

    std::optional<Writer> writer_;  // none after a failure; of the thread only, until it has ended
    bool has_more_to_tidy_ = false;
    std::size_t refused_batches_ = 0;
    std::thread thread_;
};

}
