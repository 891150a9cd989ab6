// Stations come back with what they have queued for long and give it away at full speed, while
// others go on: what do the others notice?
#pragma once

#include "tools/benchmarks/measurements.hpp"

#include <string>
#include <vector>

namespace bench {

// Of the answers to live messages of one kind.
struct LiveAnswers {
    double messages = 0;
    Milliseconds p50{};
    Milliseconds p99{};
};
struct LiveTraffic {
    LiveAnswers heartbeats{};
    LiveAnswers meter_values{};
};

struct FlushRound {
    LiveTraffic without{};  // for the measured time, right before the flush
    LiveTraffic during{};
    FlushResult flush{};
};

// On a server of its own in the empty folder of the plan. Throws std::runtime_error when anything
// fails.
std::vector<FlushRound> measure_flush(Plan const& plan);

// A table of the medians of all rounds; ends with a newline.
std::string flush_text(Plan const& plan, std::vector<FlushRound> const& rounds);

}
