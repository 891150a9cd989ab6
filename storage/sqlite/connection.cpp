#include "storage/sqlite/connection.hpp"

#include <sqlite3.h>

#include <bit>
#include <limits>

namespace storage::sqlite {

namespace {

// SQLite keeps the primary result code in the low byte of the extended one.
constexpr int primary_code_mask = 0xff;

// SQLite's mark for "make a copy of this" (SQLITE_TRANSIENT), without its C cast.
using Destructor = void (*)(void*);
Destructor const copied = std::bit_cast<Destructor>(std::intptr_t{-1});

// https://sqlite.org/uri.html: these would end or change the path.
std::string uri_of(std::filesystem::path const& file)
{
    std::string uri = "file:";
    for (char const c : std::filesystem::absolute(file).string()) {
        switch (c) {
        case '%': uri += "%25"; break;
        case '?': uri += "%3f"; break;
        case '#': uri += "%23"; break;
        default: uri += c;
        }
    }
    return uri;
}

}

SqliteError::SqliteError(int code, std::string const& message)
    : std::runtime_error(message), code_(code)
{
}

bool SqliteError::is_about_content() const
{
    switch (code_ & primary_code_mask) {
    case SQLITE_CONSTRAINT:
    case SQLITE_TOOBIG:
    case SQLITE_MISMATCH:
    case SQLITE_RANGE: return true;
    default: return false;
    }
}

void Cursor::Free::operator()(sqlite3_stmt* statement) const
{
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
}

void Cursor::check(int code) const
{
    if (code != SQLITE_OK) {
        throw SqliteError(code, sqlite3_errmsg(sqlite3_db_handle(statement_.get())));
    }
}

void Cursor::bind_null(int index) { check(sqlite3_bind_null(statement_.get(), index)); }

void Cursor::bind_int(int index, std::int64_t value)
{
    check(sqlite3_bind_int64(statement_.get(), index, value));
}

void Cursor::bind_text(int index, std::string_view text)
{
    // An empty view may have no address, and SQLite takes a null address for NULL.
    char const* const start = text.empty() ? "" : text.data();
    check(sqlite3_bind_text64(
        statement_.get(), index, start, text.size(), SQLITE_STATIC, SQLITE_UTF8));
}

void Cursor::bind_text_copy(int index, std::string_view text)
{
    char const* const start = text.empty() ? "" : text.data();
    check(sqlite3_bind_text64(statement_.get(), index, start, text.size(), copied, SQLITE_UTF8));
}

void Cursor::bind_blob_copy(int index, std::span<std::uint8_t const> bytes)
{
    // As with text, no address would be NULL.
    void const* const start = bytes.empty() ? "" : static_cast<void const*>(bytes.data());
    check(sqlite3_bind_blob64(statement_.get(), index, start, bytes.size(), copied));
}

bool Cursor::next()
{
    int const code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    throw SqliteError(code, sqlite3_errmsg(sqlite3_db_handle(statement_.get())));
}

void Cursor::run()
{
    while (next()) {
    }
    check(sqlite3_reset(statement_.get()));
}

bool Cursor::is_null(int column) const
{
    return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

std::int64_t Cursor::int_at(int column) const
{
    return sqlite3_column_int64(statement_.get(), column);
}

std::string Cursor::text_at(int column) const
{
    // The text before its length: SQLite's manual asks for this order.
    void const* const start = sqlite3_column_text(statement_.get(), column);
    auto const length = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
    if (start == nullptr) return {};
    return {static_cast<char const*>(start), length};
}

std::span<std::uint8_t const> Cursor::blob_at(int column) const
{
    void const* const start = sqlite3_column_blob(statement_.get(), column);
    auto const length = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
    if (start == nullptr) return {};
    return {static_cast<std::uint8_t const*>(start), length};
}

std::string Cursor::expanded_sql() const
{
    std::unique_ptr<char, decltype(&sqlite3_free)> const text{
        sqlite3_expanded_sql(statement_.get()), &sqlite3_free};
    return text ? text.get() : "";
}

void Connection::Close::operator()(sqlite3* handle) const { sqlite3_close(handle); }

void Connection::Finalize::operator()(sqlite3_stmt* statement) const
{
    sqlite3_finalize(statement);
}

Connection::Connection(
    std::filesystem::path const& file, Access access, std::chrono::milliseconds busy_timeout)
{
    // No mutexes inside SQLite: each connection is used by one thread.
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI;
    flags |= access == Access::read_write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
    std::string const uri = uri_of(file) + (access == Access::immutable ? "?immutable=1" : "");
    sqlite3* handle = nullptr;
    int const code = sqlite3_open_v2(uri.c_str(), &handle, flags, nullptr);
    handle_.reset(handle);  // SQLite gives a handle with a failure, too
    if (code != SQLITE_OK) fail(code);
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_timeout(handle, static_cast<int>(busy_timeout.count()));
}

void Connection::fail(int code) const
{
    throw SqliteError(code, handle_ ? sqlite3_errmsg(handle_.get()) : sqlite3_errstr(code));
}

void Connection::execute(std::string const& sql)
{
    int const code = sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) fail(code);
}

Cursor Connection::query(std::string_view sql)
{
    auto known = statements_.find(sql);
    if (known == statements_.end()) {
        sqlite3_stmt* statement = nullptr;
        int const code = sqlite3_prepare_v3(handle_.get(), sql.data(), static_cast<int>(sql.size()),
            SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
        if (code != SQLITE_OK) fail(code);
        known = statements_.emplace(std::string(sql), nullptr).first;
        known->second.reset(statement);
    }
    return Cursor(known->second.get());
}

std::int64_t Connection::number(std::string_view sql)
{
    Cursor row = query(sql);
    return row.next() ? row.int_at(0) : 0;
}

std::string Connection::word(std::string_view sql)
{
    Cursor row = query(sql);
    return row.next() ? row.text_at(0) : std::string{};
}

bool Connection::in_transaction() const { return sqlite3_get_autocommit(handle_.get()) == 0; }

Transaction::Transaction(Connection& connection, Kind kind) : connection_(connection)
{
    // IMMEDIATE takes the write lock now, not in the middle.
    connection_.query(kind == Kind::write ? "BEGIN IMMEDIATE" : "BEGIN").run();
}

Transaction::~Transaction()
{
    // SQLite ends a transaction by itself after some errors. A rollback that fails leaves nothing
    // to do: the caller gives up the connection after every such error.
    if (connection_.in_transaction()) {
        sqlite3_exec(connection_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    }
}

void Transaction::commit() { connection_.query("COMMIT").run(); }

}
