#include "storage/memory/memory_store.hpp"

#include <utility>

namespace storage {

Contents MemoryStore::load() { return durable_.contents(); }

void MemoryStore::commit(std::vector<Record> records, std::function<void()> committed)
{
    pending_.push_back({std::move(records), std::move(committed)});
}

void MemoryStore::on_health(std::function<void(Health)> changed)
{
    health_changed_ = std::move(changed);
}

void MemoryStore::read_sessions(
    SessionQuery query, std::function<void(std::vector<SessionSummary>)> answer)
{
    answer(durable_.find_sessions(query));
}

void MemoryStore::read_samples(
    SessionId session, std::function<void(std::vector<MeterSample>)> answer)
{
    answer(durable_.samples_of(session));
}

void MemoryStore::read_signed(
    SessionId session, std::function<void(std::vector<SignedReading>)> answer)
{
    answer(durable_.signed_of(session));
}

void MemoryStore::read_unbooked(
    UnbookedQuery query, std::function<void(std::vector<UnbookedMessage>)> answer)
{
    answer(durable_.find_unbooked(query));
}

void MemoryStore::read_graph(GraphQuery query, std::function<void(std::vector<Graph>)> answer)
{
    answer(durable_.graphs(query));
}

void MemoryStore::read_audit(int limit, std::function<void(std::vector<AuditEntry>)> answer)
{
    answer(durable_.latest_audit(limit));
}

bool MemoryStore::step()
{
    if (pending_.empty() || !writable_) return false;
    Batch const batch = std::move(pending_.front());
    pending_.pop_front();
    for (Record const& record : batch.records) {
        durable_.apply(record);
    }
    if (batch.committed) batch.committed();
    return true;
}

void MemoryStore::crash()
{
    pending_.clear();
    health_changed_ = nullptr;
}

void MemoryStore::set_writable(bool writable)
{
    if (writable == writable_) return;
    writable_ = writable;
    if (health_changed_) {
        health_changed_(writable ? Health{} : Health{false, "writing is switched off"});
    }
}

}
