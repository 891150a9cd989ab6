// The whole system in one thread and virtual time: the engine on a store in memory, simulated
// stations, cars and their drivers, a network that delays and fails, and fuses that watch every
// instant. All that is random comes from one seed.
#pragma once

#include "server/engine/engine.hpp"
#include "storage/memory/memory_store.hpp"
#include "tests/engine/schema_witness.hpp"
#include "tools/sim/drivers.hpp"
#include "tools/sim/grid.hpp"
#include "tools/sim/random.hpp"
#include "tools/sim/station.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <queue>
#include <string>
#include <vector>

namespace world {

using sim::Instant;
using sim::Milliseconds;
using namespace std::chrono_literals;

struct Config {
    std::uint64_t seed = 1;
    sim::Grid grid = sim::Grid::tn;  // of the plant, the stations and the drivers' cars
    int stations = 2;
    int circuits = 1;
    std::int64_t supply_a = 63;
    std::int64_t circuit_a = 32;
    std::int64_t fallback_a = 0;
    std::array<std::uint8_t, 3> wiring{1, 2, 3};  // of all charge points, unless
    bool rotated = false;                         // they are wired to the lines in turn
    bool drivers = true;                          // cars come and go by themselves
    sim::DriverConfig driver{};
    sim::StationConfig station{};  // identity, version and seed are set per station
    engine::Settings settings{};

    Milliseconds latency_min = 5ms;
    Milliseconds latency_max = 200ms;
    Milliseconds commit_max = 20ms;
    // Troubles, each after a random time around this mean; empty: never.
    std::optional<Milliseconds> link_loss_every{};  // per station
    Milliseconds link_loss_max = 20min;
    std::optional<Milliseconds> server_crash_every{};
    Milliseconds server_down_max = 5min;
    std::optional<Milliseconds> reboot_every{};  // per station
};

// A moment at which a fuse carried more than its rating.
struct Overload {
    Instant at{};
    std::string node{};
    int line = 0;
    std::int64_t current_ma = 0;
    std::int64_t limit_ma = 0;
};

// A time during which a station's pilot offered current to the same car.
struct Turn {
    int station = 0;
    Instant from{};
    Instant until{};
    bool car_left = false;  // it ended because the car left, not because the offer did
};

struct Report {
    std::vector<Overload> overloads{};
    std::vector<Turn> turns{};  // those that have ended, in the order of their ends
    std::uint64_t trace = 0;    // a hash over every frame and its time
    std::uint64_t frames = 0;
    std::uint64_t limits_sent = 0;  // SetChargingProfile
    std::uint64_t crashes = 0;
    std::uint64_t link_losses = 0;
};

class World {
public:
    explicit World(Config config);

    void run(Milliseconds time);
    // Ends all troubles and lets all cars leave, until everything is uploaded or an hour has
    // passed.
    void come_to_rest();

    sim::Station& station(int index) { return *posts_[static_cast<std::size_t>(index)].station; }
    void plug_in(int index, sim::CarConfig const& car);
    void unplug(int index);
    void change_car_max(int index, std::int64_t max_ma);
    void cut_link(int index, Milliseconds time);
    void kill_server(Milliseconds downtime);

    void choose_policy(storage::SharingPolicy policy);

    Instant now() const { return now_; }
    Report const& report() const { return report_; }
    std::int64_t drawn_wh() const;  // by all stations' own meters
    std::vector<storage::SessionSummary> sessions();
    engine::LiveView live();
    // What a fuse of the circuit carries now, on IT as a sum of phasors.
    std::array<std::int64_t, 3> circuit_current_ma(int circuit) const;

private:
    struct Post {  // a station with its place and its link
        std::unique_ptr<sim::Station> station;
        std::optional<sim::Drivers> drivers;
        std::array<std::uint8_t, 3> rotation{1, 2, 3};
        int circuit = 0;
        bool reachable = true;   // the network between it and the server works
        std::uint64_t link = 0;  // the number of its open connection; 0: none
        Instant up_free{};       // frames keep their order in each direction
        Instant down_free{};
        std::optional<Instant> wake{};
        std::optional<Instant> offered_since{};
        sim::Draw drawn{};  // when fuses were last looked at

        sim::Wired wired() const { return {station.get(), rotation}; }
    };
    struct Event {
        Instant at;
        std::uint64_t order;
        std::function<void()> act;
    };
    struct Later {
        bool operator()(Event const& a, Event const& b) const
        {
            return std::pair(a.at, a.order) > std::pair(b.at, b.order);
        }
    };

    void at(Instant when, std::function<void()> act);
    void build_plant();
    engine::Reply ask(engine::Command const& command);
    engine::Now server_now() const;
    void serve();                    // drains the engine
    void attend(std::size_t index);  // drains a station
    void open_link(std::size_t index);
    void close_link(std::size_t index);
    void start_server();
    void stop_server();
    void trouble_links(std::size_t index);
    void trouble_server();
    void trouble_reboots(std::size_t index);
    void watch_fuses(std::size_t index);
    void check_fuse(std::string const& node, sim::LineSum const& sum, std::int64_t limit_a);
    void watch_turn(std::size_t index);
    void note(std::string_view text);
    Milliseconds about(Milliseconds mean);
    Milliseconds latency();
    Instant delivery(Instant& free);

    Config config_;
    sim::Random random_;
    Instant now_;
    Instant const born_;
    std::priority_queue<Event, std::vector<Event>, Later> events_;
    std::uint64_t order_ = 0;

    storage::MemoryRows disk_;
    storage::MemoryStore store_{disk_};
    std::unique_ptr<engine::Engine> engine_;
    std::uint64_t life_ = 0;  // counts the server's lives: events of an older one are void
    std::optional<Instant> server_wake_;
    std::uint64_t links_ = 0;
    std::uint64_t requests_ = 0;
    std::optional<engine::Reply> reply_;
    storage::InstallationId installation_{};
    bool troubles_ = true;

    std::vector<Post> posts_;
    test::SchemaWitness witness_;
    Report report_;
};

}
