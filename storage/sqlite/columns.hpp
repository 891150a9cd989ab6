// Which column holds which member: the one list per row type from which inserts, selects, binding
// and reading are made. The types, keys and checks of the columns are in migrations.cpp.
#pragma once

#include "storage/sqlite/values.hpp"
#include "storage/store.hpp"

#include <string>

namespace storage::sqlite {

// How a record meets a row that has its key.
enum class OnKnownKey {
    replace,  // the newest record is the row
    keep,     // the first record stays
    arrive,   // into fresh_sample, where no key is looked up; see sample_filing.hpp
};

template <class Row>
struct Table;

template <>
struct Table<Installation> {
    static constexpr char const* name = "installation";
    static constexpr auto on_known_key = OnKnownKey::replace;
    static void columns(auto&& column, auto& row)
    {
        column("id", row.id);
        column("name", row.name);
        column("address", row.address);
        column("grid", row.grid);
        column("limit_ma", row.limit_ma);
        column("time_zone", row.time_zone);
        column("notes", row.notes);
        column("created_at", row.created_at);
        column("policy", row.policy);
    }
};

template <>
struct Table<Circuit> {
    static constexpr char const* name = "circuit";
    static constexpr auto on_known_key = OnKnownKey::replace;
    static void columns(auto&& column, auto& row)
    {
        column("id", row.id);
        column("installation", row.installation);
        column("parent", row.parent);
        column("label", row.label);
        column("rating_ma", row.rating_ma);
    }
};

template <>
struct Table<ChargePoint> {
    static constexpr char const* name = "charge_point";
    static constexpr auto on_known_key = OnKnownKey::replace;
    static void columns(auto&& column, auto& row)
    {
        column("id", row.id);
        column("installation", row.installation);
        column("circuit", row.circuit);
        column("name", row.name);
        column("line_of_terminal_1", row.rotation[0]);
        column("line_of_terminal_2", row.rotation[1]);
        column("line_of_terminal_3", row.rotation[2]);
        column("max_ma", row.max_ma);
        column("fallback_ma", row.fallback_ma);
        column("active", row.active);
        column("open_access", row.open_access);
        column("priority", row.priority);
    }
};

template <>
struct Table<Station> {
    static constexpr char const* name = "station";
    static constexpr auto on_known_key = OnKnownKey::replace;
    static void columns(auto&& column, auto& row)
    {
        column("identity", row.identity);
        column("serial_number", row.serial_number);
        column("vendor", row.vendor);
        column("model", row.model);
        column("firmware", row.firmware);
        column("protocol", row.protocol);
        column("first_seen", row.first_seen);
        column("last_seen", row.last_seen);
        column("strict", row.strict);
        column("list_version", row.list_version);
        column("list_digest", row.list_digest);
    }
};

template <>
struct Table<Assignment> {
    static constexpr char const* name = "assignment";
    static constexpr auto on_known_key = OnKnownKey::replace;
    static void columns(auto&& column, auto& row)
    {
        column("charge_point", row.charge_point);
        column("station", row.station);
        column("evse", row.evse);
        column("from_at", row.from);
        column("until_at", row.until);
    }
};

template <>
struct Table<Token> {
    static constexpr char const* name = "token";
    static constexpr auto on_known_key = OnKnownKey::replace;
    static void columns(auto&& column, auto& row)
    {
        column("value", row.value);
        column("kind", row.kind);
        column("label", row.label);
        column("owner", row.owner);
        column("group_name", row.group);
        column("status", row.status);
        column("expires_at", row.expires_at);
        column("installations", row.installations);
        column("charge_points", row.charge_points);
        column("most_sessions", row.most_sessions);
    }
};

template <>
struct Table<Session> {
    static constexpr char const* name = "session";
    static constexpr auto on_known_key = OnKnownKey::replace;
    static void columns(auto&& column, auto& row)
    {
        column("id", row.id);
        column("charge_point", row.charge_point);
        column("station", row.station);
        column("evse", row.evse);
        column("station_key", row.station_key);
        column("token", row.token);
        column("token_sequence", row.token_sequence);
        column("token_verdict", row.token_verdict);
        column("started_at", row.started_at);
        column("start_reported", row.start_reported);
        column("meter_start_mwh", row.meter_start_mwh);
        column("first_heard_at", row.first_heard_at);
        column("ended_at", row.ended_at);
        column("meter_stop_mwh", row.meter_stop_mwh);
        column("stop_reason", row.stop_reason);
        column("closing", row.closing);
        column("recorded_offline", row.recorded_offline);
        column("clock_ahead_ms", row.clock_ahead_ms);
        column("sequences", row.sequences);
        column("departs_at", row.departs_at);
        column("wanted_mwh", row.wanted_mwh);
    }
};

template <>
struct Table<MeterSample> {
    static constexpr char const* name = "fresh_sample";
    static constexpr auto on_known_key = OnKnownKey::arrive;
    static void columns(auto&& column, auto& row)
    {
        column("session", row.session);
        column("at", row.at);
        column("context", row.context);
        column("energy_mwh", row.energy_mwh);
        column("current_l1_ma", row.current_ma[0]);
        column("current_l2_ma", row.current_ma[1]);
        column("current_l3_ma", row.current_ma[2]);
        column("power_mw", row.power_mw);
        column("soc_percent", row.soc_percent);
        column("others", row.others);
    }
};

template <>
struct Table<SignedReading> {
    static constexpr char const* name = "signed_reading";
    static constexpr auto on_known_key = OnKnownKey::keep;
    static void columns(auto&& column, auto& row)
    {
        column("session", row.session);
        column("at", row.at);
        column("context", row.context);
        column("encoding", row.encoding);
        column("method", row.method);
        column("public_key", row.public_key);
        column("data", row.data);
    }
};

template <>
struct Table<GrantedLimit> {
    static constexpr char const* name = "granted_limit";
    static constexpr auto on_known_key = OnKnownKey::replace;
    static void columns(auto&& column, auto& row)
    {
        column("station", row.station);
        column("evse", row.evse);
        column("fallback_known", row.fallback_known);
        column("fallback_ma", row.fallback_ma);
        column("ceiling_ma", row.ceiling_ma);
    }
};

template <>
struct Table<UnbookedMessage> {
    static constexpr char const* name = "unbooked_message";
    static constexpr auto on_known_key = OnKnownKey::replace;
    static void columns(auto&& column, auto& row)
    {
        column("id", row.id);
        column("station", row.station);
        column("protocol", row.protocol);
        column("received_at", row.received_at);
        column("frame", row.frame);
        column("why", row.why);
        column("state", row.state);
        column("session", row.session);
        column("resolved_by", row.resolved_by);
        column("resolved_at", row.resolved_at);
    }
};

template <>
struct Table<AuditEntry> {
    static constexpr char const* name = "audit_entry";
    static constexpr auto on_known_key = OnKnownKey::keep;
    static void columns(auto&& column, auto& row)
    {
        column("at", row.at);
        column("user", row.user);
        column("action", row.action);
        column("subject", row.subject);
        column("detail", row.detail);
    }
};

template <>
struct Table<User> {
    static constexpr char const* name = "user";
    static constexpr auto on_known_key = OnKnownKey::replace;
    static void columns(auto&& column, auto& row)
    {
        column("name", row.name);
        column("password_hash", row.password_hash);
        column("created_at", row.created_at);
    }
};

// "id, name, address, ..."
template <class Row>
std::string column_list()
{
    std::string list;
    Row row{};
    Table<Row>::columns(
        [&list](char const* column, auto const&) {
            list += list.empty() ? "" : ", ";
            list += column;
        },
        row);
    return list;
}

// Binds all members of `row`, from ?1 on.
template <class Row>
void bind_row(Cursor& cursor, Row const& row)
{
    int index = 0;
    Table<Row>::columns(
        [&](char const*, auto const& member) { put(cursor, ++index, member); }, row);
}

// Reads a row from the columns of column_list(), the first of which is the result's first.
template <class Row>
Row read_row(Cursor const& cursor)
{
    Row row{};
    int column = 0;
    Table<Row>::columns([&](char const*, auto& member) { get(cursor, column++, member); }, row);
    return row;
}

}
