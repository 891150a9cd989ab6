#include "storage/sqlite/sample_span.hpp"

#include "storage/sqlite/columns.hpp"
#include "storage/sqlite/sample_blocks.hpp"

#include <array>
#include <string>

namespace storage::sqlite {

namespace {

void widen(SampleSpan& span, MeterSample const& sample)
{
    if (!span.last_at || sample.at > *span.last_at) span.last_at = sample.at;
    if (!sample.energy_mwh) return;
    if (!span.first_register || sample < *span.first_register) span.first_register = sample;
    if (!span.last_register || *span.last_register < sample) span.last_register = sample;
}

// One or two blocks, unless they are without registers.
void widen_by_blocks(Connection& connection, SessionId session, SampleSpan& span)
{
    visit_forward(connection, session, [&span](SampleBlock const& block) {
        for (MeterSample const& sample : samples_in(block)) widen(span, sample);
        return !span.first_register;
    });
    visit_backward(connection, session, [&span](SampleBlock const& block) {
        bool has_register = false;
        for (MeterSample const& sample : samples_in(block)) {
            widen(span, sample);
            has_register = has_register || sample.energy_mwh;
        }
        return !has_register;
    });
}

void widen_by_old(Connection& connection, SessionId session, SampleSpan& span)
{
    static std::string const sql = "SELECT " + column_list<MeterSample>() +
                                   " FROM meter_sample WHERE session = ? ";
    static std::string const with_register = sql + "AND energy_mwh IS NOT NULL ORDER BY at ";
    static std::array<std::string, 3> const ends{with_register + "LIMIT 1",
        with_register + "DESC LIMIT 1", sql + "ORDER BY at DESC LIMIT 1"};
    for (std::string const& end : ends) {
        Cursor row = connection.query(end);
        put(row, 1, session);
        if (row.next()) widen(span, read_row<MeterSample>(row));
    }
}

}

std::unordered_map<SessionId, SampleSpan> read_spans(
    Connection& connection, std::span<SessionId const> sessions)
{
    std::unordered_map<SessionId, SampleSpan> spans;
    for (SessionId const session : sessions) {
        SampleSpan& span = spans[session];
        widen_by_blocks(connection, session, span);
        widen_by_old(connection, session, span);
    }

    static std::string const fresh = "SELECT " + column_list<MeterSample>() + " FROM fresh_sample";
    Cursor row = connection.query(fresh);
    while (row.next()) {
        auto const known = spans.find(SessionId{row.int_at(0)});
        if (known != spans.end()) widen(known->second, read_row<MeterSample>(row));
    }
    return spans;
}

}
