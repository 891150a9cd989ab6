// What is measured, in which order, and against what.
#pragma once

#include "tools/benchmarks/fleet.hpp"
#include "tools/benchmarks/group_commit.hpp"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace bench {

struct Plan {
    std::filesystem::path server_program{};
    std::filesystem::path bare_program{};
    std::filesystem::path folder{};  // of databases and logs; decides which disk is measured
    std::size_t connections = 1000;
    Seconds measured{5};  // of each load, in each round
    int rounds = 3;
    std::size_t flush_stations = 200;
    std::size_t flush_messages = 500;               // of each of them, in each round
    std::function<void(std::string const&)> say{};  // what is happening
};

// Of one idle connection, with everything that the server keeps for its station.
struct IdleBytes {
    double v16 = 0;
    double v201 = 0;
    double v201_deflate = 0;
    double bare = 0;
    double bare_deflate = 0;
    double unconnected = 0;  // what a charge point with a station costs that is not connected
};

// The same loads on both servers, one after the other.
struct Round {
    LoadResult bare_heartbeats{};
    LoadResult heartbeats{};
    LoadResult bare_meter_values{};
    LoadResult meter_values{};
    CommitResult sqlite{};  // with as many rows per commit as `meter_values` had messages
};

struct Figures {
    IdleBytes idle{};
    std::vector<Round> rounds{};
};

// Throws std::runtime_error when anything fails.
Figures measure(Plan const& plan);

}
