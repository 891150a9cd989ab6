#include "storage/sqlite/sample_span.hpp"

#include "storage/sqlite/columns.hpp"

#include <set>
#include <utility>

namespace storage::sqlite {

namespace {

std::string filed_sql(std::string const& rest)
{
    return "SELECT " + column_list<MeterSample>() + " FROM meter_sample WHERE session = ? " + rest;
}

std::optional<MeterSample> filed_sample(
    Connection& connection, std::string const& sql, SessionId session)
{
    Cursor row = connection.query(sql);
    row.bind_int(1, session.value);
    if (!row.next()) return std::nullopt;
    return read_row<MeterSample>(row);
}

SampleSpan filed_span(Connection& connection, SessionId session)
{
    static std::string const first_register = filed_sql(
        "AND energy_mwh IS NOT NULL ORDER BY at LIMIT 1");
    static std::string const last_register = filed_sql(
        "AND energy_mwh IS NOT NULL ORDER BY at DESC LIMIT 1");
    static std::string const last = filed_sql("ORDER BY at DESC LIMIT 1");

    SampleSpan span;
    span.first_register = filed_sample(connection, first_register, session);
    span.last_register = filed_sample(connection, last_register, session);
    if (auto const sample = filed_sample(connection, last, session)) span.last_at = sample->at;
    return span;
}

bool is_filed(Connection& connection, MeterSample const& sample)
{
    Cursor row = connection.query("SELECT 1 FROM meter_sample WHERE session = ? AND at = ?");
    put(row, 1, sample.session);
    put(row, 2, sample.at);
    return row.next();
}

void widen(SampleSpan& span, MeterSample const& sample)
{
    if (!span.last_at || sample.at > *span.last_at) span.last_at = sample.at;
    if (!sample.energy_mwh) return;
    if (!span.first_register || sample.at < span.first_register->at) span.first_register = sample;
    if (!span.last_register || sample.at > span.last_register->at) span.last_register = sample;
}

}

std::unordered_map<SessionId, SampleSpan> read_spans(
    Connection& connection, std::span<SessionId const> sessions)
{
    std::unordered_map<SessionId, SampleSpan> spans;
    for (SessionId const session : sessions) {
        spans.emplace(session, filed_span(connection, session));
    }

    static std::string const fresh = "SELECT " + column_list<MeterSample>() +
                                     " FROM fresh_sample ORDER BY arrival";
    std::set<std::pair<SessionId, Timestamp>> seen;  // the first report of an instant counts
    Cursor row = connection.query(fresh);
    while (row.next()) {
        auto const known = spans.find(SessionId{row.int_at(0)});
        if (known == spans.end()) continue;
        auto const sample = read_row<MeterSample>(row);
        if (!seen.emplace(sample.session, sample.at).second) continue;
        if (!is_filed(connection, sample)) widen(known->second, sample);
    }
    return spans;
}

}
