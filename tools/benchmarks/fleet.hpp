// Stations that load a server: many WebSocket clients in the caller's thread.
#pragma once

#include "tools/benchmarks/units.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace bench {

// What the server understands. A bare one knows no booting: its stations only send their load.
enum class Speech { bare, v16, v201 };

struct FleetSpec {
    std::uint16_t port = 0;  // of 127.0.0.1
    std::size_t stations = 0;
    std::size_t first = 0;  // the number of its first station
    Speech speech = Speech::bare;
    bool deflate = false;  // offers permessage-deflate, and does not go on without it
};

// The identity of the nth station.
std::string identity_of(std::size_t station);

// What only the server's side can tell, read when measuring begins and when it ends.
struct Gauge {
    Seconds server_cpu{};
    std::uint32_t commits = 0;
};

enum class Load { heartbeats, meter_values };

struct LoadSpec {
    Load load = Load::heartbeats;
    Seconds warm_up{};  // loaded, but not measured
    Seconds measured{};
    std::function<Gauge()> gauge{};
};

struct LoadResult {
    double messages = 0;  // answered within the measured time
    Seconds elapsed{};
    Seconds server_cpu{};
    Seconds own_cpu{};  // what making the load took
    std::uint32_t commits = 0;
    Milliseconds p50{};  // from sending a message to its answer
    Milliseconds p99{};
    std::size_t frame_bytes = 0;  // of one message

    double per_second() const { return messages / elapsed.count(); }
    double server_cpu_us() const { return Microseconds(server_cpu).count() / messages; }
    double own_cpu_us() const { return Microseconds(own_cpu).count() / messages; }
    double messages_per_commit() const { return commits == 0 ? 0 : messages / commits; }
};

// Live traffic: each station says something once in each period, Heartbeats and MeterValues (9
// samples) in turn, all of them spread evenly over it.
struct PaceSpec {
    Seconds period{1};
    std::function<bool()> go_on{};  // asked often; ends it
};
struct PacedAnswer {
    Load load = Load::heartbeats;
    Clock::time_point due{};
    Seconds latency{};  // from `due`, so that a message that had to wait for its turn counts fully
};

struct FlushResult {
    double messages = 0;
    Seconds elapsed{};

    double per_second() const { return messages / elapsed.count(); }
};

// The latency that `share` of all do not exceed; 0 of none.
Milliseconds quantile(std::vector<Seconds>& all, double share);

// Whatever a station does not expect (a CALLERROR, the end of its connection) is an exception from
// the function that runs then; so is waiting in vain.
class Fleet {
public:
    explicit Fleet(FleetSpec const& spec);
    ~Fleet();
    Fleet(Fleet const&) = delete;
    Fleet& operator=(Fleet const&) = delete;

    // Until every station is connected and, unless the server is a bare one, has booted, reported
    // its connector and accepted its fallback limit.
    void connect();
    // 1.6 only. Until every station has a transaction and has accepted the limit of it.
    void start_transactions();
    // Each station has one CALL outstanding at all times.
    LoadResult run(LoadSpec const& spec);
    // 1.6 only, with transactions.
    std::vector<PacedAnswer> pace(PaceSpec const& spec);
    // 1.6 only. Each station gives away a queue from long ago: whole transactions of 50 messages,
    // one CALL after the other. Each call goes on where the last one ended.
    FlushResult flush(std::size_t messages_each);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}
