// What operators ask of the engine, and what it answers. Version-neutral and without JSON: the
// operators' API (server/admin) translates.
#pragma once

#include "server/engine/live.hpp"
#include "storage/entities.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace engine {

struct CreateInstallation {
    std::string name{};
    std::string address{};
    storage::GridType grid = storage::GridType::tn_400;
    std::int64_t limit_ma = 0;
    std::string time_zone{};
    std::string notes{};
    storage::SharingPolicy policy = storage::SharingPolicy::equal_share;
};
struct SetInstallationPolicy {
    storage::InstallationId installation{};
    storage::SharingPolicy policy = storage::SharingPolicy::equal_share;
};
struct CreateCircuit {
    storage::InstallationId installation{};
    std::optional<storage::CircuitId> parent{};
    std::string label{};
    std::int64_t rating_ma = 0;
};
struct CreateChargePoint {
    storage::CircuitId circuit{};
    std::string name{};
    std::array<std::uint8_t, 3> rotation{1, 2, 3};
    std::int64_t max_ma = 32'000;
    std::int64_t fallback_ma = 0;
    bool active = false;  // created and activated in one step
    bool open_access = false;
    std::int64_t priority = 0;  // 0 to 100; the lower is served first
};
struct SetChargePointPriority {
    storage::ChargePointId charge_point{};
    std::int64_t priority = 0;
};
struct ActivateChargePoint {
    storage::ChargePointId charge_point{};
    bool active = true;
};
struct AssignStation {
    storage::StationIdentity station{};
    storage::ChargePointId charge_point{};
    storage::EvseNumber evse{1};
    // What another shard knows of the station, when it is already known: the caller looks it up.
    std::optional<storage::Station> known{};
};
struct ReleaseStation {
    storage::ChargePointId charge_point{};
};
// How a station's messages are taken: tolerantly, or strictly as the schemas say.
struct SetStationStrict {
    storage::StationIdentity station{};
    bool strict = true;
};
struct PutToken {
    storage::Token token{};
};
// What an operator decides about a message that could not be booked.
enum class Resolution { attach, make_session, set_aside };
struct ResolveUnbooked {
    storage::UnbookedMessage message{};  // as the store has it
    Resolution resolution = Resolution::set_aside;
    std::optional<storage::Session> session{};             // to attach it to; as the store has it
    std::optional<storage::ChargePointId> charge_point{};  // of the session that is made
    std::string user{};
    std::string note{};
};
// What the driver of a running session wishes. What is left out is not known, or no more.
struct SetSessionWishes {
    storage::SessionId session{};
    std::optional<Timestamp> departs_at{};     // in the future
    std::optional<std::int64_t> wanted_mwh{};  // of the whole session; above 0, at most 1 MWh
};
// Any action with any payload, to a station that is connected. The answer is a CallAnswer.
struct CallStation {
    storage::StationIdentity station{};
    std::string action{};
    std::string payload{};  // JSON text of an object
};
struct ListInstallations {};
struct ListCircuits {
    storage::InstallationId installation{};
};
struct ListChargePoints {
    storage::InstallationId installation{};
};
struct ListStations {};
struct ListTokens {};
struct GetLive {
    storage::InstallationId installation{};
};
// Live views of the installation are published from now on, or no more.
struct WatchLive {
    storage::InstallationId installation{};
    bool watch = true;
};

using Command = std::variant<CreateInstallation, SetInstallationPolicy, CreateCircuit,
    CreateChargePoint, SetChargePointPriority, ActivateChargePoint, AssignStation, ReleaseStation,
    SetStationStrict, PutToken, ResolveUnbooked, SetSessionWishes, CallStation, ListInstallations,
    ListCircuits, ListChargePoints, ListStations, ListTokens, GetLive, WatchLive>;

// Why a command is refused: the field (of the API's request) and the rule, for people.
enum class RefusalKind { invalid, not_found, conflict, unreachable, timeout };
struct Refused {
    RefusalKind kind = RefusalKind::invalid;
    std::string field{};
    std::string rule{};
};

struct Done {};
// The station's CALLRESULT (error_code empty, payload is JSON text) or CALLERROR.
struct CallAnswer {
    std::string payload{};
    std::string error_code{};
    std::string error_description{};
};

using Reply = std::variant<Refused, Done, storage::Installation, storage::Circuit,
    storage::ChargePoint, CallAnswer, std::vector<storage::Installation>,
    std::vector<storage::Circuit>, std::vector<storage::ChargePoint>, std::vector<StationView>,
    std::vector<storage::Token>, LiveView>;

}
