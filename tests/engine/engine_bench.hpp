// One engine on a test's workbench: virtual time, a store in memory, and every frame that leaves it
// at hand.
#pragma once

#include "server/engine/engine.hpp"
#include "storage/memory/memory_store.hpp"
#include "tests/engine/schema_witness.hpp"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace test {

using namespace std::chrono_literals;

inline constexpr engine::Timestamp noon{
    std::chrono::sys_days{std::chrono::year{2026} / 6 / 1} + std::chrono::hours{12}};

// Short pauses, so that a dialogue in a test reads in seconds. What is not set keeps its default.
engine::Settings quick_settings();

class EngineBench {
public:
    explicit EngineBench(engine::Settings const& settings = quick_settings());

    // Stations.
    void connect(std::string const& station, ocpp::Version version);
    void disconnect(std::string const& station);
    void send(std::string const& station, std::string_view text);
    // It goes to the unclaimed shard (the engine's own is another one), and comes back later.
    void move_away(std::string const& station);
    void move_here(storage::Station const& station);
    // The frames that have come for the station since the last call.
    std::vector<std::string> take(std::string const& station);
    // The single frame that has come; a failed check when it is none or several.
    std::string take_one(std::string const& station);

    // Operators. The reply is awaited: commits happen at once while `auto_commit` is set.
    engine::Reply ask(engine::Command const& command);
    template <class R>
    R ask_for(engine::Command const& command)
    {
        return std::get<R>(ask(command));
    }

    // Time passes in steps of the engine's own wakes.
    void pass(engine::Milliseconds time);
    // The server dies and starts again on what is durable.
    void restart();

    bool auto_commit = true;
    void commit();  // everything that is pending
    void set_store_writable(bool writable);

    engine::LiveView live(storage::InstallationId installation);
    engine::Now now;
    storage::MemoryRows disk;
    storage::MemoryStore store{disk};
    std::vector<engine::CloseConnection> closes;

    int look_ups = 0;  // how often the store was asked for a session

private:
    void drain();
    void answer_look_up(engine::LookUpSession const& look_up);

    engine::Settings settings_;
    std::unique_ptr<engine::Engine> engine_;
    std::map<std::string, std::vector<std::string>> frames_;
    std::map<std::uint64_t, engine::Reply> replies_;
    std::map<std::string, engine::Epoch> epochs_;
    std::map<std::string, ocpp::Version> versions_;
    SchemaWitness witness_;
    std::uint64_t epoch_count_ = 0;
    std::uint64_t request_count_ = 0;
    std::optional<engine::Milliseconds> wake_;
};

// An installation of one circuit with charge points P-1.., each with an assigned station CP-1..
struct SmallPlant {
    storage::InstallationId installation;
    storage::CircuitId circuit;
    std::vector<storage::ChargePointId> points;
};
SmallPlant make_plant(
    EngineBench& bench, std::int64_t circuit_a, int stations, std::int64_t fallback_a = 0);

// A token that may charge everywhere.
inline constexpr char const* good_token = "04AABB";

// Connects CP-n as 1.6, boots it, confirms its fallback. Leaves it idle.
void bring_up_v16(EngineBench& bench, std::string const& station);
// Its transaction id after StartTransaction on connector 1.
std::int64_t start_v16(EngineBench& bench, std::string const& station,
    std::string const& token = good_token, std::int64_t meter_wh = 1000);

// The value of a JSON number or string after `"key":` in `text`; empty when there is none. Enough
// for looking into frames that the test knows the shape of.
std::string field(std::string_view text, std::string_view key);
std::string id_of(std::string_view frame);  // the message id of a frame
// Answers the CALL in `frame` with {"status":"Accepted"} or the status given.
void answer(EngineBench& bench, std::string const& station, std::string_view frame,
    std::string_view status = "Accepted");

}
