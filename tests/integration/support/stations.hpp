// Simulated stations in real time, over real WebSockets. One thread drives all of them, so there is
// one order of everything that happens to them; each frame is recorded when a station gives it away
// or gets it, and each fuse is read at every instant at which a current can change: what a station
// does by itself (a pilot that follows, a car that reacts) happens at its own millisecond, in order
// over all stations, however late the thread comes.
#pragma once

#include "tools/sim/station.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace integration {

// A text frame at a station's end. Times of all stations are of one steady clock.
struct Frame {
    sim::Instant at{};
    std::string station{};
    bool from_station = false;
    std::string text{};
};

struct FuseReading {
    sim::Instant at{};
    sim::TerminalCurrents lines_ma{};  // of L1, L2, L3
};

// From a new limit to the pilot 200 ms. Together with the car's reaction this must be well below
// the server's `reaction_ms`, 800 ms here.
sim::StationConfig quick_station(std::string identity, ocpp::Version version);
// Three phases, 32 A. Cars that let go slowly and take fast show an increase that comes too early.
inline constexpr sim::Milliseconds slow_reaction{400};
inline constexpr sim::Milliseconds fast_reaction{20};
sim::CarConfig quick_car(sim::Milliseconds reaction = slow_reaction);

// All functions may be called from the test's thread at any time.
class Stations {
public:
    Stations();
    ~Stations();
    Stations(Stations const&) = delete;
    Stations& operator=(Stations const&) = delete;

    // Where the server is from now on; 0: nowhere. Connections that are open stay.
    void server_at(std::uint16_t port);
    // Powers the station up: it connects at once.
    void add(sim::StationConfig const& config);
    // A fuse that feeds these stations, wired L1 to L1 and so on. Read from now on.
    void fuse(std::string name, std::int64_t limit_ma, std::vector<std::string> stations);

    void plug_in(std::string const& station, sim::CarConfig const& car, std::string const& token);
    void unplug(std::string const& station);
    // Its connection breaks, with whatever was under way; it connects again by itself.
    void cut(std::string const& station);
    void answer_late(std::string const& station, sim::Milliseconds delay);

    // What a station looks like now.
    bool accepted(std::string const& station) const;
    bool online(std::string const& station) const;
    bool plugged(std::string const& station) const;
    std::optional<sim::SessionView> session(std::string const& station) const;
    sim::TerminalCurrents currents_ma(std::string const& station) const;
    std::int64_t register_wh(std::string const& station) const;
    bool delivered(std::string const& station) const;  // no transaction message waits
    std::size_t connects(std::string const& station) const;

    std::vector<Frame> frames() const;
    Frame last_frame() const;  // precondition: there is one
    std::vector<FuseReading> readings(std::string const& fuse) const;
    // Each reading of a fuse above its limit, in words, one per line; empty: none.
    std::string overloads() const;

    // Until `condition`, asked after everything that happens; it may use the functions above. After
    // `patience` an exception tells what the stations look like.
    void await(std::string_view what, std::function<bool()> const& condition) const;
    // Lets time pass while they do what they do.
    void run_for(std::chrono::milliseconds time) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}
