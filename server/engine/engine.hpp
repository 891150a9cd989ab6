// The judgement: what a frame, an operator's command or a passing second means. Sans-I/O: it is fed
// and drained in one thread, asks no clock, opens no socket, and draws no random number. The
// server's shell and the simulation in tests drive the same code.
#pragma once

#include "ocpp/version.hpp"
#include "server/engine/effects.hpp"
#include "server/engine/now.hpp"
#include "server/engine/settings.hpp"
#include "storage/store.hpp"

#include <memory>
#include <optional>
#include <string_view>

namespace engine {

// Can a station of this version connect? The catalogue of messages knows more than the engine does.
bool speaks(ocpp::Version version);

class Engine {
public:
    // Starts from what is stored: every ceiling is remembered, open sessions go on. `contents` is
    // the whole store; the engine keeps what belongs to its shard.
    Engine(Settings const& settings, storage::Contents const& contents, Now now);
    ~Engine();
    Engine(Engine&&) noexcept;
    Engine& operator=(Engine&&) noexcept;

    void on_connected(
        storage::StationIdentity const& station, Epoch epoch, ocpp::Version version, Now now);
    void on_frame(
        storage::StationIdentity const& station, Epoch epoch, std::string_view text, Now now);
    void on_disconnected(storage::StationIdentity const& station, Epoch epoch, Now now);

    // The station has changed shards; see MoveStation. Moving away forgets it, here only.
    void on_moved_away(storage::StationIdentity const& station, Now now);
    void on_moved_here(storage::Station const& station, Now now);

    // The batch with this ticket, and all before it, are durable.
    void on_committed(Ticket ticket, Now now);
    // What the store answered to a LookUpSession: the session, or that there is none. What it is
    // asked for is committed by then, or still in the engine's memory.
    void on_found(storage::StationIdentity const& station, std::uint64_t number,
        std::optional<storage::Session> const& session, Now now);
    // While the store takes no writes, nothing that needs it is acknowledged.
    void on_store_health(bool writable, Now now);

    void on_command(RequestId request, Command const& command, Now now);

    // Lets time pass, and plans what the events since the last call have made necessary: call it
    // after each batch of events, before take_effects(). Returns the uptime at which it wants to be
    // called next at the latest, if any.
    std::optional<Milliseconds> on_time(Now now);

    // What is to be done since the last call. The caller commits `records` and calls on_committed()
    // later; frames that wait for that commit come out of a later take_effects().
    Effects take_effects();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// The shard that an installation, and with it all its stations, belongs to.
std::int64_t shard_of(storage::InstallationId installation, std::int64_t shard_count);

// The shard that keeps the stations that no installation has claimed.
inline constexpr std::int64_t unclaimed_shard = 0;

}
