#include "storage/sqlite/commit_thread.hpp"

#include <algorithm>
#include <utility>

namespace storage::sqlite {

namespace {

// The batches at the front of `group` that make one transaction: at least one.
std::size_t transaction_length(std::span<Batch const> group, std::size_t records_at_most)
{
    std::size_t length = 1;
    std::size_t records = group.front().records.size();
    while (length < group.size()) {
        records += group[length].records.size();
        if (records > records_at_most) break;
        ++length;
    }
    return length;
}

}

CommitThread::CommitThread(
    std::filesystem::path file, Connection connection, Tuning const& tuning, HealthBoard& health)
    : file_(std::move(file)),
      tuning_(tuning),
      health_(health),
      writer_(std::in_place, std::move(connection), tuning),
      thread_([this] { run(); })
{
}

CommitThread::~CommitThread() { finish(); }

void CommitThread::push(Batch batch)
{
    bool was_empty = false;
    {
        std::lock_guard const lock(mutex_);
        was_empty = queue_.empty();
        queue_.push_back(std::move(batch));
    }
    // The thread sleeps only on an empty queue.
    if (was_empty) wake_.notify_one();
}

void CommitThread::keep(Retention const& retention)
{
    std::lock_guard const lock(mutex_);
    retention_ = retention;
}

void CommitThread::finish()
{
    {
        std::lock_guard const lock(mutex_);
        finishing_ = true;
    }
    wake_.notify_one();
    if (thread_.joinable()) thread_.join();
}

void CommitThread::run()
{
    for (;;) {
        auto batches = take_queued();
        if (!batches) return;
        if (batches->empty()) tidy();
        std::span<Batch> left = *batches;
        while (!left.empty()) {
            std::size_t const length = transaction_length(left, tuning_.records_per_transaction);
            if (!store(left.first(length))) {
                health_.set(Concern::writing,
                    file_.string() + ": closed with " + std::to_string(left.size()) +
                        " or more batches that could not be stored");
                return;
            }
            left = left.subspan(length);
            tidy();
        }
    }
}

// Waits for batches, unless there is something to tidy meanwhile: then there may be none. Nothing:
// the store is closing, and all are stored.
std::optional<std::vector<Batch>> CommitThread::take_queued()
{
    std::unique_lock lock(mutex_);
    if (!has_more_to_tidy_) wake_.wait(lock, [this] { return finishing_ || !queue_.empty(); });
    if (finishing_ && queue_.empty()) return std::nullopt;
    return std::exchange(queue_, {});
}

// Tries until the group is durable; false when the store closes while storage fails.
bool CommitThread::store(std::span<Batch> group)
{
    Patience patience(tuning_.first_retry, tuning_.longest_retry);
    bool last_attempt = false;
    while (!attempt(group)) {
        if (last_attempt) return false;
        last_attempt = !wait_before_retry(patience.next());
    }
    return true;
}

bool CommitThread::attempt(std::span<Batch> group)
{
    std::vector<Refusal> refusals;
    try {
        if (!writer_) writer_.emplace(open_for_writing(file_, tuning_), tuning_);
        refusals = writer_->commit(group);
    } catch (SqliteError const& error) {
        // What a failed COMMIT has left is unknown. A new connection sees what is in the file, and
        // the group is written again as a whole: a record that is there already stays as it is.
        writer_.reset();
        health_.set(Concern::writing, file_.string() + ": " + error.what());
        return false;
    }
    health_.set(Concern::writing, "");
    acknowledge(group, refusals);
    return true;
}

void CommitThread::acknowledge(std::span<Batch> group, std::vector<Refusal> const& refusals)
{
    auto refusal = refusals.begin();
    for (std::size_t i = 0; i < group.size(); ++i) {
        if (refusal != refusals.end() && refusal->batch == i) {
            ++refused_batches_;
            health_.set(Concern::refused,
                file_.string() + ": " + std::to_string(refused_batches_) +
                    " batches refused and kept in table refused_record, the latest because " +
                    refusal->why);
            ++refusal;
        } else if (group[i].committed) {
            group[i].committed();
        }
    }
}

// Failing here loses nothing: it is tried again after the next group. But the log grows meanwhile.
void CommitThread::tidy()
{
    has_more_to_tidy_ = false;
    Retention retention;
    {
        std::lock_guard const lock(mutex_);
        retention = retention_;
    }
    auto const now = std::chrono::floor<std::chrono::milliseconds>(
        std::chrono::system_clock::now());
    try {
        has_more_to_tidy_ = writer_->tidy(retention, day_of(now));
        health_.set(Concern::tidying, "");
    } catch (SqliteError const& error) {
        writer_.reset();
        health_.set(Concern::tidying,
            file_.string() + ": samples not filed or log not copied: " + error.what());
    }
}

// False: the store is closing.
bool CommitThread::wait_before_retry(std::chrono::milliseconds pause)
{
    std::unique_lock lock(mutex_);
    return !wake_.wait_for(lock, pause, [this] { return finishing_; });
}

}
