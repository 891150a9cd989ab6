#include "storage/sqlite/migrations.hpp"

#include <array>
#include <string>

namespace storage::sqlite {

namespace {

// No foreign keys: records of different shards are committed in any order, nothing is ever deleted,
// and what the engine has promised must not be refused here. The checks only hold what reading back
// relies on.
constexpr char const* first_schema = R"sql(
CREATE TABLE installation (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    grid TEXT NOT NULL CHECK (grid IN ('tn_400', 'it_230')),
    limit_ma INTEGER NOT NULL,
    time_zone TEXT NOT NULL,
    notes TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE circuit (
    id INTEGER PRIMARY KEY,
    installation INTEGER NOT NULL,
    parent INTEGER,
    label TEXT NOT NULL,
    rating_ma INTEGER NOT NULL
) STRICT;

CREATE TABLE charge_point (
    id INTEGER PRIMARY KEY,
    installation INTEGER NOT NULL,
    circuit INTEGER NOT NULL,
    name TEXT NOT NULL,
    line_of_terminal_1 INTEGER NOT NULL CHECK (line_of_terminal_1 BETWEEN 0 AND 3),
    line_of_terminal_2 INTEGER NOT NULL CHECK (line_of_terminal_2 BETWEEN 0 AND 3),
    line_of_terminal_3 INTEGER NOT NULL CHECK (line_of_terminal_3 BETWEEN 0 AND 3),
    max_ma INTEGER NOT NULL,
    fallback_ma INTEGER NOT NULL,
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    open_access INTEGER NOT NULL CHECK (open_access IN (0, 1))
) STRICT;
CREATE INDEX charge_point_of_installation ON charge_point (installation);

CREATE TABLE station (
    identity TEXT NOT NULL PRIMARY KEY,
    serial_number TEXT NOT NULL,
    vendor TEXT NOT NULL,
    model TEXT NOT NULL,
    firmware TEXT NOT NULL,
    protocol TEXT NOT NULL,
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE assignment (
    charge_point INTEGER NOT NULL,
    from_at INTEGER NOT NULL,
    until_at INTEGER,
    station TEXT NOT NULL,
    evse INTEGER NOT NULL,
    PRIMARY KEY (charge_point, from_at)
) STRICT, WITHOUT ROWID;

CREATE TABLE token (
    value TEXT NOT NULL PRIMARY KEY COLLATE NOCASE,
    label TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('accepted', 'blocked')),
    expires_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
    id INTEGER PRIMARY KEY,
    charge_point INTEGER NOT NULL,
    station TEXT NOT NULL,
    evse INTEGER NOT NULL,
    station_key TEXT NOT NULL,
    token TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    meter_start_mwh INTEGER,
    ended_at INTEGER,
    meter_stop_mwh INTEGER,
    stop_reason TEXT NOT NULL,
    recorded_offline INTEGER NOT NULL CHECK (recorded_offline IN (0, 1))
) STRICT;
-- Each entry of an index ends with the row's id: these give a page of sessions, newest first.
CREATE INDEX session_of_charge_point ON session (charge_point);
CREATE INDEX session_of_station ON session (station);
CREATE INDEX session_open ON session (id) WHERE ended_at IS NULL;

CREATE TABLE meter_sample (
    session INTEGER NOT NULL,
    at INTEGER NOT NULL,
    energy_mwh INTEGER,
    current_l1_ma INTEGER,
    current_l2_ma INTEGER,
    current_l3_ma INTEGER,
    power_mw INTEGER,
    soc_percent INTEGER,
    PRIMARY KEY (session, at)
) STRICT, WITHOUT ROWID;
-- Samples in the order of their arrival, on their way to meter_sample.
CREATE TABLE fresh_sample (
    arrival INTEGER PRIMARY KEY,
    session INTEGER NOT NULL,
    at INTEGER NOT NULL,
    energy_mwh INTEGER,
    current_l1_ma INTEGER,
    current_l2_ma INTEGER,
    current_l3_ma INTEGER,
    power_mw INTEGER,
    soc_percent INTEGER
) STRICT;

CREATE TABLE granted_limit (
    station TEXT NOT NULL,
    evse INTEGER NOT NULL,
    fallback_known INTEGER NOT NULL CHECK (fallback_known IN (0, 1)),
    fallback_ma INTEGER NOT NULL,
    ceiling_ma INTEGER NOT NULL,
    PRIMARY KEY (station, evse)
) STRICT, WITHOUT ROWID;

CREATE TABLE unbooked_message (
    received_at INTEGER NOT NULL,
    station TEXT NOT NULL,
    frame TEXT NOT NULL,
    why TEXT NOT NULL,
    PRIMARY KEY (received_at, station, frame)
) STRICT, WITHOUT ROWID;

CREATE TABLE user (
    name TEXT NOT NULL PRIMARY KEY,
    password_hash TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Records that no table takes, as the statements that would have stored them.
CREATE TABLE refused_record (
    id INTEGER PRIMARY KEY,
    refused_at INTEGER NOT NULL DEFAULT (unixepoch() * 1000),
    statement TEXT NOT NULL,
    why TEXT NOT NULL
) STRICT;
)sql";

constexpr char const* strict_stations = R"sql(
ALTER TABLE station ADD COLUMN strict INTEGER NOT NULL DEFAULT 0 CHECK (strict IN (0, 1));
)sql";

constexpr char const* sharing = R"sql(
ALTER TABLE installation ADD COLUMN policy TEXT NOT NULL DEFAULT 'equal_share'
    CHECK (policy IN ('equal_share', 'most_cars', 'first_come', 'priority', 'departure'));
ALTER TABLE charge_point ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN departs_at INTEGER;
ALTER TABLE session ADD COLUMN wanted_mwh INTEGER;
)sql";

// Messages without an id get one above all ids in use: the engine numbers everything in one row.
constexpr char const* exact_sessions = R"sql(
CREATE TABLE new_token (
    value TEXT NOT NULL COLLATE NOCASE,
    kind TEXT NOT NULL CHECK (kind IN ('any', 'central', 'emaid', 'iso14443', 'iso15693',
        'key_code', 'local', 'mac_address')),
    label TEXT NOT NULL,
    owner TEXT NOT NULL,
    group_name TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('accepted', 'blocked')),
    expires_at INTEGER,
    installations TEXT NOT NULL,
    charge_points TEXT NOT NULL,
    most_sessions INTEGER,
    PRIMARY KEY (value, kind)
) STRICT, WITHOUT ROWID;
INSERT INTO new_token
    SELECT value, 'any', label, '', '', status, expires_at, '', '', NULL FROM token;
DROP TABLE token;
ALTER TABLE new_token RENAME TO token;

ALTER TABLE session ADD COLUMN token_sequence INTEGER;
ALTER TABLE session ADD COLUMN token_verdict TEXT NOT NULL DEFAULT 'accepted'
    CHECK (token_verdict IN ('accepted', 'invalid', 'blocked', 'expired', 'concurrent',
        'not_allowed_here'));
ALTER TABLE session ADD COLUMN start_reported INTEGER NOT NULL DEFAULT 1
    CHECK (start_reported IN (0, 1));
ALTER TABLE session ADD COLUMN first_heard_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN closing TEXT NOT NULL DEFAULT 'open'
    CHECK (closing IN ('open', 'station', 'replaced', 'by_hand'));
ALTER TABLE session ADD COLUMN clock_ahead_ms INTEGER;
ALTER TABLE session ADD COLUMN sequences TEXT NOT NULL DEFAULT '';
UPDATE session SET
    first_heard_at = started_at,
    closing = CASE WHEN ended_at IS NULL THEN 'open'
                   WHEN stop_reason = 'Replaced' THEN 'replaced'
                   ELSE 'station' END,
    stop_reason = CASE stop_reason WHEN 'Replaced' THEN '' ELSE stop_reason END;
CREATE INDEX session_of_station_key ON session (station, station_key);
CREATE INDEX session_of_token ON session (token COLLATE NOCASE);
CREATE INDEX session_by_start ON session (started_at);
CREATE INDEX session_of_charge_point_by_start ON session (charge_point, started_at);

-- `others`: see channel_values.hpp.
ALTER TABLE meter_sample ADD COLUMN context INTEGER NOT NULL DEFAULT 0
    CHECK (context BETWEEN 0 AND 7);
ALTER TABLE meter_sample ADD COLUMN others BLOB NOT NULL DEFAULT x'';
ALTER TABLE fresh_sample ADD COLUMN context INTEGER NOT NULL DEFAULT 0
    CHECK (context BETWEEN 0 AND 7);
ALTER TABLE fresh_sample ADD COLUMN others BLOB NOT NULL DEFAULT x'';

CREATE TABLE signed_reading (
    session INTEGER NOT NULL,
    at INTEGER NOT NULL,
    context INTEGER NOT NULL CHECK (context BETWEEN 0 AND 7),
    encoding TEXT NOT NULL,
    method TEXT NOT NULL,
    public_key TEXT NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (session, at, context, encoding, method, public_key, data)
) STRICT, WITHOUT ROWID;

CREATE TABLE new_unbooked_message (
    id INTEGER PRIMARY KEY,
    station TEXT NOT NULL,
    protocol TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    frame TEXT NOT NULL,
    why TEXT NOT NULL,
    state TEXT NOT NULL
        CHECK (state IN ('waiting', 'attached', 'made', 'booked', 'set_aside')),
    session INTEGER,
    resolved_by TEXT NOT NULL,
    resolved_at INTEGER
) STRICT;
INSERT INTO new_unbooked_message
    SELECT row_number() OVER (ORDER BY received_at, station, frame) +
               max(coalesce((SELECT max(id) FROM installation), 0),
                   coalesce((SELECT max(id) FROM circuit), 0),
                   coalesce((SELECT max(id) FROM charge_point), 0),
                   coalesce((SELECT max(id) FROM session), 0)),
           station,
           coalesce((SELECT protocol FROM station AS known
                     WHERE known.identity = unbooked_message.station), ''),
           received_at, frame, why, 'waiting', NULL, '', NULL
    FROM unbooked_message;
DROP TABLE unbooked_message;
ALTER TABLE new_unbooked_message RENAME TO unbooked_message;
CREATE INDEX unbooked_by_state ON unbooked_message (state);
CREATE INDEX unbooked_waiting ON unbooked_message (station) WHERE state = 'waiting';

CREATE TABLE audit_entry (
    at INTEGER NOT NULL,
    user TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (at, user, action, subject, detail)
) STRICT, WITHOUT ROWID;
)sql";

// The blocks of a session do not overlap. meter_sample stays, for what it held before, and is
// emptied in the background (sample_filing.hpp).
constexpr char const* sample_blocks = R"sql(
CREATE TABLE sample_block (
    id INTEGER PRIMARY KEY,
    session INTEGER NOT NULL,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    count INTEGER NOT NULL,
    data BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX sample_block_of_session ON sample_block (session, first_at);
)sql";

// graph_due: sessions whose part of the graphs is not what their samples say, between these days.
constexpr char const* graphs = R"sql(
CREATE TABLE graph_day (
    id INTEGER PRIMARY KEY,
    session INTEGER NOT NULL,
    day INTEGER NOT NULL,
    charge_point INTEGER NOT NULL,
    quarters BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX graph_day_of_session ON graph_day (session, day);
CREATE INDEX graph_day_of_charge_point ON graph_day (charge_point, day);
CREATE TABLE graph_minutes (
    id INTEGER PRIMARY KEY, -- of its graph_day
    day INTEGER NOT NULL,
    minutes BLOB NOT NULL
) STRICT;
CREATE INDEX graph_minutes_by_day ON graph_minutes (day);
CREATE TABLE graph_due (
    session INTEGER PRIMARY KEY,
    first_day INTEGER NOT NULL,
    last_day INTEGER NOT NULL,
    samples INTEGER NOT NULL,
    since INTEGER NOT NULL
) STRICT;
-- A session whose samples were there before it, or that goes to another charge point.
CREATE TRIGGER session_finds_samples BEFORE INSERT ON session
WHEN EXISTS (SELECT 1 FROM sample_block WHERE session = NEW.id) AND
    NEW.charge_point IS NOT (SELECT charge_point FROM session WHERE id = NEW.id)
BEGIN
    INSERT OR REPLACE INTO graph_due VALUES (NEW.id, 0, 100000, 0, 0);
END;
)sql";

// Samples of earlier days may have been removed: the graphs of these days stay as they are.
constexpr char const* retention = R"sql(
CREATE TABLE retention (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    samples_from_day INTEGER NOT NULL
) STRICT;
INSERT INTO retention VALUES (1, 0);
)sql";

constexpr char const* local_lists = R"sql(
ALTER TABLE station ADD COLUMN list_version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE station ADD COLUMN list_digest INTEGER NOT NULL DEFAULT 0;
)sql";

constexpr std::array<Migration, 8> all_migrations{{
    {"the first schema", first_schema},
    {"stations that are taken strictly", strict_stations},
    {"how the current is shared, and what drivers wish", sharing},
    {"sessions, samples and messages as they were reported", exact_sessions},
    {"samples in blocks", sample_blocks},
    {"graphs", graphs},
    {"what is no longer kept", retention},
    {"local authorisation lists", local_lists},
}};

}

std::span<Migration const> migrations() { return all_migrations; }

void migrate(Connection& connection, std::span<Migration const> steps)
{
    auto const done = static_cast<std::size_t>(connection.number("PRAGMA user_version"));
    for (std::size_t i = done; i < steps.size(); ++i) {
        try {
            Transaction transaction(connection, Transaction::Kind::write);
            connection.execute(steps[i].sql);
            connection.execute("PRAGMA application_id = " + std::to_string(application_id));
            connection.execute("PRAGMA user_version = " + std::to_string(i + 1));
            transaction.commit();
        } catch (SqliteError const& error) {
            throw SqliteError(error.code(), "step " + std::to_string(i + 1) + " of the schema (" +
                                                steps[i].what + "): " + error.what());
        }
    }
}

}
