// Keeps a second server from a file. SQLite's own locks cannot: they would have to be exclusive,
// and then neither our reader nor the sqlite3 shell could look inside.
#pragma once

#include <filesystem>
#include <string>
#include <variant>

namespace storage::sqlite {

// A file that is locked (flock) as long as this object lives, and removed with it. The kernel gives
// up the lock of a process that dies; the file that it leaves hinders nobody.
class FileLock {
public:
    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&&) = delete;
    ~FileLock();

    // The lock, or why it cannot be had.
    static std::variant<FileLock, std::string> take(std::filesystem::path const& file);

private:
    FileLock(std::filesystem::path file, int descriptor);

    std::filesystem::path file_;
    int descriptor_;
};

}
