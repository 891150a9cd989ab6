// Transaction records on their way to the central system: kept in order over outages and reboots,
// retried, thinned when memory is short (1.6 section 3.7, 2.0.1 E04, E11 to E13).
#pragma once

#include "tools/sim/words.hpp"

#include <cstddef>
#include <deque>
#include <optional>

namespace sim {

struct QueueConfig {
    int attempts = 3;                     // TransactionMessageAttempts
    Milliseconds retry_interval{60'000};  // TransactionMessageRetryInterval
    std::size_t memory = 1'000;
};

class TransactionQueue {
public:
    explicit TransactionQueue(QueueConfig const& config) : config_(config) {}

    // Behind all others. When memory is short, every second update goes, starting with the first;
    // starts and ends, and the record that is on its way, never do (E04.FR.07, FR.08).
    void push(Record record);

    bool empty() const { return entries_.empty(); }
    std::size_t size() const { return entries_.size(); }

    // The record to send next, or that is on its way. Precondition: not empty.
    Record const& front() const { return entries_.front().record; }
    // The message id of its last transmission; empty before the first.
    std::string& front_message_id() { return entries_.front().message_id; }
    // Not before then; nothing: at once.
    std::optional<Instant> waits_until() const { return waits_until_; }
    bool on_its_way() const { return on_its_way_; }

    void on_sent() { on_its_way_ = true; }
    void on_delivered();
    // No answer in time, or an error. The record waits the interval times its failures so far;
    // after the last attempt it is given up and returned.
    std::optional<Record> on_failed(Instant now);
    // Whatever is still here counts as offline from now on (E11.FR.07); a transmission that the
    // link took with it is no failed attempt.
    void on_link_lost();
    // The central system would not look at it yet: no failed attempt either.
    void on_put_off();

private:
    struct Entry {
        Record record;
        int failures = 0;
        std::string message_id;
    };

    void thin();

    QueueConfig config_;
    std::deque<Entry> entries_;
    std::optional<Instant> waits_until_;
    bool on_its_way_ = false;
};

}
