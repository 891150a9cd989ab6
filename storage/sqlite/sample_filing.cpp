#include "storage/sqlite/sample_filing.hpp"

#include "storage/samples/sample_set.hpp"
#include "storage/sqlite/columns.hpp"
#include "storage/sqlite/graph_filing.hpp"
#include "storage/sqlite/sample_blocks.hpp"

#include <algorithm>
#include <span>

namespace storage::sqlite {

namespace {

// A slice is about this part of the samples that make filing begin.
constexpr std::int64_t slices = 8;

// Filing does not fall behind by more than this many times the samples that make it begin.
constexpr std::int64_t backlog_factor = 2;

std::string const& fresh_sql()
{
    static std::string const sql = "SELECT " + column_list<MeterSample>() +
                                   " FROM fresh_sample WHERE arrival <= ?";
    return sql;
}

std::string const& old_sql()
{
    static std::string const sql = "SELECT " + column_list<MeterSample>() +
                                   " FROM meter_sample ORDER BY session, at LIMIT ?";
    return sql;
}

}

bool SampleFiling::advance(Connection& connection)
{
    do {
        if (last_arrival_ == 0) begin(connection);
        if (last_arrival_ == 0) return move_old(connection);
        file_slice(connection);
    } while (waiting(connection) > backlog_factor * tuning_.fresh_samples);
    return true;
}

// Arrivals are numbered without gaps: the two ends of the table tell how many there are.
std::int64_t SampleFiling::waiting(Connection& connection)
{
    std::int64_t const first = connection.number("SELECT min(arrival) FROM fresh_sample");
    std::int64_t const last = connection.number("SELECT max(arrival) FROM fresh_sample");
    return last == 0 ? 0 : last - first + 1;
}

void SampleFiling::begin(Connection& connection)
{
    if (waiting(connection) < tuning_.fresh_samples) return;
    std::int64_t const last = connection.number("SELECT max(arrival) FROM fresh_sample");
    Cursor rows = connection.query(fresh_sql());
    rows.bind_int(1, last);
    samples_.clear();
    while (rows.next()) {
        samples_.push_back(read_row<MeterSample>(rows));
    }
    make_set(samples_);
    next_ = 0;
    last_arrival_ = last;
}

void SampleFiling::file_slice(Connection& connection)
{
    auto const length = static_cast<std::size_t>(tuning_.fresh_samples / slices + 1);
    Transaction transaction(connection, Transaction::Kind::write);
    std::size_t const end = file_sessions(connection, samples_, next_, length);
    bool const is_last = end == samples_.size();
    if (is_last) {
        Cursor forget = connection.query("DELETE FROM fresh_sample WHERE arrival <= ?1");
        forget.bind_int(1, last_arrival_);
        forget.run();
    }
    transaction.commit();

    next_ = end;
    if (!is_last) return;
    last_arrival_ = 0;
    samples_ = {};
}

// Files whole sessions from `samples`, until so many samples are filed. Returns where it stopped.
std::size_t SampleFiling::file_sessions(Connection& connection,
    std::vector<MeterSample> const& samples, std::size_t from, std::size_t at_least) const
{
    std::size_t const enough = from + at_least;
    while (from < samples.size() && from < enough) {
        auto const rest = std::span(samples).subspan(from);
        auto const end = std::ranges::find_if(rest,
            [&](MeterSample const& sample) { return sample.session != rest.front().session; });
        auto const length = static_cast<std::size_t>(end - rest.begin());
        file_samples(connection, rest.first(length), tuning_.samples_per_block);
        mark_due(connection, rest.first(length));
        from += length;
    }
    return from;
}

// The next rows of meter_sample become blocks.
bool SampleFiling::move_old(Connection& connection)
{
    if (may_have_old_) may_have_old_ = connection.number("SELECT 1 FROM meter_sample LIMIT 1") != 0;
    if (!may_have_old_) return false;
    Transaction transaction(connection, Transaction::Kind::write);
    std::vector<MeterSample> samples;
    {
        Cursor rows = connection.query(old_sql());
        rows.bind_int(1, tuning_.fresh_samples / slices + 1);
        while (rows.next()) {
            samples.push_back(read_row<MeterSample>(rows));
        }
    }
    SessionId const last_session = samples.back().session;
    Timestamp const last_at = samples.back().at;
    make_set(samples);
    file_sessions(connection, samples, 0, samples.size());
    Cursor forget = connection.query("DELETE FROM meter_sample WHERE (session, at) <= (?1, ?2)");
    put(forget, 1, last_session);
    put(forget, 2, last_at);
    forget.run();
    transaction.commit();
    return true;
}

}
