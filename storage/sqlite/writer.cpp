#include "storage/sqlite/writer.hpp"

#include "storage/sqlite/columns.hpp"

#include <sqlite3.h>

#include <utility>

namespace storage::sqlite {

namespace {

// Readers keep the log from starting anew while they read. When it has grown to so many times the
// pages of a checkpoint, the writer waits for them (for busy_timeout, at most).
constexpr std::int64_t restart_factor = 8;

// In KiB, therefore negative (PRAGMA cache_size): room for the pages that a thousand sessions
// touch.
constexpr char const* cache_size = "PRAGMA cache_size = -65536";

// The log is cut to this length in bytes when it starts anew after having grown longer.
constexpr char const* log_limit = "PRAGMA journal_size_limit = 67108864";

template <class Row>
std::string make_insert_sql()
{
    std::string values;
    Row row{};
    Table<Row>::columns(
        [&values](char const*, auto const&) { values += values.empty() ? "?" : ", ?"; }, row);
    constexpr auto on_known_key = Table<Row>::on_known_key;
    std::string sql = on_known_key == OnKnownKey::replace ? "INSERT OR REPLACE INTO "
                                                          : "INSERT INTO ";
    sql += Table<Row>::name;
    sql += " (" + column_list<Row>() + ") VALUES (" + values + ")";
    // Not INSERT OR IGNORE, which would also skip rows that violate a check, silently.
    if (on_known_key == OnKnownKey::keep) sql += " ON CONFLICT DO NOTHING";
    return sql;
}

// The statement that stores the record, with its values bound.
Cursor insert_of(Connection& connection, Record const& record)
{
    return std::visit(
        [&connection]<class Row>(Row const& row) {
            static std::string const sql = make_insert_sql<Row>();
            Cursor cursor = connection.query(sql);
            bind_row(cursor, row);
            return cursor;
        },
        record);
}

void store_all(Connection& connection, std::vector<Record> const& records)
{
    for (Record const& record : records) {
        insert_of(connection, record).run();
    }
}

void keep_refused(
    Connection& connection, std::vector<Record> const& records, std::string const& why)
{
    for (Record const& record : records) {
        std::string const statement = insert_of(connection, record).expanded_sql();
        Cursor keep = connection.query("INSERT INTO refused_record (statement, why) VALUES (?, ?)");
        keep.bind_text(1, statement);
        keep.bind_text(2, why);
        keep.run();
    }
}

}

Connection open_for_writing(std::filesystem::path const& file, Tuning const& tuning)
{
    Connection connection(file, Access::read_write, tuning.busy_timeout);
    if (sqlite3_db_readonly(connection.handle(), "main") != 0) {
        throw SqliteError(SQLITE_READONLY, "the file is read-only");
    }
    connection.execute("PRAGMA synchronous = FULL");  // every commit is on the disk
    connection.execute(cache_size);
    connection.execute(log_limit);
    return connection;
}

Writer::Writer(Connection connection, Tuning const& tuning)
    : connection_(std::move(connection)),
      filing_(tuning),
      graphs_(tuning),
      checkpoint_pages_(tuning.checkpoint_pages)
{
    // The hook takes the place of SQLite's own checkpoint within COMMIT, which callers would wait
    // for.
    auto const remember = [](void* log_pages, sqlite3*, char const*, int pages) {
        *static_cast<int*>(log_pages) = pages;
        return SQLITE_OK;
    };
    sqlite3_wal_hook(connection_.handle(), remember, &log_pages_);
}

std::vector<Refusal> Writer::commit(std::span<Batch const> group)
{
    try {
        commit_together(group);
        return {};
    } catch (SqliteError const& error) {
        if (!error.is_about_content()) throw;
    }
    return commit_apart(group);
}

// Without a savepoint for each batch, which would cost a fifth of the time: it is needed only when
// a record is refused, and that never happens while the engine is right.
void Writer::commit_together(std::span<Batch const> group)
{
    Transaction transaction(connection_, Transaction::Kind::write);
    for (Batch const& batch : group) {
        store_all(connection_, batch.records);
    }
    transaction.commit();
}

std::vector<Refusal> Writer::commit_apart(std::span<Batch const> group)
{
    std::vector<Refusal> refusals;
    Transaction transaction(connection_, Transaction::Kind::write);
    for (std::size_t i = 0; i < group.size(); ++i) {
        connection_.query("SAVEPOINT batch").run();
        try {
            store_all(connection_, group[i].records);
        } catch (SqliteError const& error) {
            if (!error.is_about_content()) throw;
            connection_.query("ROLLBACK TO batch").run();
            refusals.push_back({i, error.what()});
            keep_refused(connection_, group[i].records, error.what());
        }
        connection_.query("RELEASE batch").run();
    }
    transaction.commit();
    return refusals;
}

bool Writer::tidy(Retention const& retention, Day today)
{
    bool const has_more_samples = filing_.advance(connection_);
    bool const has_more_graphs = graphs_.advance(connection_);
    bool const has_more_that_is_old = old_age_.advance(connection_, retention, today);
    checkpoint_if_due();
    return has_more_samples || has_more_graphs || has_more_that_is_old;
}

void Writer::checkpoint_if_due()
{
    if (log_pages_ < copied_pages_) copied_pages_ = 0;  // the log has started anew
    if (log_pages_ - copied_pages_ < checkpoint_pages_) return;
    int const mode = log_pages_ < checkpoint_pages_ * restart_factor ? SQLITE_CHECKPOINT_PASSIVE
                                                                     : SQLITE_CHECKPOINT_RESTART;
    int const code = sqlite3_wal_checkpoint_v2(
        connection_.handle(), "main", mode, nullptr, &copied_pages_);
    // Busy: a reader was in the way, and the next checkpoint goes further.
    if (code != SQLITE_OK && code != SQLITE_BUSY) {
        throw SqliteError(code, sqlite3_errmsg(connection_.handle()));
    }
}

}
