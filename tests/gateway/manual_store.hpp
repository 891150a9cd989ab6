// A Store that commits at once, or, while held, when it is told to.
#pragma once

#include "storage/store.hpp"

#include <deque>
#include <functional>
#include <mutex>
#include <utility>
#include <vector>

namespace test {

class ManualStore final : public storage::Store {
public:
    storage::Contents load() override { return {}; }

    // Called within commit(), by tests in which nothing else runs.
    std::function<void()> while_committing;

    void commit(std::vector<storage::Record>, std::function<void()> committed) override
    {
        if (while_committing) while_committing();
        std::unique_lock lock(mutex_);
        if (held_) {
            waiting_.push_back(std::move(committed));
            return;
        }
        lock.unlock();
        committed();
    }
    void hold()
    {
        std::lock_guard const lock(mutex_);
        held_ = true;
    }
    void let_go()
    {
        std::unique_lock lock(mutex_);
        held_ = false;
        auto const waiting = std::exchange(waiting_, {});
        lock.unlock();
        for (auto const& committed : waiting) committed();
    }
    std::size_t waiting()
    {
        std::lock_guard const lock(mutex_);
        return waiting_.size();
    }

    void on_health(std::function<void(storage::Health)>) override {}
    void keep(storage::Retention) override {}
    void read_sessions(storage::SessionQuery,
        std::function<void(std::vector<storage::SessionSummary>)> answer) override
    {
        answer({});
    }
    void read_samples(
        storage::SessionId, std::function<void(std::vector<storage::MeterSample>)> answer) override
    {
        answer({});
    }
    void read_signed(storage::SessionId,
        std::function<void(std::vector<storage::SignedReading>)> answer) override
    {
        answer({});
    }
    void read_unbooked(storage::UnbookedQuery,
        std::function<void(std::vector<storage::UnbookedMessage>)> answer) override
    {
        answer({});
    }
    void read_graph(
        storage::GraphQuery, std::function<void(std::vector<storage::Graph>)> answer) override
    {
        answer({});
    }
    void read_audit(int, std::function<void(std::vector<storage::AuditEntry>)> answer) override
    {
        answer({});
    }

private:
    std::mutex mutex_;
    bool held_ = false;
    std::deque<std::function<void()>> waiting_;
};

}
