// The Store on one SQLite file: WAL, synchronous=FULL, one writer thread that commits in groups.
#pragma once

#include "storage/store.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <variant>

namespace storage {

// Why a file cannot be used. The file is as it was.
struct OpenError {
    std::string message;  // names the file and what is wrong: newer version, corrupt, not writable
};

// Opens `file`, creating it when there is none, and brings its schema to this version.
std::variant<std::unique_ptr<Store>, OpenError> open_sqlite_store(
    std::filesystem::path const& file);

}
