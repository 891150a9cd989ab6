#include "storage/sqlite/open.hpp"

#include "storage/sqlite/reader.hpp"
#include "storage/sqlite/writer.hpp"

#include <sqlite3.h>

#include <cerrno>
#include <fcntl.h>
#include <optional>
#include <string>
#include <system_error>
#include <unistd.h>

namespace storage::sqlite {

namespace fs = std::filesystem;

namespace {

using Problem = std::optional<std::string>;  // why the file is refused

fs::path beside(fs::path const& file, char const* suffix) { return file.string() + suffix; }

bool has_content(fs::path const& file)
{
    std::error_code failed;
    auto const size = fs::file_size(file, failed);
    return !failed && size > 0;
}

// Shorter than SQLite's header, and not empty. (SQLite takes a file of one byte for an empty one.)
bool is_stump(fs::path const& file)
{
    constexpr std::uintmax_t header_bytes = 100;  // https://sqlite.org/fileformat.html
    std::error_code failed;
    return has_content(file) && fs::file_size(file, failed) < header_bytes;
}

Problem look_at_place(fs::path const& file)
{
    std::error_code failed;
    fs::path const folder = fs::absolute(file).parent_path();
    if (!fs::is_directory(folder, failed)) return folder.string() + " is no directory";
    if (fs::exists(file, failed) && !fs::is_regular_file(file, failed)) return "it is no file";
    if (is_stump(file)) return "file is not a database";
    // SQLite would take the log for a left-over and delete it.
    if (!has_content(file) && has_content(beside(file, "-wal"))) {
        return "the file is missing, but its log " + beside(file, "-wal").string() + " is there";
    }
    return std::nullopt;
}

Problem look_inside(Connection& connection, std::size_t our_version)
{
    auto const version = connection.number("PRAGMA user_version");
    auto const program = connection.number("PRAGMA application_id");
    bool const is_blank = connection.number("SELECT count(*) FROM sqlite_schema") == 0;
    if (is_blank && program == 0 && version == 0) return std::nullopt;
    if (program != application_id) return "it is the database of another program";
    if (version > static_cast<std::int64_t>(our_version)) {
        return "a newer version of this program wrote it (schema " + std::to_string(version) +
               "; this one knows " + std::to_string(our_version) + ")";
    }
    return std::nullopt;
}

// Looks at a file that exists without leaving a trace.
Problem inspect(fs::path const& file, std::span<Migration const> steps)
{
    // What a server that was killed has committed may still be in its log alone. Reading that takes
    // SQLite's index of it, FILE-shm, which is there as well. Without a log nothing but the file is
    // needed, and `immutable` keeps SQLite from making the two.
    bool const has_log = has_content(beside(file, "-wal"));
    try {
        Connection connection(file, has_log ? Access::read_only : Access::immutable);
        // Otherwise closing would copy the log into the file.
        sqlite3_db_config(connection.handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
        return look_inside(connection, steps.size());
    } catch (SqliteError const& error) {
        return error.what();
    }
}

// Makes an empty file that only its owner may read: it will hold password hashes. SQLite gives the
// files beside it the same rights.
Problem create(fs::path const& file)
{
    constexpr mode_t owner_only = 0600;
    int const descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, owner_only);
    if (descriptor < 0) return std::generic_category().message(errno);
    ::close(descriptor);
    return std::nullopt;
}

void remove_created(fs::path const& file)
{
    std::error_code ignored;
    for (char const* suffix : {"", "-wal", "-shm", "-journal"}) {
        fs::remove(beside(file, suffix), ignored);
    }
}

}

std::variant<OpenFile, OpenError> open_file(
    fs::path const& file, std::span<Migration const> steps, Tuning const& tuning)
{
    auto const refuse = [&file](std::string const& why) {
        return OpenError{"cannot use " + file.string() + ": " + why};
    };
    if (Problem const problem = look_at_place(file)) return refuse(*problem);
    auto lock = FileLock::take(beside(file, ".lock"));
    if (auto const* why = std::get_if<std::string>(&lock)) return refuse(*why);

    bool const is_new = !fs::exists(file);
    Problem const problem = is_new              ? create(file)
                            : has_content(file) ? inspect(file, steps)
                                                : std::nullopt;
    if (problem) return refuse(*problem);
    try {
        Connection connection = open_for_writing(file, tuning);
        if (connection.word("PRAGMA journal_mode = WAL") != "wal") {
            throw SqliteError(SQLITE_CANTOPEN, "it cannot have a write-ahead log here");
        }
        migrate(connection, steps);
        return OpenFile{std::get<FileLock>(std::move(lock)), std::move(connection)};
    } catch (SqliteError const& error) {
        if (is_new) remove_created(file);
        return refuse(error.what());
    }
}

}
