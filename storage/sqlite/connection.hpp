// One SQLite connection and its prepared statements. A connection belongs to one thread at a time.
//
// What SQLite refuses comes as an SqliteError. It is caught where something can be done about it:
// when opening, around a group of batches, around a read; none leaves this folder but through
// load().
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>

struct sqlite3;
struct sqlite3_stmt;

namespace storage::sqlite {

class SqliteError : public std::runtime_error {
public:
    SqliteError(int code, std::string const& message);

    int code() const { return code_; }  // SQLite's extended result code

    // The data itself cannot be stored: trying again gives the same. Everything else may pass.
    bool is_about_content() const;

private:
    int code_;
};

// What SqliteError::code() is when a stored value cannot be understood: SQLITE_CORRUPT.
inline constexpr int corrupt_code = 11;

// A prepared statement in use. Values are bound from 1 and read from 0, as SQLite counts them. Text
// is bound by reference and must outlive the cursor, unless it is bound as a copy. The cursor frees
// the statement for its next use.
class Cursor {
public:
    explicit Cursor(sqlite3_stmt* statement) : statement_(statement) {}

    void bind_null(int index);
    void bind_int(int index, std::int64_t value);
    void bind_text(int index, std::string_view text);
    void bind_text_copy(int index, std::string_view text);
    void bind_blob_copy(int index, std::span<std::uint8_t const> bytes);

    bool next();  // false: no more rows
    void run();   // to the end, and ready to be bound again

    bool is_null(int column) const;
    std::int64_t int_at(int column) const;
    std::string text_at(int column) const;
    std::span<std::uint8_t const> blob_at(int column) const;  // until the next row

    std::string expanded_sql() const;  // the SQL text with the bound values in it

private:
    struct Free {
        void operator()(sqlite3_stmt* statement) const;
    };

    void check(int code) const;

    std::unique_ptr<sqlite3_stmt, Free> statement_;
};

enum class Access {
    read_write,
    read_only,
    // The file alone, assuming that nobody changes it: no lock is taken and no file made beside it.
    immutable,
};

class Connection {
public:
    // Opens a file that exists. `busy_timeout`: how long a lock of another process is waited for.
    Connection(std::filesystem::path const& file, Access access,
        std::chrono::milliseconds busy_timeout = std::chrono::seconds{1});

    void execute(std::string const& sql);       // one statement or several, without values
    Cursor query(std::string_view sql);         // prepared on its first use, then kept
    std::int64_t number(std::string_view sql);  // the first column of the only row
    std::string word(std::string_view sql);     // likewise
    bool in_transaction() const;

    sqlite3* handle() const { return handle_.get(); }

private:
    struct Close {
        void operator()(sqlite3* handle) const;
    };
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const
        {
            return std::hash<std::string_view>{}(text);
        }
    };
    using Statements = std::unordered_map<std::string, std::unique_ptr<sqlite3_stmt, Finalize>,
        Hash, std::equal_to<>>;

    [[noreturn]] void fail(int code) const;

    std::unique_ptr<sqlite3, Close> handle_;
    Statements statements_;  // declared after the handle: finalized before it is closed
};

// A transaction that is rolled back unless it was committed.
class Transaction {
public:
    enum class Kind { read, write };
    Transaction(Connection& connection, Kind kind);
    ~Transaction();
    Transaction(Transaction const&) = delete;
    Transaction& operator=(Transaction const&) = delete;

    void commit();

private:
    Connection& connection_;
};

}
