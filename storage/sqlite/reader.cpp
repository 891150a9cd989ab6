#include "storage/sqlite/reader.hpp"

#include "storage/samples/sample_set.hpp"
#include "storage/sqlite/columns.hpp"
#include "storage/sqlite/sample_blocks.hpp"
#include "storage/sqlite/sample_span.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>
#include <variant>

namespace storage::sqlite {

namespace {

template <class Row>
std::string select_sql(std::string const& rest)
{
    return "SELECT " + column_list<Row>() + " FROM " + Table<Row>::name + " " + rest;
}

template <class Row>
std::vector<Row> read_rows(Cursor& cursor)
{
    std::vector<Row> rows;
    while (cursor.next()) {
        rows.push_back(read_row<Row>(cursor));
    }
    return rows;
}

template <class Row>
std::vector<Row> read_all(Connection& connection, std::string const& rest)
{
    Cursor cursor = connection.query(select_sql<Row>(rest));
    return read_rows<Row>(cursor);
}

// Of each station the rows of `table` with the highest ids that fulfil `condition`. The stations
// are found by leaping from one to the next in an index: numbering the rows of all history would
// take a second per million.
std::string latest_of_stations(std::string const& table, std::string const& condition, int count)
{
    std::string const matching = "FROM " + table + " WHERE " + condition;
    return "WHERE id IN ("
           "WITH RECURSIVE known (station) AS ("
           "SELECT min(station) " +
           matching +
           " UNION ALL "
           "SELECT (SELECT min(station) " +
           matching + " AND " + table +
           ".station > known.station) "
           "FROM known WHERE known.station IS NOT NULL) "
           "SELECT latest.id FROM known JOIN " +
           table +
           " AS latest ON latest.id IN ("
           "SELECT id " +
           matching + " AND " + table +
           ".station = known.station "
           "ORDER BY id DESC LIMIT " +
           std::to_string(count) + ")) ORDER BY id";
}

std::vector<MeterSample> last_samples(Connection& connection, std::vector<Session> const& sessions)
{
    std::vector<SessionId> ids;
    for (Session const& session : sessions) {
        ids.push_back(session.id);
    }
    auto spans = read_spans(connection, ids);
    std::vector<MeterSample> samples;
    for (SessionId const id : ids) {
        if (auto& last = spans[id].last_register) samples.push_back(*last);
    }
    return samples;
}

// The largest id in use. max() of an INTEGER PRIMARY KEY is one look at the end of the table.
std::int64_t highest_id(Connection& connection)
{
    std::int64_t highest = 0;
    for (char const* sql : {"SELECT max(id) FROM installation", "SELECT max(id) FROM circuit",
             "SELECT max(id) FROM charge_point", "SELECT max(id) FROM session",
             "SELECT max(id) FROM unbooked_message"}) {
        highest = std::max(highest, connection.number(sql));
    }
    return highest;
}

// A WHERE clause under construction, and the values of its parameters in their order.
struct Conditions {
    std::string where;
    std::vector<std::variant<std::int64_t, std::string>> values;

    void add(std::string const& condition)
    {
        where += (where.empty() ? "WHERE " : " AND ") + condition;
    }
    void add(std::string const& condition, auto const& value)
    {
        add(condition);
        values.emplace_back(value);
    }
};

void add_times(Conditions& conditions, SessionQuery const& query)
{
    if (query.from) conditions.add("started_at >= ?", query.from->time_since_epoch().count());
    if (query.until) conditions.add("started_at < ?", query.until->time_since_epoch().count());
}

std::int64_t bound_of(SessionQuery const& query)
{
    return query.before ? query.before->value : std::numeric_limits<std::int64_t>::max();
}

// Of each charge point of the installation its latest sessions, and of these the caller takes the
// latest: what is read does not grow with the history, neither its own nor others'. With times, it
// grows with the entries of the index within them.
void add_latest_of_installation(Conditions& conditions, SessionQuery const& query)
{
    Conditions inner;
    inner.add("session.charge_point = charge_point.id");
    inner.add("id < ?", bound_of(query));
    add_times(inner, query);
    inner.values.emplace_back(std::int64_t{query.limit});
    inner.values.emplace_back(query.installation->value);
    conditions.add(R"sql(id IN (
        SELECT latest.id FROM charge_point JOIN session AS latest ON latest.id IN (
            SELECT id FROM session )sql" +
                   inner.where + R"sql( ORDER BY id DESC LIMIT ?)
        WHERE charge_point.installation = ?))sql");
    conditions.values = std::move(inner.values);
}

// The plus keeps SQLite from going through the table by id in search of a time.
void add_latest_within_times(Conditions& conditions, SessionQuery const& query)
{
    Conditions inner;
    add_times(inner, query);
    inner.add("id < ?", bound_of(query));
    inner.values.emplace_back(std::int64_t{query.limit});
    conditions.add("id IN (SELECT id FROM session " + inner.where + " ORDER BY +id DESC LIMIT ?)");
    conditions.values = std::move(inner.values);
}

Conditions conditions_of(SessionQuery const& query)
{
    Conditions conditions;
    bool const few_left = query.charge_point || query.station || query.session || query.token ||
                          query.station_key || query.open_only;
    bool const has_times = query.from || query.until;
    if (query.installation && few_left) {
        conditions.add("charge_point IN (SELECT id FROM charge_point WHERE installation = ?)",
            query.installation->value);
    } else if (query.installation) {
        add_latest_of_installation(conditions, query);
    } else if (has_times && !few_left) {
        add_latest_within_times(conditions, query);
    }
    if (query.charge_point) conditions.add("charge_point = ?", query.charge_point->value);
    if (query.station) conditions.add("station = ?", query.station->value);
    if (query.station_key) conditions.add("station_key = ?", *query.station_key);
    if (query.token) conditions.add("token = ? COLLATE NOCASE", *query.token);
    if (query.session) conditions.add("id = ?", query.session->value);
    if (query.before) conditions.add("id < ?", query.before->value);
    if (few_left) add_times(conditions, query);
    if (query.open_only) conditions.add("ended_at IS NULL");
    return conditions;
}

// The rows that the conditions leave, by descending id.
template <class Row>
std::vector<Row> newest(Connection& connection, Conditions const& conditions, int limit)
{
    Cursor cursor = connection.query(
        select_sql<Row>(conditions.where + " ORDER BY id DESC LIMIT ?"));
    int index = 0;
    for (auto const& value : conditions.values) {
        std::visit([&](auto const& v) { put(cursor, ++index, v); }, value);
    }
    put(cursor, ++index, limit);
    return read_rows<Row>(cursor);
}

std::vector<MeterSample> samples_from(
    Connection& connection, std::string const& table, SessionId session)
{
    Cursor cursor = connection.query(
        "SELECT " + column_list<MeterSample>() + " FROM " + table + " WHERE session = ?");
    put(cursor, 1, session);
    return read_rows<MeterSample>(cursor);
}

template <class Row>
void check_table(Connection& connection)
{
    connection.query(select_sql<Row>(""));
}

}

Contents load_contents(Connection& connection)
{
    Transaction const one_moment(connection, Transaction::Kind::read);
    Contents contents;
    contents.installations = read_all<Installation>(connection, "ORDER BY id");
    contents.circuits = read_all<Circuit>(connection, "ORDER BY id");
    contents.charge_points = read_all<ChargePoint>(connection, "ORDER BY id");
    contents.stations = read_all<Station>(connection, "ORDER BY identity");
    contents.assignments = read_all<Assignment>(
        connection, "WHERE until_at IS NULL ORDER BY charge_point, from_at");
    contents.tokens = read_all<Token>(connection, "ORDER BY value, kind");
    contents.open_sessions = read_all<Session>(connection, "WHERE ended_at IS NULL ORDER BY id");
    contents.last_samples = last_samples(connection, contents.open_sessions);
    contents.recent_sessions = read_all<Session>(connection,
        latest_of_stations("session", "ended_at IS NOT NULL", recent_sessions_per_station));
    contents.waiting_messages = read_all<UnbookedMessage>(connection,
        latest_of_stations("unbooked_message", "state = 'waiting'", waiting_messages_per_station));
    contents.granted_limits = read_all<GrantedLimit>(connection, "ORDER BY station, evse");
    contents.users = read_all<User>(connection, "ORDER BY name");
    contents.highest_id = highest_id(connection);
    return contents;
}

std::vector<SessionSummary> read_sessions(Connection& connection, SessionQuery const& query)
{
    // SQLite takes a negative limit for none.
    if (query.limit <= 0) return {};
    Transaction const one_moment(connection, Transaction::Kind::read);
    std::vector<SessionSummary> summaries;
    std::vector<SessionId> ids;
    for (Session& session : newest<Session>(connection, conditions_of(query), query.limit)) {
        ids.push_back(session.id);
        summaries.push_back({std::move(session), {}, {}, {}});
    }
    auto const spans = read_spans(connection, ids);
    for (SessionSummary& summary : summaries) {
        SampleSpan const& span = spans.at(summary.session.id);
        if (span.first_register) summary.first_register_mwh = span.first_register->energy_mwh;
        if (span.last_register) summary.last_register_mwh = span.last_register->energy_mwh;
        summary.last_sample_at = span.last_at;
    }
    return summaries;
}

std::vector<MeterSample> read_samples(Connection& connection, SessionId session)
{
    Transaction const one_moment(connection, Transaction::Kind::read);
    std::vector<MeterSample> samples = filed_samples(connection, session);
    for (char const* table : {"meter_sample", "fresh_sample"}) {
        std::ranges::move(samples_from(connection, table, session), std::back_inserter(samples));
    }
    make_set(samples);
    return samples;
}

std::vector<SignedReading> read_signed(Connection& connection, SessionId session)
{
    Cursor cursor = connection.query(select_sql<SignedReading>(
        "WHERE session = ? ORDER BY at, context, encoding, method, public_key, data"));
    put(cursor, 1, session);
    return read_rows<SignedReading>(cursor);
}

std::vector<UnbookedMessage> read_unbooked(Connection& connection, UnbookedQuery const& query)
{
    if (query.limit <= 0) return {};
    Conditions conditions;
    if (query.id) conditions.add("id = ?", query.id->value);
    if (query.before) conditions.add("id < ?", query.before->value);
    if (query.waiting_only) conditions.add("state = 'waiting'");
    return newest<UnbookedMessage>(connection, conditions, query.limit);
}

std::vector<AuditEntry> read_audit(Connection& connection, int limit)
{
    Cursor cursor = connection.query(select_sql<AuditEntry>(
        "ORDER BY at DESC, user DESC, action DESC, subject DESC, detail DESC LIMIT ?"));
    put(cursor, 1, std::max(limit, 0));
    return read_rows<AuditEntry>(cursor);
}

void check_schema(Connection& connection)
{
    [&connection]<class... Rows>(std::variant<Rows...> const*) {
        (check_table<Rows>(connection), ...);
    }(static_cast<Record const*>(nullptr));
    connection.query("SELECT " + column_list<MeterSample>() + " FROM meter_sample");
    connection.query("SELECT id, session, first_at, last_at, count, data FROM sample_block");
    connection.query("SELECT id, session, day, charge_point, quarters FROM graph_day");
    connection.query("SELECT id, day, minutes FROM graph_minutes");
    connection.query("SELECT session, first_day, last_day, samples, since FROM graph_due");
    connection.query("SELECT id, samples_from_day FROM retention");
    connection.query("SELECT id, refused_at, statement, why FROM refused_record");
}

}
