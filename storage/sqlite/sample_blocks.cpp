#include "storage/sqlite/sample_blocks.hpp"

#include "storage/samples/sample_set.hpp"
#include "storage/sqlite/values.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

namespace storage::sqlite {

namespace {

std::string const select_blocks =
    "SELECT id, session, first_at, last_at, count, data FROM sample_block WHERE session = ?1 ";

SampleBlock read_block(Cursor const& row)
{
    SampleBlock block;
    get(row, 0, block.id);
    get(row, 1, block.session);
    get(row, 2, block.first_at);
    get(row, 3, block.last_at);
    get(row, 4, block.count);
    auto const bytes = row.blob_at(5);
    block.data.assign(bytes.begin(), bytes.end());
    return block;
}

std::vector<SampleBlock> read_blocks(Cursor& rows)
{
    std::vector<SampleBlock> blocks;
    while (rows.next()) {
        blocks.push_back(read_block(rows));
    }
    return blocks;
}

// The blocks that hold something within the times, and the one before: where samples of these times
// belong. Without any before, the first of all.
std::vector<SampleBlock> blocks_around(
    Connection& connection, SessionId session, Timestamp from, Timestamp to)
{
    static std::string const sql =
        select_blocks +
        "AND first_at >= coalesce("
        "(SELECT max(first_at) FROM sample_block WHERE session = ?1 AND first_at <= ?2), ?2) "
        "AND first_at <= max(?3, coalesce("
        "(SELECT min(first_at) FROM sample_block WHERE session = ?1), ?3)) ORDER BY first_at";
    Cursor rows = connection.query(sql);
    put(rows, 1, session);
    put(rows, 2, from);
    put(rows, 3, to);
    return read_blocks(rows);
}

void visit(Connection& connection, SessionId session, std::string const& sql,
    std::function<bool(SampleBlock const&)> const& look)
{
    Cursor rows = connection.query(sql);
    put(rows, 1, session);
    while (rows.next() && look(read_block(rows))) {
    }
}

// Makes `block` hold these samples, at least one; with id 0 it is a new one.
void write_block(Connection& connection, std::int64_t id, std::span<MeterSample const> samples)
{
    static std::string const insert =
        "INSERT INTO sample_block (session, first_at, last_at, count, data) "
        "VALUES (?1, ?2, ?3, ?4, ?5)";
    static std::string const update =
        "UPDATE sample_block SET first_at = ?2, last_at = ?3, count = ?4, data = ?5 "
        "WHERE id = ?6 AND session = ?1";
    Cursor row = connection.query(id == 0 ? insert : update);
    put(row, 1, samples.front().session);
    put(row, 2, samples.front().at);
    put(row, 3, samples.back().at);
    put(row, 4, static_cast<std::int64_t>(samples.size()));
    row.bind_blob_copy(5, encode_block(samples));
    if (id != 0) put(row, 6, id);
    row.run();
}

// The first piece takes the place of the block `id`.
void write_pieces(Connection& connection, std::int64_t id,
    std::vector<std::span<MeterSample const>> const& pieces)
{
    for (std::span<MeterSample const> const piece : pieces) {
        write_block(connection, id, piece);
        id = 0;
    }
}

// Files samples into one block, all of them before the next.
void file_into(Connection& connection, SampleBlock const& block,
    std::span<MeterSample const> samples, std::size_t most)
{
    bool const comes_after = samples.front().at > block.last_at;
    if (comes_after && static_cast<std::size_t>(block.count) >= most) {
        write_pieces(connection, 0, pieces_of(samples, most, Cut::full));
        return;
    }
    std::vector<MeterSample> const there = samples_in(block);
    std::vector<MeterSample> const all = united(there, samples);
    if (all.size() == there.size()) return;
    write_pieces(connection, block.id, pieces_of(all, most, comes_after ? Cut::full : Cut::alike));
}

}

std::vector<MeterSample> samples_in(SampleBlock const& block, Detail detail)
{
    auto samples = decode_block(block.session, block.data, detail);
    if (!samples || samples->front().at != block.first_at || samples->back().at != block.last_at) {
        throw SqliteError(corrupt_code, "damaged block of samples " + std::to_string(block.id));
    }
    return std::move(*samples);
}

std::vector<MeterSample> filed_samples(
    Connection& connection, SessionId session, Timestamp from, Timestamp to, Detail detail)
{
    std::vector<MeterSample> samples;
    for (SampleBlock const& block : blocks_around(connection, session, from, to)) {
        if (block.last_at < from || block.first_at > to) continue;
        std::ranges::move(samples_in(block, detail), std::back_inserter(samples));
    }
    return samples;
}

void visit_forward(
    Connection& connection, SessionId session, std::function<bool(SampleBlock const&)> const& look)
{
    static std::string const sql = select_blocks + "ORDER BY first_at";
    visit(connection, session, sql, look);
}

void visit_backward(
    Connection& connection, SessionId session, std::function<bool(SampleBlock const&)> const& look)
{
    static std::string const sql = select_blocks + "ORDER BY first_at DESC";
    visit(connection, session, sql, look);
}

void file_samples(Connection& connection, std::span<MeterSample const> samples, std::size_t most)
{
    if (samples.empty()) return;
    std::vector<SampleBlock> const blocks = blocks_around(
        connection, samples.front().session, samples.front().at, samples.back().at);
    if (blocks.empty()) write_pieces(connection, 0, pieces_of(samples, most, Cut::full));
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        auto const is_before_next = [&](MeterSample const& sample) {
            return i + 1 == blocks.size() || sample.at < blocks[i + 1].first_at;
        };
        auto const end = std::ranges::partition_point(samples, is_before_next);
        auto const here = static_cast<std::size_t>(end - samples.begin());
        if (here > 0) file_into(connection, blocks[i], samples.first(here), most);
        samples = samples.subspan(here);
    }
}

}
