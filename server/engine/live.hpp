// The live view of an installation, as operators see it.
#pragma once

#include "balancing/limits.hpp"
#include "server/engine/now.hpp"
#include "storage/entities.hpp"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace engine {

// Milliamperes per line L1..L3; nothing where it is not known.
using LiveCurrents = std::array<std::optional<std::int64_t>, 3>;

// Why a charge point has the limit that it has.
enum class LimitReason {
    none,          // no car: nothing to share out
    own_maximum,   // it gets all that station, charge point and car allow
    reclaimed,     // the car does not use more, and others may have the rest
    line_full,     // a line of `where` is full
    waiting,       // its minimum does not fit beside the cars before it: it waits, place `queued`
    no_room,       // its minimum would not fit on `where` even if it were alone
    switched_off,  // it may not take as much as the car needs at least
    offline,       // the station cannot be reached; what it may draw is set aside
    not_obeying,   // the station refused the limit; what it may draw is set aside
    inactive,      // the charge point is not activated
    settling,      // more is granted and follows as soon as others have come down
};

struct LiveLimit {
    LimitReason reason = LimitReason::none;
    std::string where{};  // label of the circuit, or name of the installation
    int line = 0;         // 1..3
    balancing::LimitSource source = balancing::LimitSource::rating;  // what limits it there
    std::int64_t left_ma = 0;
    int queued = 0;
    std::optional<Timestamp> turn_at{};  // waiting: when it can expect to charge, as far as known
};

enum class ChargePointState {
    no_station,
    never_seen,
    offline,
    available,  // online, no car
    preparing,  // a car, and not charging yet
    charging,
    suspended_ev,    // the car does not want
    suspended_evse,  // we or the station do not let it
    finishing,
    reserved,
    unavailable,
    faulted,
};

struct LiveSession {
    storage::SessionId id{};
    Timestamp started_at{};
    std::string token{};
    std::optional<std::int64_t> energy_mwh{};
    bool estimated = false;  // the energy: not from an energy meter
};

struct LiveChargePoint {
    storage::ChargePointId id{};
    std::string name{};
    storage::CircuitId circuit{};
    bool active = false;
    std::optional<storage::StationIdentity> station{};
    ChargePointState state = ChargePointState::no_station;
    std::string fault{};          // the station's error code, when there is one
    std::int64_t limit_ma = 0;    // what it was last granted
    std::int64_t ceiling_ma = 0;  // what it may draw now, at the most
    LiveLimit limit{};
    LiveCurrents current_ma{};  // measured, on the grid's lines
    std::optional<LiveSession> session{};
};

// A circuit, or with `id` empty the installation's own supply.
struct LiveNode {
    std::optional<storage::CircuitId> id{};
    std::optional<storage::CircuitId> parent{};
    std::string label{};
    std::int64_t rating_ma = 0;
    LiveCurrents current_ma{};                 // measured by the stations below, summed
    std::array<std::int64_t, 3> granted_ma{};  // sum of the plan's limits
    std::array<std::int64_t, 3> ceiling_ma{};  // sum of what the stations below may draw: <= rating
};

struct LiveView {
    storage::InstallationId installation{};
    std::string name{};
    storage::GridType grid = storage::GridType::tn_400;
    Timestamp at{};
    std::vector<LiveNode> nodes{};  // the supply first, parents before children
    std::vector<LiveChargePoint> charge_points{};
};

// Something about a station's messages that the schema forbids and that was taken all the same.
struct StationRemark {
    std::string action{};
    std::string field{};  // its path in the payload
    std::string rule{};
    std::int64_t count = 0;  // since the server started
    Timestamp last_at{};

    friend bool operator==(StationRemark const&, StationRemark const&) = default;
};

// What is known of a station's local authorisation list.
struct LocalListView {
    bool in_step = false;                   // it is as it should be
    std::optional<std::int64_t> version{};  // that it holds, as far as known
    std::optional<std::size_t> entries{};   // in that version
    std::size_t left_out = 0;               // tokens that it has no room for
    std::string why{};                      // it is not in step, for people
};

// A station as operators list it.
struct StationView {
    storage::Station station{};
    bool online = false;
    std::optional<storage::ChargePointId> charge_point{};  // none: unclaimed
    storage::EvseNumber evse{};
    std::vector<StationRemark> remarks{};  // the newest first
    // By how much its clock is ahead of ours, from its messages of the last hour.
    std::optional<Milliseconds> clock_ahead{};
    LocalListView local_list{};
};

}
