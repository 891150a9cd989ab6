#include "tools/sim/transaction_queue.hpp"

#include <utility>

namespace sim {

void TransactionQueue::push(Record record)
{
    entries_.push_back({std::move(record), 0, {}});
    if (entries_.size() > config_.memory) thin();
}

void TransactionQueue::thin()
{
    std::deque<Entry> kept;
    bool drop = true;
    bool on_its_way = on_its_way_;
    for (auto& entry : entries_) {
        bool const may_go = entry.record.kind == Record::Kind::updated &&
                            !std::exchange(on_its_way, false);
        if (!may_go || !std::exchange(drop, !drop)) kept.push_back(std::move(entry));
    }
    entries_ = std::move(kept);
}

void TransactionQueue::on_delivered()
{
    entries_.pop_front();
    on_its_way_ = false;
    waits_until_.reset();
}

std::optional<Record> TransactionQueue::on_failed(Instant now)
{
    auto& entry = entries_.front();
    on_its_way_ = false;
    if (++entry.failures < config_.attempts) {
        waits_until_ = now + config_.retry_interval * entry.failures;
        return std::nullopt;
    }
    auto given_up = std::move(entry.record);
    on_delivered();
    return given_up;
}

void TransactionQueue::on_put_off()
{
    on_its_way_ = false;
    waits_until_.reset();
}

void TransactionQueue::on_link_lost()
{
    on_put_off();
    for (auto& entry : entries_) entry.record.offline = true;
}

}
