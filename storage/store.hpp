// The memory of the server, behind an interface that SQLite serves today. Narrow and asynchronous,
// and free of SQL, so that another database can stand behind it.
#pragma once

#include "storage/entities.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace storage {

// Each record is a whole row: it is inserted, or replaces the row with its key. Replaying a record
// changes nothing. (MeterSample, SignedReading and AuditEntry are sets: what is there stays.)
using Record = std::variant<Installation, Circuit, ChargePoint, Station, Assignment, Token, Session,
    MeterSample, SignedReading, GrantedLimit, UnbookedMessage, AuditEntry, User>;

// What is in the store at start: everything that the engine keeps in memory. Each list is in the
// order of its keys (sessions: of their ids; samples: of their sessions).
struct Contents {
    std::vector<Installation> installations;
    std::vector<Circuit> circuits;
    std::vector<ChargePoint> charge_points;
    std::vector<Station> stations;
    std::vector<Assignment> assignments;  // the current ones
    std::vector<Token> tokens;
    std::vector<Session> open_sessions;
    // Of each open session the latest sample that has a register.
    std::vector<MeterSample> last_samples;
    // Ended; of each station the `recent_sessions_per_station` with the highest ids.
    std::vector<Session> recent_sessions;
    std::vector<UnbookedMessage> waiting_messages;  // of each station the latest ones, by id
    std::vector<GrantedLimit> granted_limits;
    std::vector<User> users;
    std::int64_t highest_id = 0;  // over all numbered entities

    friend bool operator==(Contents const&, Contents const&) = default;
};

// Ended sessions kept at hand per station; older ones are looked up when a report may mean them.
inline constexpr int recent_sessions_per_station = 32;

// Messages kept at hand per station that wait for the report that explains them.
inline constexpr int waiting_messages_per_station = 200;

// Which sessions to read. Newest first.
struct SessionQuery {
    std::optional<InstallationId> installation;
    std::optional<ChargePointId> charge_point;
    std::optional<StationIdentity> station;
    std::optional<SessionId> session;
    std::optional<std::string> station_key;  // with `station`
    std::optional<std::string> token;        // compared without regard to case
    std::optional<Timestamp> from;           // sessions that started at this time or later
    std::optional<Timestamp> until;          // and before this one
    bool open_only = false;
    std::optional<SessionId> before;  // for the next page: sessions with a smaller id
    int limit = 100;
};

// Which messages to read that could not be booked. Newest first.
struct UnbookedQuery {
    std::optional<UnbookedId> id;
    bool waiting_only = true;
    std::optional<UnbookedId> before;  // for the next page
    int limit = 100;
};

// A session and the span of its register, from which its energy follows. First and last by the time
// at which they were measured, among the samples that have a register.
struct SessionSummary {
    Session session;
    std::optional<std::int64_t> first_register_mwh;
    std::optional<std::int64_t> last_register_mwh;
    std::optional<Timestamp> last_sample_at;  // of any sample

    friend bool operator==(SessionSummary const&, SessionSummary const&) = default;
};

// The widths of a graph's points. They begin at whole multiples of the width, in UTC.
enum class GraphWidth { minute, quarter_hour, hour };

// What charge points drew over time: those points that begin at `from` or later and before `until`.
struct GraphQuery {
    std::optional<InstallationId> installation;  // all of its charge points, or
    std::optional<ChargePointId> charge_point;   // this one
    Timestamp from{};
    Timestamp until{};
    GraphWidth width = GraphWidth::quarter_hour;
};

// What the samples of one width of time say. To look at, not to bill: a register that goes back, or
// rises as no charger can, or is silent for more than a day, counts for no energy here. Energy
// between two readings is spread evenly over the time between them.
struct GraphPoint {
    Timestamp from{};
    std::array<std::optional<std::int32_t>, 3> mean_ma{};  // of the samples, per line, towards 0
    std::array<std::optional<std::int32_t>, 3> most_ma{};
    std::optional<std::int64_t> mean_power_mw;
    std::int64_t energy_mwh = 0;

    friend bool operator==(GraphPoint const&, GraphPoint const&) = default;
};

struct Graph {
    ChargePointId charge_point;
    std::vector<GraphPoint> points;  // ascending; none where nothing was measured

    friend bool operator==(Graph const&, Graph const&) = default;
};

// For how many days what is kept; none: for ever. Sessions, their first and last readings, those of
// special moments (context neither periodic nor clock), and graphs of quarters and hours are kept
// for ever.
struct Retention {
    std::optional<int> sample_days;  // all samples of a session, after the latest of them
    std::optional<int> minute_days;  // the graphs' minutes

    friend bool operator==(Retention const&, Retention const&) = default;
};

// Whether the store takes writes. `problem` says why not, for operators; with `writable` it names
// what else needs their attention.
struct Health {
    bool writable = true;
    std::string problem;
};

class Store {
public:
    // Commits what is queued and answers what was asked, then ends. When storage fails it tries
    // once more and gives up: what is lost then was never reported as committed.
    virtual ~Store() = default;

    // Everything the engine starts from. Called once, before anything else. Throws
    // std::runtime_error when it cannot be read.
    virtual Contents load() = 0;

    // Makes the records durable, all or none, after those of earlier calls, and then calls
    // `committed` on the store's own thread. When storage fails (disk full, I/O error) the records
    // are kept and tried again until they are stored: `committed` is late, never wrong. Records
    // that no table takes (an enum's value that has no name) are set aside with the rest of their
    // batch and reported through the health; `committed` is not called for it, and others are not
    // held up.
    virtual void commit(std::vector<Record> records, std::function<void()> committed) = 0;

    // Called on the store's own thread whenever the health changes: a failure once, not for each
    // attempt. Set before the first commit.
    virtual void on_health(std::function<void(Health)> changed) = 0;

    // What becomes too old by the system's clock is removed in the background. Until this is
    // called, nothing is.
    virtual void keep(Retention retention) = 0;

    // History, answered on the store's own thread (not that of `committed`), from what is
    // committed.
    virtual void read_sessions(
        SessionQuery query, std::function<void(std::vector<SessionSummary>)> answer) = 0;
    // In the order in which they were measured, those of one instant in a fixed order.
    virtual void read_samples(
        SessionId session, std::function<void(std::vector<MeterSample>)> answer) = 0;
    virtual void read_signed(
        SessionId session, std::function<void(std::vector<SignedReading>)> answer) = 0;
    virtual void read_unbooked(
        UnbookedQuery query, std::function<void(std::vector<UnbookedMessage>)> answer) = 0;
    // Of each charge point that has points, by its id. (Of samples in a file of before there were
    // graphs: as soon as they have been gone through in the background.)
    virtual void read_graph(GraphQuery query, std::function<void(std::vector<Graph>)> answer) = 0;
    // The newest first.
    virtual void read_audit(int limit, std::function<void(std::vector<AuditEntry>)> answer) = 0;
};

}
