#include "storage/sqlite/reader.hpp"

#include "storage/sqlite/columns.hpp"
#include "storage/sqlite/sample_span.hpp"

#include <algorithm>
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

// For each station the ids of its latest ended sessions. The stations are found by leaping from one
// to the next in the index: numbering the rows of all history would take a second per million.
std::string recent_sessions_rest()
{
    return R"sql(WHERE id IN (
        WITH RECURSIVE known (station) AS (
            SELECT min(station) FROM session
            UNION ALL
            SELECT (SELECT min(station) FROM session WHERE station > known.station)
            FROM known WHERE known.station IS NOT NULL)
        SELECT recent.id FROM known JOIN session AS recent ON recent.id IN (
            SELECT id FROM session
            WHERE session.station = known.station AND ended_at IS NOT NULL
            ORDER BY id DESC LIMIT )sql" +
           std::to_string(recent_sessions_per_station) + ")) ORDER BY id";
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
             "SELECT max(id) FROM charge_point", "SELECT max(id) FROM session"}) {
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
    void add(std::string const& condition, std::int64_t value)
    {
        add(condition);
        values.emplace_back(value);
    }
};

// Of each charge point of the installation its latest sessions, and of these the caller takes the
// latest: what is read does not grow with the history, neither its own nor others'.
void add_latest_of_installation(Conditions& conditions, SessionQuery const& query)
{
    constexpr std::int64_t no_bound = std::numeric_limits<std::int64_t>::max();
    conditions.add(R"sql(id IN (
        SELECT latest.id FROM charge_point JOIN session AS latest ON latest.id IN (
            SELECT id FROM session
            WHERE session.charge_point = charge_point.id AND id < ?
            ORDER BY id DESC LIMIT ?)
        WHERE charge_point.installation = ?))sql");
    conditions.values.emplace_back(query.before ? query.before->value : no_bound);
    conditions.values.emplace_back(std::int64_t{query.limit});
    conditions.values.emplace_back(query.installation->value);
}

Conditions conditions_of(SessionQuery const& query)
{
    Conditions conditions;
    bool const few_left = query.charge_point || query.station || query.session || query.open_only;
    if (query.installation && few_left) {
        conditions.add("charge_point IN (SELECT id FROM charge_point WHERE installation = ?)",
            query.installation->value);
    } else if (query.installation) {
        add_latest_of_installation(conditions, query);
    }
    if (query.charge_point) conditions.add("charge_point = ?", query.charge_point->value);
    if (query.station) {
        conditions.add("station = ?");
        conditions.values.emplace_back(query.station->value);
    }
    if (query.session) conditions.add("id = ?", query.session->value);
    if (query.before) conditions.add("id < ?", query.before->value);
    if (query.open_only) conditions.add("ended_at IS NULL");
    return conditions;
}

std::vector<Session> sessions_of(Connection& connection, SessionQuery const& query)
{
    Conditions const conditions = conditions_of(query);
    Cursor cursor = connection.query(
        select_sql<Session>(conditions.where + " ORDER BY id DESC LIMIT ?"));
    int index = 0;
    for (auto const& value : conditions.values) {
        std::visit([&](auto const& v) { put(cursor, ++index, v); }, value);
    }
    put(cursor, ++index, query.limit);
    return read_rows<Session>(cursor);
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
    contents.tokens = read_all<Token>(connection, "ORDER BY value");
    contents.open_sessions = read_all<Session>(connection, "WHERE ended_at IS NULL ORDER BY id");
    contents.last_samples = last_samples(connection, contents.open_sessions);
    contents.recent_sessions = read_all<Session>(connection, recent_sessions_rest());
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
    for (Session& session : sessions_of(connection, query)) {
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
    // Filed samples before fresh ones of the same instant; see sample_filing.hpp.
    static std::string const columns = column_list<MeterSample>();
    static std::string const sql = "SELECT " + columns + ", 0 AS arrival FROM meter_sample" +
                                   " WHERE session = ?1 UNION ALL SELECT " + columns +
                                   ", arrival FROM fresh_sample" +
                                   " WHERE session = ?1 ORDER BY at, arrival";
    Cursor cursor = connection.query(sql);
    put(cursor, 1, session);
    std::vector<MeterSample> samples;
    while (cursor.next()) {
        auto sample = read_row<MeterSample>(cursor);
        if (samples.empty() || samples.back().at != sample.at) samples.push_back(sample);
    }
    return samples;
}

std::vector<UnbookedMessage> read_unbooked(Connection& connection, int limit)
{
    Cursor cursor = connection.query(
        select_sql<UnbookedMessage>("ORDER BY received_at DESC, station DESC, frame DESC LIMIT ?"));
    put(cursor, 1, std::max(limit, 0));
    return read_rows<UnbookedMessage>(cursor);
}

void check_schema(Connection& connection)
{
    [&connection]<class... Rows>(std::variant<Rows...> const*) {
        (check_table<Rows>(connection), ...);
    }(static_cast<Record const*>(nullptr));
    connection.query("SELECT " + column_list<MeterSample>() + " FROM meter_sample");
    connection.query("SELECT id, refused_at, statement, why FROM refused_record");
}

}
