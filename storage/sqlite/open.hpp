// Opening a file, and the reasons not to. For sqlite_store.cpp and tests.
#pragma once

#include "storage/sqlite/connection.hpp"
#include "storage/sqlite/file_lock.hpp"
#include "storage/sqlite/migrations.hpp"
#include "storage/sqlite/sqlite_store.hpp"
#include "storage/sqlite/tuning.hpp"

#include <filesystem>
#include <memory>
#include <span>
#include <variant>

namespace storage::sqlite {

// A file that is ours, locked, in WAL mode, and has the latest schema.
struct OpenFile {
    FileLock lock;
    Connection connection;  // for writing
};

// Opens or creates `file`. `steps` is migrations(), but for tests. What is looked at: the
// directory, the lock, SQLite's header, whose the file is, its version, and that every table and
// column is there. Not every page: that would take a minute per ten gigabytes (sqlite3 FILE 'PRAGMA
// quick_check').
std::variant<OpenFile, OpenError> open_file(
    std::filesystem::path const& file, std::span<Migration const> steps, Tuning const& tuning);

// open_sqlite_store() with other measures.
std::variant<std::unique_ptr<Store>, OpenError> open_tuned_store(
    std::filesystem::path const& file, Tuning const& tuning);

}
