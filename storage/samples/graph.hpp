// From samples to graphs. The smallest piece is a minute; wider ones are sums of minutes, so that
// it does not matter in which order samples came or how they were added up.
#pragma once

#include "storage/store.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace storage {

struct GraphSum {
    std::int64_t count = 0;
    std::int64_t sum = 0;

    friend bool operator==(GraphSum const&, GraphSum const&) = default;
};

// What the samples of one piece of time add up to.
struct GraphBucket {
    std::int64_t number = 0;  // pieces of its width since 1970
    std::array<GraphSum, 3> current_ma{};
    std::array<std::int32_t, 3> most_ma{};  // 0 where there is no current
    GraphSum power_mw;
    std::int64_t energy_mwh = 0;

    friend bool operator==(GraphBucket const&, GraphBucket const&) = default;
};

// Days since 1970, in UTC.
using Day = std::int64_t;
inline constexpr std::int64_t ms_per_day = 86'400'000;
inline constexpr std::int64_t minutes_per_day = 1'440;
inline constexpr std::int64_t minutes_per_quarter = 15;
inline constexpr std::int64_t quarters_per_hour = 4;
Day day_of(Timestamp at);
Timestamp begin_of(Day day);  // 0 <= day <= last_graph_day + 1
// Samples of other days are in no graph.
inline constexpr Day last_graph_day = 100'000;  // in the 23rd century

// By how much a sample's energy reaches to both sides: the longest time between two readings whose
// difference is in a graph.
inline constexpr std::chrono::milliseconds graph_reach{ms_per_day};

// The minutes of the days first to last. `samples` are a set of one session: all within these days
// and graph_reach around them. In order.
std::vector<GraphBucket> minutes_of(std::span<MeterSample const> samples, Day first, Day last);

std::int64_t minutes_in(GraphWidth width);

// `factor` buckets that follow each other as one. In order.
std::vector<GraphBucket> widened(std::span<GraphBucket const> buckets, std::int64_t factor);

// Each bucket of either, those of the same time added up. All in order.
std::vector<GraphBucket> added(
    std::span<GraphBucket const> left, std::span<GraphBucket const> right);

// As bytes, and back; none: these bytes are not from buckets_to_bytes().
std::vector<std::uint8_t> buckets_to_bytes(std::span<GraphBucket const> buckets);
std::optional<std::vector<GraphBucket>> buckets_from_bytes(std::span<std::uint8_t const> bytes);

// The points of a query, from buckets of its width.
std::vector<GraphPoint> points_of(std::span<GraphBucket const> buckets, GraphQuery const& query);

}
