// What is remembered. Plain values; each is one row, written whole.
#pragma once

#include "storage/ids.hpp"
#include "storage/measurands.hpp"

#include <array>
#include <chrono>
#include <compare>
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
    // The newest version of its local authorisation list that was ever sent to it, and a digest of
    // the list that it then holds. The version only grows.
    std::int64_t list_version = 0;
    std::int64_t list_digest = 0;

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

// What kind of token it is (2.x IdTokenEnumType). 1.6 tells no kinds.
enum class TokenKind {
    any,  // any kind with this value
    central,
    emaid,
    iso14443,
    iso15693,
    key_code,
    local,
    mac_address,
};

// What a driver identifies with. Key: value, compared without regard to case, and kind.
struct Token {
    std::string value;
    TokenKind kind = TokenKind::any;
    std::string label;
    std::string owner;
    std::string group;  // tokens of one group stop each other's sessions; empty: none
    TokenStatus status = TokenStatus::accepted;
    std::optional<Timestamp> expires_at;
    // Where it may charge; both empty: everywhere.
    std::vector<InstallationId> installations;
    std::vector<ChargePointId> charge_points;
    std::optional<std::int64_t> most_sessions;  // at the same time; none: any number

    friend bool operator==(Token const&, Token const&) = default;
};

// How a session came to its end.
enum class Closing {
    open,
    station,   // its station reported the end
    replaced,  // another session began on its charge point, and its own end is not known
    by_hand,   // by an operator
};

// Reports of a session that came, by the station's count (2.x seqNo): first to last, without gaps.
struct SequenceSpan {
    std::int64_t first = 0;
    std::int64_t last = 0;

    friend bool operator==(SequenceSpan const&, SequenceSpan const&) = default;
};

// What was answered about the token that a session began with.
enum class TokenVerdict { accepted, invalid, blocked, expired, concurrent, not_allowed_here };

// One charging session of a charge point: what its station's reports add up to, in whatever order
// they came.
struct Session {
    SessionId id;  // 1.6: also the transactionId
    ChargePointId charge_point;
    StationIdentity station;  // that measured it
    EvseNumber evse;
    // What identifies it among the station's reports, unique per station: 2.x the station's
    // transactionId; 1.6 what a repeated StartTransaction has in common with the first.
    std::string station_key;
    std::string token;                                    // empty: none given
    std::optional<std::int64_t> token_sequence;           // 2.x: the report that brought it
    TokenVerdict token_verdict = TokenVerdict::accepted;  // the answer to its start
    Timestamp started_at{};                               // by the station's clock
    bool start_reported = false;                          // false: from its first known report
    std::optional<std::int64_t> meter_start_mwh;          // register at the start
    Timestamp first_heard_at{};                           // by our clock
    std::optional<Timestamp> ended_at;                    // none: open
    std::optional<std::int64_t> meter_stop_mwh;
    std::string stop_reason;  // the standard's word; empty unless closed by the station
    Closing closing = Closing::open;
    bool recorded_offline = false;  // reported later than it happened
    // By how much the station's clock was ahead of ours when it last spoke live; none: not known.
    std::optional<std::int64_t> clock_ahead_ms;
    std::vector<SequenceSpan> sequences;  // ascending, with gaps between
    // The driver's wishes, as far as they are known.
    std::optional<Timestamp> departs_at;
    std::optional<std::int64_t> wanted_mwh;  // of the whole session

    friend bool operator==(Session const&, Session const&) = default;
};

// What one report measured at one instant. A set: the same sample comes in once, different ones of
// one instant stay beside each other. Per-line values are of the grid's lines L1..L3.
struct MeterSample {
    SessionId session;
    Timestamp at{};
    ReadingContext context = ReadingContext::periodic;
    // The common values have a field of their own (measured at the outlet).
    std::optional<std::int64_t> energy_mwh;  // import register, the total over the phases
    std::array<std::optional<std::int32_t>, 3> current_ma{};  // import
    std::optional<std::int64_t> power_mw;                     // import, the total
    std::optional<std::int32_t> soc_percent;
    std::vector<ChannelValue> others;  // all other values, ascending

    // The order of samples everywhere: by session, then time, then by all that they say.
    friend auto operator<=>(MeterSample const&, MeterSample const&) = default;
};

// A meter value that its meter signed, byte for byte as it came. Key: all of it; the first stays.
struct SignedReading {
    SessionId session;
    Timestamp at{};
    ReadingContext context = ReadingContext::periodic;
    std::string encoding;    // "OCMF", ... as the station names it; 1.6: empty
    std::string method;      // of the signature, as the station names it
    std::string public_key;  // as it came
    std::string data;        // the signed data; 1.6: the whole value

    friend auto operator<=>(SignedReading const&, SignedReading const&) = default;
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

// What became of a message that could not be booked.
enum class UnbookedState {
    waiting,    // for an operator, or for the report that explains it
    attached,   // to a session, by an operator
    made,       // into a session of its own, by an operator
    booked,     // by itself, when the missing report came
    set_aside,  // by an operator: of no use
};

// A transaction message that could not be booked when it came: kept as it was. Key: id.
struct UnbookedMessage {
    UnbookedId id;
    StationIdentity station;
    std::string protocol;  // the subprotocol that it came over
    Timestamp received_at{};
    std::string frame;
    std::string why;
    UnbookedState state = UnbookedState::waiting;
    std::optional<SessionId> session;  // that it was booked to
    std::string resolved_by;           // the operator; empty: nobody
    std::optional<Timestamp> resolved_at;

    friend bool operator==(UnbookedMessage const&, UnbookedMessage const&) = default;
};

// What an operator did, for later questions. Key: all of it.
struct AuditEntry {
    Timestamp at{};
    std::string user;
    std::string action;   // "unbooked.attach"
    std::string subject;  // "unbooked 17"
    std::string detail;

    friend auto operator<=>(AuditEntry const&, AuditEntry const&) = default;
};

// An operator. Key: name.
struct User {
    std::string name;
    std::string password_hash;  // as server/admin writes it
    Timestamp created_at{};

    friend bool operator==(User const&, User const&) = default;
};

}
