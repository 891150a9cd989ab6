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

constexpr std::array<Migration, 3> all_migrations{{
    {"the first schema", first_schema},
    {"stations that are taken strictly", strict_stations},
    {"how the current is shared, and what drivers wish", sharing},
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
