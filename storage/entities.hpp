// What is remembered. Plain values; each is one row, written whole.
#pragma once

#include "storage/ids.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace storage {

// UTC with millisecond precision.
using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;

enum class GridType { tn_400, it_230 };

// Who is served first where there is not enough for all, and what the others get.
enum class SharingPolicy {
    equal_share,  // all alike, in turns where not all fit
    most_cars,    // as many cars as possible
    first_come,   // who came first is served first, and fully
    priority,     // by the priority of the charge point, alike among equals
    departure,    // who has the least time to spare gets more
};

// The virtual copy of one charging plant behind one supply.
struct Installation {
    InstallationId id;
    std::string name;
    std::string address;
    GridType grid = GridType::tn_400;
    std::int64_t limit_ma = 0;  // highest allowed current per line for the whole plant
    std::string time_zone;      // IANA name
    std::string notes;
    Timestamp created_at{};
    SharingPolicy policy = SharingPolicy::equal_share;

    friend bool operator==(Installation const&, Installation const&) = default;
};

// A branch behind one overcurrent device, below the installation or below another circuit.
struct Circuit {
    CircuitId id;
    InstallationId installation;
    std::optional<CircuitId> parent;  // none: directly below the installation
    std::string label;                // the text in the board's circuit list
    std::int64_t rating_ma = 0;       // of the overcurrent device, or a lower value, per line

    friend bool operator==(Circuit const&, Circuit const&) = default;
};

// The logical place that owns sessions and access; it survives a hardware swap.
struct ChargePoint {
    ChargePointId id;
    InstallationId installation;
    CircuitId circuit;
    std::string name;
    // The grid line (1..3) that each terminal of the station is wired to; 0: not connected.
    std::array<std::uint8_t, 3> rotation{1, 2, 3};
    std::int64_t max_ma = 0;       // the most its cable and device stand, per line
    std::int64_t fallback_ma = 0;  // what its station may draw when it hears nothing from us
    bool active = false;           // an inactive charge point gets no current
    bool open_access = false;      // anyone may charge, without authorisation
    std::int64_t priority = 0;     // the lower is served first; of meaning under that policy only

    friend bool operator==(ChargePoint const&, ChargePoint const&) = default;
};

// The physical box.
struct Station {
    StationIdentity identity;
    std::string serial_number;
    std::string vendor;
    std::string model;
    std::string firmware;
    std::string protocol;  // the subprotocol of its latest connection
    Timestamp first_seen{};
    Timestamp last_seen{};  // its latest connection or boot
    bool strict = false;    // its messages are taken exactly as the schemas say, or not at all

    friend bool operator==(Station const&, Station const&) = default;
};

// Which outlet of which station stands on a charge point, and when. Key: charge point and `from`.
struct Assignment {
    ChargePointId charge_point;
    StationIdentity station;
    EvseNumber evse;
    Timestamp from{};
    std::optional<Timestamp> until;  // none: now

    friend bool operator==(Assignment const&, Assignment const&) = default;
};

enum class TokenStatus { accepted, blocked };

// What a driver identifies with. Key: value, compared without regard to case.
struct Token {
    std::string value;
    std::string label;
    TokenStatus status = TokenStatus::accepted;
    std::optional<Timestamp> expires_at;

    friend bool operator==(Token const&, Token const&) = default;
};

// One charging session of a charge point.
struct Session {
    SessionId id;  // 1.6: also the transactionId
    ChargePointId charge_point;
    StationIdentity station;  // that measured it
    EvseNumber evse;
    // What identifies it among the station's reports, unique per station: 2.x the station's
    // transactionId; 1.6 what a repeated StartTransaction has in common with the first.
    std::string station_key;
    std::string token;  // empty: none given
    Timestamp started_at{};
    std::optional<std::int64_t> meter_start_mwh;  // register at the start, milliwatt-hours
    std::optional<Timestamp> ended_at;            // none: open
    std::optional<std::int64_t> meter_stop_mwh;
    std::string stop_reason;        // the standard's word, or "Replaced" (see server/engine)
    bool recorded_offline = false;  // reported later than it happened
    // The driver's wishes, as far as they are known.
    std::optional<Timestamp> departs_at;
    std::optional<std::int64_t> wanted_mwh;  // of the whole session

    friend bool operator==(Session const&, Session const&) = default;
};

// What one report measured at one instant. Key: session and `at`; the first report of an instant
// stays. Per-line values are of the grid's lines L1..L3.
struct MeterSample {
    SessionId session;
    Timestamp at{};
    std::optional<std::int64_t> energy_mwh;  // the station's import register
    std::array<std::optional<std::int32_t>, 3> current_ma{};
    std::optional<std::int64_t> power_mw;
    std::optional<std::int32_t> soc_percent;

    friend bool operator==(MeterSample const&, MeterSample const&) = default;
};

// What one outlet of a station may draw because of the profiles it holds or may hold. Written
// before a profile that allows more leaves, so that a restart never underestimates it. Key:
// station, evse.
struct GrantedLimit {
    StationIdentity station;
    EvseNumber evse;
    bool fallback_known = false;   // the station has confirmed our fallback profile
    std::int64_t fallback_ma = 0;  // of that profile
    std::int64_t ceiling_ma = 0;   // the most it may draw now, per line

    friend bool operator==(GrantedLimit const&, GrantedLimit const&) = default;
};

// A transaction message that could not be booked: kept as it came, for the operator. Key: station,
// received_at and frame.
struct UnbookedMessage {
    StationIdentity station;
    Timestamp received_at{};
    std::string frame;
    std::string why;

    friend bool operator==(UnbookedMessage const&, UnbookedMessage const&) = default;
};

// An operator. Key: name.
struct User {
    std::string name;
    std::string password_hash;  // as server/admin writes it
    Timestamp created_at{};

    friend bool operator==(User const&, User const&) = default;
};

}
