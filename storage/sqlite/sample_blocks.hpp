// The filed samples of a session: rows of sample_block, each some samples that follow each other.
// The blocks of a session do not overlap, and an instant is in one block only: so a sample has one
// place where it is or is not.
#pragma once

#include "storage/samples/sample_block.hpp"
#include "storage/sqlite/connection.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace storage::sqlite {

struct SampleBlock {
    std::int64_t id = 0;
    SessionId session;
    Timestamp first_at{};
    Timestamp last_at{};
    std::int64_t count = 0;
    std::vector<std::uint8_t> data;
};

// Throws SqliteError when the block is damaged.
std::vector<MeterSample> samples_in(SampleBlock const& block, Detail detail = Detail::everything);

// All samples of the session in its blocks, within the times (both included) and perhaps a few
// around. In order.
std::vector<MeterSample> filed_samples(Connection& connection, SessionId session,
    Timestamp from = Timestamp::min(), Timestamp to = Timestamp::max(),
    Detail detail = Detail::everything);

// The first or the last block of the session, then the next one, until `look` gives false.
void visit_forward(
    Connection& connection, SessionId session, std::function<bool(SampleBlock const&)> const& look);
void visit_backward(
    Connection& connection, SessionId session, std::function<bool(SampleBlock const&)> const& look);

// Files `samples`, a set of one session, among its blocks: those that are there stay as they are.
// A block takes `most` samples (sample_set.hpp). Within the caller's transaction.
void file_samples(Connection& connection, std::span<MeterSample const> samples, std::size_t most);

}
