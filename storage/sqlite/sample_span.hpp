// The first and the last sample of sessions, from all tables of samples.
#pragma once

#include "storage/sqlite/connection.hpp"
#include "storage/store.hpp"

#include <optional>
#include <span>
#include <unordered_map>

namespace storage::sqlite {

struct SampleSpan {
    std::optional<MeterSample> first_register;  // the earliest sample that has a register
    std::optional<MeterSample> last_register;   // the latest
    std::optional<Timestamp> last_at;           // of any sample
};

// Looks into the first and the last block of each session, and goes through the fresh samples once.
std::unordered_map<SessionId, SampleSpan> read_spans(
    Connection& connection, std::span<SessionId const> sessions);

}
