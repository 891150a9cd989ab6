// Graphs, made in the background from the filed samples: for each session and day its quarters of
// an hour (graph_day) and its minutes (graph_minutes). An hour is four quarters and not kept. A day
// is always made anew from its samples, never added to: so it does not matter which came late or
// twice.
//
// Filing marks what it changes as due, in the same transaction. What is due is not read from here
// (graph_reader.hpp), so that making it may wait until it is worth it.
#pragma once

#include "storage/entities.hpp"
#include "storage/sqlite/connection.hpp"
#include "storage/sqlite/tuning.hpp"

#include <chrono>
#include <cstdint>
#include <span>
#include <vector>

namespace storage::sqlite {

// These samples of one session, in order, have been filed.
void mark_due(Connection& connection, std::span<MeterSample const> samples);

class GraphFiling {
public:
    explicit GraphFiling(Tuning const& tuning) : tuning_(tuning) {}

    // Makes what is due, some days of one session after the other, for a few milliseconds. True:
    // there may be more to do.
    bool advance(Connection& connection);

private:
    bool look_for_due(Connection& connection);

    Tuning tuning_;
    std::vector<SessionId> due_;  // found at the latest look, and not made yet
    std::chrono::steady_clock::time_point next_look_{};
};

}
