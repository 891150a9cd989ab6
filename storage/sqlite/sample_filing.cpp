#include "storage/sqlite/sample_filing.hpp"

#include "storage/sqlite/columns.hpp"

#include <bit>

namespace storage::sqlite {

namespace {

// At the least: as many as keep a slice to an eighth of the samples that make filing begin.
constexpr std::int64_t slices_at_least = 8;

// Filing does not fall behind by more than this many times the samples that make it begin.
constexpr std::int64_t backlog_factor = 2;

// A slice is the sessions whose ids end in the same bits: ids are counted up, so slices are alike.
// (A negative id, too, ends in some bits; with % it would fall into no slice.) WHERE also tells the
// parser that ON begins no join.
std::string const& file_slice_sql()
{
    static std::string const columns = column_list<MeterSample>();
    static std::string const sql =
        "INSERT INTO meter_sample (" + columns + ") SELECT " + columns +
        " FROM fresh_sample WHERE arrival <= ?1 AND (session & ?2) = ?3"
        " ORDER BY session, at, arrival ON CONFLICT (session, at) DO NOTHING";
    return sql;
}

}

void SampleFiling::advance(Connection& connection)
{
    do {
        if (last_arrival_ == 0) begin(connection);
        if (last_arrival_ == 0) return;
        file_slice(connection);
    } while (waiting(connection) > backlog_factor * fresh_samples_);
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
    std::int64_t const samples = waiting(connection);
    if (samples < fresh_samples_) return;
    last_arrival_ = connection.number("SELECT max(arrival) FROM fresh_sample");
    // A power of two, for the mask.
    auto const parts = static_cast<std::uint64_t>(slices_at_least * samples / fresh_samples_);
    slices_ = static_cast<std::int64_t>(std::bit_ceil(parts));
    slice_ = 0;
}

void SampleFiling::file_slice(Connection& connection)
{
    bool const is_last = slice_ + 1 == slices_;
    Transaction transaction(connection, Transaction::Kind::write);
    {
        Cursor file = connection.query(file_slice_sql());
        file.bind_int(1, last_arrival_);
        file.bind_int(2, slices_ - 1);
        file.bind_int(3, slice_);
        file.run();
    }
    if (is_last) {
        Cursor forget = connection.query("DELETE FROM fresh_sample WHERE arrival <= ?1");
        forget.bind_int(1, last_arrival_);
        forget.run();
    }
    transaction.commit();

    ++slice_;
    if (is_last) last_arrival_ = 0;
}

}
