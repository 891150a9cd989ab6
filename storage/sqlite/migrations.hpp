// The schema, as the list of steps that led to it. A step that has been released is never edited.
#pragma once

#include "storage/sqlite/connection.hpp"

#include <cstdint>
#include <span>

namespace storage::sqlite {

// "KURS" in ASCII: PRAGMA application_id tells our files from other programs' databases.
inline constexpr std::int64_t application_id = 0x4b555253;

// Brings the schema from one version (PRAGMA user_version) to the next.
struct Migration {
    char const* what;
    char const* sql;  // statements; none of them BEGIN or COMMIT
};

// migrations()[n] leads from version n to n + 1.
std::span<Migration const> migrations();

// Applies the steps that the file does not have yet, each in one transaction together with its
// version. When a step fails, the file is as the step before left it; throws SqliteError naming the
// step.
void migrate(Connection& connection, std::span<Migration const> steps);

}
