// A Store without a disk, a thread or a clock: whoever drives it decides when a batch becomes
// durable and when the power fails. For simulations, which repeat exactly, and for tests.
#pragma once

#include "storage/memory/memory_rows.hpp"

#include <cstddef>
#include <deque>

namespace storage {

class MemoryStore final : public Store {
public:
    // `durable` is the disk. It outlives the store, and what is in it outlives every crash.
    explicit MemoryStore(MemoryRows& durable) : durable_(durable) {}

    Contents load() override;
    void commit(std::vector<Record> records, std::function<void()> committed) override;
    // All below answer at once, on the caller's thread.
    void on_health(std::function<void(Health)> changed) override;
    void keep(Retention) override {}  // it has no clock: everything stays
    void read_sessions(
        SessionQuery query, std::function<void(std::vector<SessionSummary>)> answer) override;
    void read_samples(
        SessionId session, std::function<void(std::vector<MeterSample>)> answer) override;
    void read_signed(
        SessionId session, std::function<void(std::vector<SignedReading>)> answer) override;
    void read_unbooked(
        UnbookedQuery query, std::function<void(std::vector<UnbookedMessage>)> answer) override;
    void read_graph(GraphQuery query, std::function<void(std::vector<Graph>)> answer) override;
    void read_audit(int limit, std::function<void(std::vector<AuditEntry>)> answer) override;

    std::size_t pending() const { return pending_.size(); }

    // Makes the oldest pending batch durable and calls its `committed`, which may commit more.
    // False: nothing is pending, or the store takes no writes.
    bool step();

    // Everything but the disk is gone: pending batches, their `committed`, and who listens to
    // health. The same object then serves as the store of the restarted engine.
    void crash();

    // While false, step() does nothing, as when a disk is full.
    void set_writable(bool writable);

private:
    struct Batch {
        std::vector<Record> records;
        std::function<void()> committed;
    };

    MemoryRows& durable_;
    std::deque<Batch> pending_;
    std::function<void(Health)> health_changed_;
    bool writable_ = true;
};

}
